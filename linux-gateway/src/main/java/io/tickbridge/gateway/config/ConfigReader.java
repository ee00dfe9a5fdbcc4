package io.tickbridge.gateway.config;

import io.tickbridge.gateway.files.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a configuration file into records, or refuses it with every problem named. */
public final class ConfigReader {
    private final Path base;
    private final String file;
    private final Places places;
    private final Problems problems;

    private ConfigReader(final Path base, final String file) {
        this.base = base;
        this.file = file;
        this.places = new Places(file);
        this.problems = new Problems(places);
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
     * Reads a file's text, as it stands.
     *
     * @param file the YAML file, UTF-8
     * @return all of it
     * @throws ConfigException when it cannot be read
     */
    public static String text(final Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("a directory");
            }
            return Files.readString(file);
        } catch (final IOException e) {
            throw new ConfigException(List.of(
                    file + ": cannot be read: " + FileFailure.reason(e) + "; name a readable YAML file"));
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
        final Section top = new Section(reader.problems, "", reader.compose(text));
        if (!top.isWellFormed()) {
            reader.problems.throwIfAny(); // everything else would be missing as a matter of course
        }
        final GatewayConfig config = reader.gateway(top);
        reader.problems.throwIfAny();
        return config;
    }

    /**
     * A configuration's text as the journal carries it: it can be read again without any other file.
     *
     * @param text   YAML
     * @param config what was read from it
     * @return the same text, with each channel replaced by the lines that it stands for
     */
    public static String selfContained(final String text, final GatewayConfig config) {
        return new RecordedText(text, config.feeds()).of(new ConfigReader(Path.of(""), "").compose(text));
    }

    private Node compose(final String text) {
        try {
            return new Compose(LoadSettings.builder().build()).composeString(text).orElse(null);
        } catch (final MarkedYamlEngineException e) {
            final String line = e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw new ConfigException(List.of(file + line + ": not valid YAML: " + e.getProblem()));
        } catch (final YamlEngineException e) {
            throw new ConfigException(List.of(
                    file + ": not valid YAML: " + e.getMessage().strip().replaceAll("\\s+", " ")));
        }
    }

    private GatewayConfig gateway(final Section top) {
        final String name = top.get(Keys.NAME);
        final Path counters = counters(top, name);
        final Section receiveSection = top.section("receive");
        final PlacementReader placement = new PlacementReader();
        placement.receive(receiveSection);
        final ReceiveConfig receive = receive(receiveSection);
        placement.memory(top.section("memory"));
        final CaptureConfig capture = capture(top.section("capture"));
        final MembershipConfig membership = membership(top.section("membership"));
        final FilterConfig filter = filter(top.section("filter"));
        final List<FeedConfig> feeds = new FeedReader(capture.source(), base).read(top);
        final RuleReader rules = new RuleReader(feeds);
        final List<InstrumentConfig> instruments = rules.instruments(top);
        final List<SignalConfig> signals = rules.signals(top);
        final Section journalSection = top.section("journal");
        placement.journal(journalSection);
        final JournalConfig journal = journal(journalSection);
        final LinkConfig link = link(top.section("link"));
        final StatusConfig status = status(top.section("status"), link);
        top.close();
        return new GatewayConfig(
                name, counters, receive, placement.config(), capture, membership, filter, feeds, instruments, signals, journal,
                link, status, places);
    }

    /** By default named after the gateway, so that two in one directory do not share a file. */
    private Path counters(final Section top, final String name) {
        final boolean isNamed = top.has(Keys.COUNTERS); // asked first: taking a value takes it out of the section
        final String counters = top.get(Keys.COUNTERS);
        return resolve(isNamed || name == null
                ? counters : counters.replace("NAME", name.replaceAll("[^A-Za-z0-9._-]", "-")));
    }

    private static ReceiveConfig receive(final Section section) {
        final ReceiveConfig receive = new ReceiveConfig(
                section.get(Keys.Receive.IDLE), Absent.or(section.get(Keys.Receive.BURST), 0));
        section.close();
        return receive;
    }

