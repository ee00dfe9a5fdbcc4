package io.tickbridge.gateway.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A configuration's text as it is recorded: with the lines that a channel stands for in the channel's place, since the
 * exchange's list of channels may be another one, or gone, when the record is replayed. All else stays as it was written.
 */
final class RecordedText {
    private final String text;
    private final List<FeedConfig> feeds;

    /** A piece of the text, and what takes its place. */
    private record Replacement(int start, int end, String text) {
    }

    RecordedText(final String text, final List<FeedConfig> feeds) {
        this.text = text;
        this.feeds = feeds;
    }

    /**
     * The text without channels.
     *
     * @param top of the text that the feeds were read from
     */
    String of(final Node top) {
        final List<Node> sections = value(top, "feeds")
                .map(tuple -> ((SequenceNode) tuple.getValueNode()).getValue()).orElse(List.of());
        final StringBuilder result = new StringBuilder(text);
        feeds.stream().flatMap(feed -> value(sections.get(feeds.indexOf(feed)), "channel").stream()
                        .map(channel -> replacement(channel, feed)))
                .sorted(Comparator.comparingInt(Replacement::start).reversed())
                .forEach(piece -> result.replace(piece.start, piece.end, piece.text));
        return result.toString();
    }

    private static Optional<NodeTuple> value(final Node node, final String key) {
        return node instanceof MappingNode mapping ? mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)).findFirst()
                : Optional.empty();
    }

    private Replacement replacement(final NodeTuple channel, final FeedConfig feed) {
        final int start = index(channel.getKeyNode().getStartMark().orElseThrow().getIndex());
        final int end = index(channel.getValueNode().getEndMark().orElseThrow().getIndex());
        // What is written in lines ends where the next key begins: the way there stays.
        final int lastLine = text.lastIndexOf('\n', end - 1);
        final String rest = lastLine > start && text.substring(lastLine, end).isBlank() ? text.substring(lastLine, end) : "";
        return new Replacement(start, end, feed.lines().stream().map(RecordedText::line)
                .collect(Collectors.joining(", ", "lines: [", "]")) + rest);
    }

    /** The parser counts code points. */
    private int index(final int codePoints) {
        return text.offsetByCodePoints(0, codePoints);
    }

    private static String line(final FeedConfig.Line line) {
        return "{group: " + line.group() + ", port: " + line.port()
                + (line.networkInterface() == null ? "" : ", interface: '" + line.networkInterface().replace("'", "''") + "'")
                + ", carries: " + line.carries().name().toLowerCase(Locale.ROOT).replace('_', '-') + "}";
    }
}
