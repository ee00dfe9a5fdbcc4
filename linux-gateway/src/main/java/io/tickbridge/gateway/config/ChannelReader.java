package io.tickbridge.gateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code feeds[].channel}: lines of a feed as the exchange's own list of channels has them. */
final class ChannelReader {
    private final Path base;
    private final boolean live;

    /**
     * A reader.
     *
     * @param base directory that paths are relative to
     * @param live whether groups are to be joined
     */
    ChannelReader(final Path base, final boolean live) {
        this.base = base;
        this.live = live;
    }

    /** The lines; empty when something is wrong, which is noted. */
    List<FeedConfig.Line> read(final Section section, final boolean orders) {
        final String file = section.get(Keys.Channel.FILE);
        final String id = section.get(Keys.Channel.ID);
        final String[] interfaces = {section.get(Keys.Channel.INTERFACE_A), section.get(Keys.Channel.INTERFACE_B)};
        section.close();
        if (file == null || id == null) {
            return List.of();
        }
        final ChannelFile channels;
        try {
            channels = ChannelFile.read(base.resolve(file).normalize());
        } catch (final IllegalArgumentException e) {
            section.refuse(Keys.Channel.FILE, file + " " + e.getMessage() + "; allowed: the config.xml that CME publishes");
            return List.of();
        }
        try {
            return lines(section, channels.channel(id, orders), interfaces);
        } catch (final IllegalArgumentException e) {
            section.refuse(Keys.Channel.ID, file + " " + e.getMessage());
            return List.of();
        }
    }

    private List<FeedConfig.Line> lines(
            final Section section, final List<ChannelFile.Connection> connections, final String[] interfaces) {
        for (final Key<String> key : List.of(Keys.Channel.INTERFACE_A, Keys.Channel.INTERFACE_B)) {
            final boolean isLineB = key == Keys.Channel.INTERFACE_B;
            if (live && isMissing(interfaces[isLineB ? 1 : 0])
                    && connections.stream().anyMatch(connection -> connection.isLineB() == isLineB)) {
                section.refuse(key, "missing, `capture.source: udp` needs it: name of the network interface on which line "
                        + (isLineB ? "B" : "A") + " arrives");
            }
        }
        final List<FeedConfig.Line> lines = new ArrayList<>();
        for (final ChannelFile.Connection connection : connections) {
            final FeedConfig.Line line = connection.line();
            final String networkInterface = interfaces[connection.isLineB() ? 1 : 0];
            lines.add(new FeedConfig.Line(
                    line.group(), line.port(), isMissing(networkInterface) ? null : networkInterface, line.carries()));
        }
        return lines;
    }

    private static boolean isMissing(final String networkInterface) {
        return networkInterface == null || networkInterface.isEmpty();
    }
}