    private CaptureConfig capture(final Section section) {
        final CaptureConfig.Source source = section.get(Keys.Capture.SOURCE);
        if (source == CaptureConfig.Source.PCAP && !section.has(Keys.Capture.FILE)) {
            section.refuse(Keys.Capture.FILE, "missing, `source: pcap` needs it: path of the capture");
        }
        final Path capture = resolve(section.get(Keys.Capture.FILE));
        final Double pace = section.get(Keys.Capture.PACE);
        final Long buffer = section.get(Keys.Capture.RECEIVE_BUFFER);
        final ReceiveTimestamps timestamps = section.get(Keys.Capture.TIMESTAMPS);
        final long busyPoll = Absent.or(section.get(Keys.Capture.BUSY_POLL), 0) / 1_000;
        final DpdkConfig dpdk = dpdk(section.section("dpdk"), source);
        final AfXdpConfig afXdp = AfXdpReader.read(section.section("afxdp"));
        final EfViConfig efVi = efVi(section.section("efvi"), source);
        section.close();
        return new CaptureConfig(
                source, capture, pace == null ? 0 : pace, (int) Absent.or(buffer, 0), timestamps, (int) busyPoll,
                dpdk, afXdp, efVi);
    }

    private static DpdkConfig dpdk(final Section section, final CaptureConfig.Source source) {
        if (source == CaptureConfig.Source.DPDK && !section.has(Keys.Dpdk.DEVICE) && section.isWellFormed()) {
            section.refuse(Keys.Dpdk.DEVICE, "missing, `source: dpdk` needs it: PCI address or DPDK software device");
        }
        final DpdkConfig dpdk = new DpdkConfig(
                section.get(Keys.Dpdk.DEVICE),
                List.copyOf(section.list(Keys.Dpdk.EAL_ARGUMENTS)),
                section.get(Keys.Dpdk.HUGE_PAGES),
                Absent.or(section.get(Keys.Dpdk.MEMORY), 0),
                Absent.or(section.get(Keys.Dpdk.BUFFERS), 0),
                Absent.or(section.get(Keys.Dpdk.DESCRIPTORS), 0),
                Absent.or(section.get(Keys.Dpdk.QUEUES), 0),
                Boolean.TRUE.equals(section.get(Keys.Dpdk.PROMISCUOUS)),
                Boolean.TRUE.equals(section.get(Keys.Dpdk.ALL_MULTICAST)),
                Boolean.TRUE.equals(section.get(Keys.Dpdk.STEERING)),
                Boolean.TRUE.equals(section.get(Keys.Dpdk.TIMESTAMPS)));
        section.close();
        return dpdk;
    }

    private static EfViConfig efVi(final Section section, final CaptureConfig.Source source) {
        if (source == CaptureConfig.Source.EFVI && !section.has(Keys.EfVi.INTERFACE) && section.isWellFormed()) {
            section.refuse(Keys.EfVi.INTERFACE, "missing, `source: efvi` needs it: network interface of the Solarflare NIC");
        }
        final EfViConfig efVi = new EfViConfig(
                section.get(Keys.EfVi.INTERFACE),
                Absent.or(section.get(Keys.EfVi.VLAN), 0),
                section.get(Keys.EfVi.MODE),
                Absent.or(section.get(Keys.EfVi.RX_RING), 0),
                Absent.or(section.get(Keys.EfVi.REFILL_BATCH), 0),
                Boolean.TRUE.equals(section.get(Keys.EfVi.EVENT_MERGE)),
                Boolean.TRUE.equals(section.get(Keys.EfVi.TIMESTAMPS)),
                section.get(Keys.EfVi.HUGE_PAGES),
                Boolean.TRUE.equals(section.get(Keys.EfVi.EXCLUSIVE_QUEUE)),
                Boolean.TRUE.equals(section.get(Keys.EfVi.JOIN)));
        section.close();
        return efVi;
    }

    private static MembershipConfig membership(final Section section) {
        final MembershipConfig membership = new MembershipConfig(
                Boolean.TRUE.equals(section.get(Keys.Membership.ENABLED)),
                section.get(Keys.Membership.VERSION),
                section.get(Keys.Membership.ADDRESS),
                Absent.or(section.get(Keys.Membership.VLAN), 0));
        section.close();
        return membership;
    }

