package io.tickbridge.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a configuration file into records, or refuses it with every problem named. */
public final class ConfigReader {
    private static final int NAME_LENGTH = 32;
    private static final int SYMBOL_LENGTH = 24;
    private static final int GROUP_LENGTH = 6;

    private final Path base;
    private final Problems problems;

    private ConfigReader(final Path base, final String file) {
        this.base = base;
        this.problems = new Problems(file);
    }

    /**
     * Reads a file.
     *
     * @param file the YAML file; paths inside it are relative to its directory
     * @return the configuration, defaults filled in
     * @throws ConfigException when the file cannot be read or anything in it is wrong
     */
    public static GatewayConfig read(final Path file) {
        return parse(text(file), file.toAbsolutePath().getParent(), file.toString());
    }

    /**
     * Reads a file's text, for those who need it as it stands.
     *
     * @param file the YAML file
     * @return its text
     * @throws ConfigException when the file cannot be read
     */
    public static String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new ConfigException(List.of(file + ": cannot be read (" + e.getClass().getSimpleName()
                    + "); name a readable YAML file"));
        }
    }

    /**
     * Reads a text, for example the one a journal carries.
     *
     * @param text YAML
     * @param base directory that paths are relative to
     * @param name what to call it in error messages
     * @return the configuration, defaults filled in
     * @throws ConfigException when anything in it is wrong
     */
    public static GatewayConfig parse(final String text, final Path base, final String name) {
        final ConfigReader reader = new ConfigReader(base, name);
        final GatewayConfig config = reader.gateway(reader.compose(text));
        reader.problems.throwIfAny();
        return config;
    }

    private Node compose(final String text) {
        try {
            final Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(text);
            return root.orElse(null);
        } catch (final YamlEngineException e) {
            problems.add(null, "", "not valid YAML: " + e.getMessage().strip());
            problems.throwIfAny();
            throw e;
        }
    }

    private GatewayConfig gateway(final Node root) {
        final Section top = new Section(problems, "", root);
        final String name = top.get(Keys.NAME);
        checkLength(top, "name", name, NAME_LENGTH);
        final Path counters = resolve(top.get(Keys.COUNTERS));
        final ReceiveConfig receive = receive(top.section("receive"));
        final CaptureConfig capture = capture(top.section("capture"));
        final FilterConfig filter = filter(top.section("filter"));
        final List<FeedConfig> feeds = feeds(top, capture.source());
        final List<InstrumentConfig> instruments = instruments(top, feeds);
        final List<SignalConfig> signals = signals(top, feeds);
        final JournalConfig journal = journal(top.section("journal"));
        final LinkConfig link = link(top.section("link"));
        top.close();
        return new GatewayConfig(name, counters, receive, capture, filter, feeds, instruments, signals, journal, link);
    }

    private static ReceiveConfig receive(final Section section) {
        final ReceiveConfig.Idle idle = section.get(Keys.Receive.IDLE);
        final Integer burst = section.get(Keys.Receive.BURST);
        section.close();
        return new ReceiveConfig(idle, or(burst, 1));
    }

    private CaptureConfig capture(final Section section) {
        final CaptureConfig.Source source = section.get(Keys.Capture.SOURCE);
        final String file = section.get(Keys.Capture.FILE);
        if (source == CaptureConfig.Source.PCAP && file == null) {
            section.refuse("file", "missing, `source: pcap` needs it");
        }
        final Double pace = section.get(Keys.Capture.PACE);
        final Transport transport = section.get(Keys.Capture.TRANSPORT);
        final Long buffer = section.get(Keys.Capture.RECEIVE_BUFFER);
        section.close();
        return new CaptureConfig(
                source, resolve(file), pace == null ? 0 : pace, transport, (int) or(buffer, 0L));
    }

    private static FilterConfig filter(final Section section) {
        final Boolean checksums = section.get(Keys.Filter.CHECKSUMS);
        final List<String> sources = section.list(Keys.Filter.SOURCES);
        section.close();
        return new FilterConfig(Boolean.TRUE.equals(checksums), sources);
    }

    private List<FeedConfig> feeds(final Section top, final CaptureConfig.Source source) {
        final List<FeedConfig> feeds = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        final Set<String> groups = new HashSet<>();
        for (final Section section : top.sections("feeds")) {
            final String name = section.get(Keys.Feed.NAME);
            if (name != null && !names.add(name)) {
                section.refuse("name", "found \"" + name + "\" twice, each feed needs a name of its own");
            }
            final FeedConfig.Protocol protocol = section.get(Keys.Feed.PROTOCOL);
            final Integer window = section.get(Keys.Feed.REORDER_WINDOW);
            final Long timeout = section.get(Keys.Feed.REORDER_TIMEOUT);
            final List<FeedConfig.Line> lines = lines(section, source, groups);
            section.close();
            feeds.add(new FeedConfig(name, protocol, lines, or(window, 0), or(timeout, 0L)));
        }
        if (feeds.isEmpty()) {
            top.refuse("feeds", "missing, allowed: a list of at least one feed");
        }
        return List.copyOf(feeds);
    }

    private static List<FeedConfig.Line> lines(
            final Section feed, final CaptureConfig.Source source, final Set<String> groups) {
        final List<FeedConfig.Line> lines = new ArrayList<>();
        for (final Section section : feed.sections("lines")) {
            final String group = section.get(Keys.Line.GROUP);
            final Integer port = section.get(Keys.Line.PORT);
            final String networkInterface = section.get(Keys.Line.INTERFACE);
            if (source == CaptureConfig.Source.UDP && networkInterface == null) {
                section.refuse("interface", "missing, `capture.source: udp` needs it");
            }
            if (!groups.add(group + ":" + port)) {
                section.refuse("group", "found " + group + ":" + port + " twice, a group belongs to one line");
            }
            section.close();
            lines.add(new FeedConfig.Line(group, or(port, 0), networkInterface));
        }
        if (lines.isEmpty()) {
            feed.refuse("lines", "missing, allowed: a list of at least one line");
        }
        return List.copyOf(lines);
    }

    private List<InstrumentConfig> instruments(final Section top, final List<FeedConfig> feeds) {
        final List<InstrumentConfig> instruments = new ArrayList<>();
        final Set<String> ids = new HashSet<>();
        for (final Section section : top.sections("instruments")) {
            final String feed = section.get(Keys.Instrument.FEED);
            final String id = section.get(Keys.Instrument.ID);
            final String symbol = section.get(Keys.Instrument.SYMBOL);
            final String group = section.get(Keys.Instrument.GROUP);
            final Long tick = section.get(Keys.Instrument.TICK);
            section.close();
            checkLength(section, "symbol", symbol, SYMBOL_LENGTH);
            checkLength(section, "group", group, GROUP_LENGTH);
            if (feeds.stream().noneMatch(known -> known.name() != null && known.name().equals(feed))) {
                section.refuse("feed", "found \"" + feed + "\", which is no feed's name");
            }
            if (!ids.add(feed + "/" + id)) {
                section.refuse("id", "found " + feed + "/" + id + " twice");
            }
            instruments.add(new InstrumentConfig(feed, id, symbol == null ? id : symbol, group, or(tick, 0L)));
        }
        return List.copyOf(instruments);
    }

    private List<SignalConfig> signals(final Section top, final List<FeedConfig> feeds) {
        final List<SignalConfig> signals = new ArrayList<>();
        for (final Section section : top.sections("signals")) {
            final String kind = section.get(Keys.Signal.KIND);
            final List<String> instruments = section.list(Keys.Signal.INSTRUMENTS);
            for (final String instrument : instruments) {
                if (!instrument.equals("*") && feeds.stream().noneMatch(f -> instrument.startsWith(f.name() + "/"))) {
                    section.refuse("instruments", "found \"" + instrument + "\", allowed: \"*\" or feed/id of a feed above");
                }
            }
            final Section parameters = section.section("parameters");
            signals.add(new SignalConfig(
                    kind, instruments.isEmpty() ? List.of("*") : List.copyOf(instruments), parameters.remaining()));
            section.close();
        }
        return List.copyOf(signals);
    }

    private JournalConfig journal(final Section section) {
        final Boolean enabled = section.get(Keys.Journal.ENABLED);
        final String directory = section.get(Keys.Journal.DIRECTORY);
        final Long ring = section.get(Keys.Journal.RING);
        final Long block = section.get(Keys.Journal.BLOCK);
        section.close();
        return new JournalConfig(
                Boolean.TRUE.equals(enabled), resolve(directory), (int) or(ring, 0L), or(block, 0L));
    }

    private LinkConfig link(final Section section) {
        final LinkConfig link = new LinkConfig(
                Boolean.TRUE.equals(section.get(Keys.Link.ENABLED)),
                section.get(Keys.Link.LISTEN),
                or(section.get(Keys.Link.PORT), 0),
                section.get(Keys.Link.TRANSPORT),
                resolve(section.get(Keys.Link.KEY_FILE)),
                or(section.get(Keys.Link.HEARTBEAT), 0L),
                or(section.get(Keys.Link.LOGON_TIMEOUT), 0L),
                or(section.get(Keys.Link.TIME_TO_LIVE), 0L),
                or(section.get(Keys.Link.RETAIN), 0),
                or(section.get(Keys.Link.MAX_PEERS), 0),
                (int) or(section.get(Keys.Link.PEER_BUFFER), 0L),
                Boolean.TRUE.equals(section.get(Keys.Link.QUOTES)),
                Boolean.TRUE.equals(section.get(Keys.Link.TRADES)));
        section.close();
        return link;
    }

    private static void checkLength(final Section section, final String key, final String value, final int most) {
        if (value != null && (value.length() > most || !value.chars().allMatch(c -> c >= ' ' && c < 127))) {
            section.refuse(key, "found \"" + value + "\", allowed: at most " + most + " ASCII characters");
        }
    }

    private Path resolve(final String path) {
        return path == null ? null : base.resolve(path).normalize();
    }

    // A wrong value has been noted and comes back as null; the record still needs a number until the end of the file.
    private static int or(final Integer value, final int otherwise) {
        return value == null ? otherwise : value;
    }

    private static long or(final Long value, final long otherwise) {
        return value == null ? otherwise : value;
    }
}