    private static FilterConfig filter(final Section section) {
        final FilterConfig filter = new FilterConfig(
                Boolean.TRUE.equals(section.get(Keys.Filter.CHECKSUMS)),
                List.copyOf(section.list(Keys.Filter.SOURCES)));
        section.close();
        return filter;
    }

    private JournalConfig journal(final Section section) {
        final JournalConfig journal = new JournalConfig(
                Boolean.TRUE.equals(section.get(Keys.Journal.ENABLED)),
                resolve(section.get(Keys.Journal.DIRECTORY)),
                (int) Absent.or(section.get(Keys.Journal.RING), 0),
                Absent.or(section.get(Keys.Journal.BLOCK), 0),
                section.get(Keys.Journal.WHEN_FULL),
                Absent.or(section.get(Keys.Journal.MIN_FREE), JournalConfig.DEFAULT_MIN_FREE),
                Absent.or(section.get(Keys.Journal.SYNC), 0),
                Absent.or(section.get(Keys.Journal.KEEP_DAYS), 0),
                Absent.or(section.get(Keys.Journal.KEEP_SIZE), 0));
        section.close();
        return journal;
    }

    private static StatusConfig status(final Section section, final LinkConfig link) {
        final StatusConfig status = new StatusConfig(
                section.get(Keys.Status.LISTEN),
                Absent.or(section.get(Keys.Status.PORT), 0),
                Absent.or(section.get(Keys.Status.PAGES), 0),
                Absent.or(section.get(Keys.Status.EXAMINE), 0));
        if (status.enabled() && link.enabled() && status.port() == link.port()) {
            section.refuse(Keys.Status.PORT, "found \"" + status.port() + "\", which is link.port, allowed: another port");
        }
        section.close();
        return status;
    }

    private LinkConfig link(final Section section) {
        final LinkConfig link = new LinkConfig(
                Boolean.TRUE.equals(section.get(Keys.Link.ENABLED)),
                section.get(Keys.Link.LISTEN),
                Absent.or(section.get(Keys.Link.PORT), 0),
                section.get(Keys.Link.TRANSPORT),
                resolve(section.get(Keys.Link.KEY_FILE)),
                Absent.or(section.get(Keys.Link.HEARTBEAT), 0),
                Absent.or(section.get(Keys.Link.LOGON_TIMEOUT), 0),
                Absent.or(section.get(Keys.Link.TIME_TO_LIVE), 0),
                Absent.or(section.get(Keys.Link.RETAIN), 0),
                Absent.or(section.get(Keys.Link.MAX_PEERS), 0),
                (int) Absent.or(section.get(Keys.Link.PEER_BUFFER), 0),
                Boolean.TRUE.equals(section.get(Keys.Link.QUOTES)),
                Boolean.TRUE.equals(section.get(Keys.Link.TRADES)),
                new LinkSecurity(section.get(Keys.Link.SECURITY), resolve(section.get(Keys.Link.KEYS)),
                        section.get(Keys.Link.RIGHTS)),
                new LinkLimits(
                        Absent.or(section.get(Keys.Link.SILENCE_LIMIT), 0),
                        Absent.or(section.get(Keys.Link.PER_ADDRESS), 0),
                        Absent.or(section.get(Keys.Link.CONNECTION_RATE), 0),
                        Absent.or(section.get(Keys.Link.FRAME_RATE), 0)),
                section.get(Keys.Link.MARKET));
        if (link.enabled() && LinkSecurity.EVERY_ADDRESS.equals(link.listen()) && link.security().isOpenToOthers(link.listen())) {
            section.refuse(Keys.Link.LISTEN, "found \"" + link.listen() + "\" with `security: plain`, allowed with it: one address, that of "
                    + "the interface whose wire nobody else can reach; or `security: tls` or `hmac`");
        }
        section.close();
        return link;
    }

    private Path resolve(final String path) {
        return path == null ? null : base.resolve(path).normalize();
    }
}
