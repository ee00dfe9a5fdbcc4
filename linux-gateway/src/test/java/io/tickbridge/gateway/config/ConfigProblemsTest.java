package io.tickbridge.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be wrong in a file, and how it is said: file, line, key path, what was found, what is allowed. */
class ConfigProblemsTest {
    private static final String BOOL = "true or false";
    private static final String IPV4 = "IPv4 address";
    private static final String TRANSPORTS = "auto, epoll, io-uring, nio";
    private static final String FEED_NAME = "1 to 32 letters, digits, `-` and `_`";
    private static final String PRICE = "decimal price, 0 or more, at most 9 decimals";

    private record Bad(String path, String value, String allowed) {
    }

    private static Stream<Bad> badValues() {
        final String tooLong = "x".repeat(33);
        return Stream.of(
                bad("name", "1 to 32 ASCII characters", tooLong, "Zürich", "\"\""),
                bad("counters", "path", "\"\"", "\"a\\0b\""),
                bad("receive.idle", "spin, yield, backoff", "sleep", "SPIN", "\"\""),
                bad("receive.burst", "integer 1 to 4096", "0", "4097", "-1", "1.5", "many", "99999999999999999999"),
                bad("receive.core", "integer 0 to 4095", "-1", "4096", "0-3"),
                bad("receive.numa", "warn, require", "off"),
                bad("memory.lock", "auto, require, off", "true"),
                bad("membership.enabled", BOOL, "yes"),
                bad("membership.version", "v2, v3", "3", "v1"),
                bad("membership.address", IPV4, "host"),
                bad("membership.vlan", "integer 0 to 4094", "4095", "-1"),
                bad("capture.source", "pcap, udp, dpdk, afxdp, efvi", "tape"),
                bad("capture.efvi.interface", "1 to 15 ASCII characters", "abcdefghijklmnop"),
                bad("capture.efvi.vlan", "integer 0 to 4094", "-1", "4095"),
                bad("capture.efvi.mode", "auto, x2, x3", "x4"),
                bad("capture.efvi.rx-ring", "power of two, 512 to 32768", "256", "1000", "65536"),
                bad("capture.efvi.refill-batch", "power of two, 8 to 256", "4", "24", "512"),
                bad("capture.efvi.event-merge", BOOL, "no"),
                bad("capture.efvi.timestamps", BOOL, "no"),
                bad("capture.efvi.huge-pages", "auto, require, never", "yes"),
                bad("capture.efvi.exclusive-queue", BOOL, "no"),
                bad("capture.efvi.join", BOOL, "no"),
                bad("capture.dpdk.device", "text", "\"\""),
                bad("capture.dpdk.eal-arguments[0]", "text", "\"\""),
                bad("capture.dpdk.huge-pages", "auto, require, never", "yes"),
                bad("capture.dpdk.memory", "size 0B to 64GiB (B, KiB, MiB, GiB)", "65GiB", "512"),
                bad("capture.dpdk.buffers", "integer 0 to 16777216", "-1", "16777217"),
                bad("capture.dpdk.descriptors", "integer 32 to 32768", "31", "32769"),
                bad("capture.dpdk.queues", "integer 1 to 16", "0", "17"),
                bad("capture.dpdk.promiscuous", BOOL, "no"),
                bad("capture.dpdk.all-multicast", BOOL, "no"),
                bad("capture.dpdk.steering", BOOL, "no"),
                bad("capture.dpdk.timestamps", BOOL, "no"),
                bad("capture.afxdp.queues[0]", "integer 0 to 65535", "-1", "65536", "all"),
                bad("capture.afxdp.mode", "auto, zero-copy, copy", "zerocopy"),
                bad("capture.afxdp.attach", "auto, native, generic", "skb"),
                bad("capture.afxdp.frames", "power of two, 64 to 1048576", "63", "100", "2097152"),
                bad("capture.afxdp.frame-size", "power of two, 2048 to 4096", "1024", "3000", "8192"),
                bad("capture.afxdp.ring", "power of two, 64 to 65536", "32", "100", "131072"),
                bad("capture.afxdp.need-wakeup", BOOL, "no"),
                bad("capture.afxdp.huge-pages", "auto, require, never", "yes"),
                bad("capture.afxdp.busy-poll", "duration 0us to 1s (ns, us, ms, s, min)", "2s", "50"),
                bad("capture.afxdp.busy-poll-budget", "integer 1 to 65535", "0", "65536"),
                bad("capture.file", "path", "\"\""),
                bad("capture.pace", "number 0 to 1000000", "-0.1", "1000000.1", "NaN", "1f", "fast", "0x10"),
                bad("capture.timestamps", "burst, kernel, nic", "hardware"),
                bad("capture.busy-poll", "duration 0us to 10ms (ns, us, ms, s, min)", "11ms"),
                bad("capture.receive-buffer", "size 64KiB to 1GiB (B, KiB, MiB, GiB)",
                        "65535B", "2GiB", "1MB", "1048576", "-1MiB", "99999999999GiB"),
                bad("filter.checksums", BOOL, "yes", "on", "1", "True"),
                bad("filter.sources[1]", IPV4, "192.0.2", "192.0.2.256", "host", "192.0.2.01", "::1"),
                bad("feeds[0].name", FEED_NAME, "a/b", "a b", tooLong, "\"\"", "ü"),
                bad("feeds[0].protocol", "cme-mdp3, iex-tops, iex-deep, iex-deep-plus, nasdaq-itch50", "cme"),
                bad("feeds[0].market-depth", "integer 0 to 64", "65", "-1"),
                bad("feeds[0].orders", BOOL, "1"),
                bad("feeds[0].max-orders", "integer 4096 to 33554432", "4095", "33554433"),
                bad("feeds[0].stale-after", "duration 100ms to 60min (ns, us, ms, s, min)", "99ms", "61min", "1h", "30"),
                bad("feeds[0].reorder-window", "integer 0 to 4096", "4097", "-1"),
                bad("feeds[0].reorder-timeout", "duration 0ns to 60s (ns, us, ms, s, min)", "61s", "1.5s", "-1s", "s", "0"),
                bad("feeds[0].reorder-wait", "duration 0ns to 60s (ns, us, ms, s, min)", "61s", "0"),
                bad("feeds[1].recovery.delay", "duration 0ns to 10s (ns, us, ms, s, min)", "11s", "0"),
                bad("feeds[1].recovery.timeout", "duration 1ms to 60s (ns, us, ms, s, min)", "61s", "0ms"),
                bad("feeds[1].recovery.largest-gap", "integer 1 to 10000000", "0", "10000001"),
                bad("feeds[1].recovery.channel", "integer 0 to 65535", "-1", "65536"),
                bad("feeds[1].recovery.user", "1 to 32 ASCII characters, no blanks", "a b", "x".repeat(33)),
                bad("feeds[1].recovery.password", "1 to 32 ASCII characters, no blanks", "a b", "\"\""),
                bad("feeds[1].recovery.servers[0].transport", "udp, tcp", "sctp"),
                bad("feeds[1].recovery.servers[0].host", IPV4, "gap.example"),
                bad("feeds[1].recovery.servers[0].port", "integer 1 to 65535", "0"),
                bad("feeds[2].recovery.requests-per-second", "integer 1 to 1000000", "0", "1000001"),
                bad("feeds[2].recovery.snapshots.username", "1 to 6 ASCII characters, no blanks", "SEVENTH", "A B"),
                bad("feeds[2].recovery.snapshots.password-file", "path", "\"\""),
                bad("feeds[2].recovery.snapshots.timeout", "duration 100ms to 60s (ns, us, ms, s, min)", "61s", "99ms"),
                bad("feeds[2].recovery.snapshots.pause", "duration 0ns to 10min (ns, us, ms, s, min)", "11min"),
                bad("feeds[2].recovery.snapshots.attempts", "integer 1 to 1000000", "0"),
                bad("feeds[2].recovery.snapshots.buffer", "size 1MiB to 1GiB (B, KiB, MiB, GiB)", "1MB", "1023KiB"),
                bad("feeds[2].recovery.snapshots.servers[0].host", IPV4, "glimpse.example"),
                bad("feeds[2].recovery.snapshots.servers[0].port", "integer 1 to 65535", "0"),
                bad("feeds[0].lines[1].group", IPV4, "224.0.31", "cme"),
                bad("feeds[0].lines[1].port", "integer 1 to 65535", "0", "65536", "http"),
                bad("feeds[0].lines[1].interface", "text", "\"\""),
                bad("feeds[0].lines[1].carries", "incremental, snapshot, snapshot-orders, definitions", "everything"),
                bad("instruments[0].feed", FEED_NAME, "a/b"),
                bad("instruments[0].id", "text", "\"\""),
                bad("instruments[0].symbol", "1 to 24 ASCII characters", "x".repeat(25), "\"\""),
                bad("instruments[0].group", "1 to 6 ASCII characters, no blanks", "SEVENTH", "E S"),
                bad("instruments[0].tick", PRICE, "-0.25", "0.0000000001", "9223372036.854775808", "1/4", "1e999999999"),
                bad("instruments[0].depth", "integer 0 to 64", "65"),
                bad("signals[0].kind", "text", "\"\""),
                bad("signals[0].name", FEED_NAME, "a/b", "a b"),
                bad("signals[0].instruments[0]", "text", "\"\""),
                bad("journal.enabled", BOOL, "no"),
                bad("journal.directory", "path", "\"\""),
                bad("journal.ring", "power of two, size 128KiB to 256MiB (B, KiB, MiB, GiB)", "3MiB", "64KiB", "512MiB"),
                bad("journal.block", "size 8MiB to 4GiB (B, KiB, MiB, GiB)", "7MiB", "5GiB"),
                bad("journal.when-full", "stop-signals, stop-journal, stop", "ignore"),
                bad("journal.min-free", "size 16MiB to 4096GiB (B, KiB, MiB, GiB)", "15MiB"),
                bad("journal.sync", "duration 10ms to 60min (ns, us, ms, s, min)", "9ms", "61min"),
                bad("journal.keep-days", "integer 1 to 36500", "0", "36501"),
                bad("journal.keep-size", "size 64MiB to 1048576GiB (B, KiB, MiB, GiB)", "63MiB"),
                bad("journal.core", "integer 0 to 4095", "-1", "4096"),
                bad("link.enabled", BOOL, "no"),
                bad("link.listen", IPV4, "localhost", "0.0.0.0.0", "1.2.3.4."),
                bad("link.port", "integer 0 to 65535", "-1", "65536"),
                bad("link.transport", TRANSPORTS, "tcp"),
                bad("link.key-file", "path", "\"\""),
                bad("link.heartbeat", "duration 10ms to 60s (ns, us, ms, s, min)", "9ms", "61s"),
                bad("link.logon-timeout", "duration 100ms to 60s (ns, us, ms, s, min)", "99ms", "2min"),
                bad("link.signal-time-to-live", "duration 1ms to 60min (ns, us, ms, s, min)", "999us", "61min"),
                bad("link.retain", "power of two, 16 to 1048576", "1000", "8", "0", "2097152"),
                bad("link.max-peers", "integer 1 to 1024", "0", "1025"),
                bad("link.peer-buffer", "size 64KiB to 256MiB (B, KiB, MiB, GiB)", "63KiB", "257MiB"),
                bad("link.quotes", BOOL, "0"),
                bad("link.trades", BOOL, "never"),
                bad("link.security", "auto, tls, hmac, plain", "none"),
                bad("link.keys", "path", "\"\""),
                bad("link.market", "live, simulated", "recorded", "demo"),
                bad("link.rights", "view, trade", "all"),
                bad("link.silence-limit", "duration 10ms to 10min (ns, us, ms, s, min)", "9ms", "11min"),
                bad("link.connections-per-address", "integer 1 to 1024", "0", "1025"),
                bad("link.connections-per-second", "integer 1 to 100000", "0", "100001"),
                bad("link.frames-per-second", "integer 10 to 1000000", "9", "1000001"),
                bad("status.listen", "IPv4 address", "localhost", "::1"),
                bad("status.port", "integer 0 to 65535", "-1", "65536"),
                bad("status.pages", "integer 1 to 64", "0", "65"),
                bad("status.examine", "duration 1min to 1440min (ns, us, ms, s, min)", "59s", "1441min", "15")).flatMap(List::stream);
    }

    private static List<Bad> bad(final String path, final String allowed, final String... values) {
        return Stream.of(values).map(value -> new Bad(path, value, allowed)).toList();
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void saysWhatWasFoundAndWhatIsAllowed(final Bad bad) {
        final FullConfiguration full = new FullConfiguration();
        final List<String> problems = full.with(bad.path, bad.value).problems();
        final String found = bad.value.replace("\"\"", "").replace("\"a\\0b\"", "a\0b");
        assertEquals(at(full, bad.path) + "found \"" + (found.length() > 60 ? found.substring(0, 60) + "..." : found)
                + "\", allowed: " + bad.allowed, problems.isEmpty() ? "accepted" : problems.get(0));
    }

    @Test
    void refusesRecoveryForWhichNobodyWouldWait() {
        assertEquals(List.of("x.yaml:3: feeds[0].reorder-wait: found 1000000 ns, allowed with recovery servers: more than "
                + "`recovery.delay` of 1000000 ns, or nobody would wait for the answer"), problems("""
                capture: {source: udp}
                feeds:
                  - {name: iex, protocol: iex-deep, lines: [{group: 233.215.21.4, port: 1, interface: lo}], reorder-wait: 1ms,
                     recovery: {servers: [{transport: udp, host: 192.0.2.1, port: 1}]}}
                link: {enabled: false}
                journal: {enabled: false}
                """));
    }

    @Test
    void refusesReplayThatCmeDoesNotOffer() {
        final String start = """
                capture: {source: udp}
                feeds:
                  - {name: cme, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 1, interface: lo}],
                     recovery: {""";
        final String end = """
                 host: 192.0.2.1, port: 1}]}}
                link: {enabled: false}
                journal: {enabled: false}
                """;
        assertEquals(List.of("x.yaml:4: feeds[0].recovery.servers[0].transport: found udp, allowed with `protocol: cme-mdp3`: tcp"),
                problems(start + "channel: 310, servers: [{transport: udp," + end));
        assertEquals(List.of("x.yaml:4: feeds[0].recovery.channel: missing, CME's servers need it: the channel's number, from 1 "
                + "to 65535"), problems(start + "servers: [{transport: tcp," + end));
        assertEquals(List.of(), problems(start + "channel: 310, servers: [{transport: tcp," + end));
    }

    @Test
    void refusesSnapshotsWithoutALoginAndReRequestsByTcp() {
        assertEquals(List.of(
                "x.yaml:4: feeds[0].recovery.servers[0].transport: found tcp, allowed with `protocol: nasdaq-itch50`: udp, by "
                        + "which MoldUDP64 is asked",
                "x.yaml:5: feeds[0].recovery.snapshots.username: missing, servers of snapshots need it: the user name that the "
                        + "exchange gave you",
                "x.yaml:5: feeds[0].recovery.snapshots.password-file: missing, servers of snapshots need it: a file that holds "
                        + "the password"), problems("""
                capture: {source: udp}
                feeds:
                  - {name: n, protocol: nasdaq-itch50, lines: [{group: 233.54.12.111, port: 1, interface: lo}],
                     recovery: {servers: [{transport: tcp, host: 192.0.2.1, port: 1}],
                       snapshots: {servers: [{host: 192.0.2.1, port: 1}]}}}
                link: {enabled: false}
                journal: {enabled: false}
                """));
    }

    @Test
    void everyKeyIsAmongThem() {
        final Set<String> tried = badValues().map(bad -> bad.path.replaceAll("\\[\\d+]", "[]"))
                .map(path -> path.replaceAll("\\[]$", "")).collect(Collectors.toCollection(TreeSet::new));
        final Set<String> keys = Keys.groups().stream().flatMap(group -> group.keys().stream()
                .map(key -> (group.path().isEmpty() ? "" : group.path() + ".") + key.name()))
                // A feed has lines or a channel; ChannelTest has the latter.
                .filter(key -> !key.startsWith("feeds[].channel."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(keys, tried);
    }

    @Test
    void twoThreadsOnOneCore() {
        final FullConfiguration full = new FullConfiguration().with("journal.core", "3");
        assertEquals(List.of(at(full, "journal.core") + "found 3, which `receive.core` has, allowed: another core"),
                full.problems());
    }

    @Test
    void aNodeThatIsRequiredOfNoCore() {
        final FullConfiguration full = new FullConfiguration().without("receive.core");
        assertEquals(List.of(at(full, "receive.numa")
                + "found \"require\" without `receive.core`, allowed: both, or warn"), full.problems());
    }

    private static Stream<String> scalars() {
        return badValues().map(bad -> bad.path).distinct();
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void refusesOtherStructureWhereAValueBelongs(final String path) {
        for (final String wrong : List.of("[a]", "{a: b}")) {
            final FullConfiguration full = new FullConfiguration();
            final List<String> problems = full.with(path, wrong).problems();
            assertTrue(!problems.isEmpty() && problems.get(0).startsWith(at(full, path) + "found "
                    + (wrong.startsWith("[") ? "a list" : "key: value pairs") + ", allowed: "), () -> problems.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "receive; found \"x\", allowed: key: value pairs",
        "journal; found \"x\", allowed: key: value pairs",
        "link; found \"x\", allowed: key: value pairs",
        "filter; found \"x\", allowed: key: value pairs",
        "instruments; found \"x\", allowed: a list",
        "signals; found \"x\", allowed: a list"})
    void refusesAValueWhereASectionBelongs(final String path, final String expected) {
        final String text = "capture: {source: pcap, file: f}\nfeeds: [{name: a, protocol: iex-tops, lines: "
                + "[{group: 1.2.3.4, port: 1}]}]\n";
        assertEquals(List.of("x.yaml:3: " + path + ": " + expected), problems(text + path + ": x\n"));
        assertEquals(List.of(), problems(text));
    }

    @Test
    void saysOnceThatASectionIsNone() {
        assertEquals(List.of(
                "x.yaml:1: capture: found \"pcap\", allowed: key: value pairs",
                "x.yaml:2: feeds[0]: found \"cme\", allowed: key: value pairs",
                "x.yaml:3: feeds[1].lines: found \"both\", allowed: a list",
                "x.yaml:4: feeds[2].lines[0]: found a list, allowed: key: value pairs"), problems("""
                capture: pcap
                feeds: [cme,
                  {name: a, protocol: iex-tops, lines: both},
                  {name: b, protocol: iex-tops, lines: [[]]}]
                """));
    }

    @Test
    void namesWhatDoesNotFitTogetherForAfXdp() {
        final String feed = "feeds: [{name: a, protocol: iex-tops, lines: [{group: 192.0.2.9, port: 1%s}]}]\n";
        assertEquals(List.of(
                "x.yaml:2: feeds[0].lines[0].interface: missing, `capture.source: afxdp` needs it: name of the network interface"),
                problems("capture: {source: afxdp}\n" + feed.formatted("")));
        assertEquals(List.of(
                "x.yaml:1: capture.afxdp.queues: found [0, 1, 0], allowed: each queue once",
                "x.yaml:1: capture.afxdp.attach: found \"generic\", allowed with `mode: zero-copy`: auto, native",
                "x.yaml:1: capture.afxdp.ring: found \"2048\", allowed: at most `frames`, which is 1024"),
                problems("capture: {source: afxdp, afxdp: {queues: [0, 1, 0], mode: zero-copy, attach: generic, frames: 1024}}\n"
                        + feed.formatted(", interface: eth0")));
    }

    @Test
    void namesWhatIsMissing() {
        assertEquals(List.of(
                "x.yaml:1: capture.source: missing, allowed: pcap, udp, dpdk, afxdp, efvi",
                "x.yaml:1: feeds: missing, allowed: a list of at least one feed"), problems("name: x\n"));
        assertEquals(List.of(
                "x.yaml:1: capture.file: missing, `source: pcap` needs it: path of the capture",
                "x.yaml:2: feeds: found an empty list, allowed: a list of at least one feed"), problems("""
                capture: {source: pcap}
                feeds: []
                """));
        assertEquals(List.of(
                "x.yaml:3: feeds[0].name: missing, allowed: " + FEED_NAME,
                "x.yaml:3: feeds[0].protocol: missing, allowed: cme-mdp3, iex-tops, iex-deep, iex-deep-plus, nasdaq-itch50",
                "x.yaml:3: feeds[0].lines: missing, allowed: a list of at least one line",
                "x.yaml:4: feeds[1].lines[0].port: missing, allowed: integer 1 to 65535",
                "x.yaml:4: feeds[1].lines[0].interface: missing, `capture.source: udp` needs it: name of the network interface",
                "x.yaml:6: instruments[0].id: missing, allowed: text",
                "x.yaml:8: signals[0].kind: missing, allowed: text"), problems("""
                capture: {source: udp}
                feeds:
                  - reorder-window: 3
                  - {name: b, protocol: iex-tops, lines: [{group: 224.1.1.1}]}
                instruments:
                  - feed: b
                signals:
                  - parameters: {a: 1}
                """));
    }

    @Test
    void refusesThePortOfTheLinkForTheStatusPage() {
        assertEquals(List.of("x.yaml:4: status.port: found \"7411\", which is link.port, allowed: another port"), problems("""
                capture: {source: udp}
                feeds: [{name: n, protocol: iex-tops, lines: [{group: 233.215.21.4, port: 1, interface: lo}]}]
                journal: {enabled: false}
                status: {port: 7411}
                """));
    }

    @Test
    void refusesAPlainLinkOnEveryAddress() {
        final String text = """
                capture: {source: udp}
                feeds: [{name: n, protocol: iex-tops, lines: [{group: 233.215.21.4, port: 1, interface: lo}]}]
                journal: {enabled: false}
                link: {listen: 0.0.0.0, security: plain}
                """;
        assertEquals(List.of("x.yaml:4: link.listen: found \"0.0.0.0\" with `security: plain`, allowed with it: one address, that of the "
                + "interface whose wire nobody else can reach; or `security: tls` or `hmac`"), problems(text));
        for (final String fine : List.of(text.replace("plain", "tls"), text.replace("plain", "hmac"), text.replace(", security: plain", ""),
                text.replace("0.0.0.0", "10.1.2.3"), text.replace("link: {", "link: {enabled: false, "))) {
            assertEquals(List.of(), problems(fine));
        }
    }

    @Test
    void anEmptyFileLacksWhatIsRequired() {
        final List<String> missing = List.of(
                "x.yaml: capture.source: missing, allowed: pcap, udp, dpdk, afxdp, efvi",
                "x.yaml: feeds: missing, allowed: a list of at least one feed");
        assertEquals(missing, problems(""));
        assertEquals(missing, problems("# nothing yet\n"));
    }

    @Test
    void refusesUnknownKeysOnTheirOwnLine() {
        final FullConfiguration full = new FullConfiguration().plus("  speed: high", "recieve:", "  idle: spin");
        final int last = full.lastLine();
        assertEquals(List.of(
                "gateway.yaml:" + (last - 2) + ": link.speed: unknown key, allowed: enabled, listen, port, transport, key-file, "
                        + "heartbeat, logon-timeout, signal-time-to-live, retain, max-peers, peer-buffer, quotes, trades, "
                        + "security, keys, rights, silence-limit, connections-per-address, connections-per-second, frames-per-second, market",
                "gateway.yaml:" + (last - 1) + ": recieve: unknown key, allowed: name, counters, receive, memory, capture, membership, filter, feeds, "
                        + "instruments, signals, journal, link, status"), full.problems());
    }

    @Test
    void refusesUnknownKeysInListEntries() {
        final List<String> problems = problems("""
                capture: {source: pcap, file: f}
                feeds: [{name: a, protocol: iex-tops, depth: 1, lines: [{group: 1.2.3.4, port: 1, line: A}]}]
                instruments: [{feed: a, id: Z, ticks: 1}]
                signals: [{kind: sweep, levels: 3}]
                """);
        assertEquals(List.of(
                "x.yaml:2: feeds[0].lines[0].line: unknown key, allowed: group, port, interface, carries",
                "x.yaml:2: feeds[0].depth: unknown key, allowed: name, protocol, market-depth, orders, max-orders, stale-after, reorder-window, "
                        + "reorder-timeout, reorder-wait, channel, lines, recovery",
                "x.yaml:3: instruments[0].ticks: unknown key, allowed: feed, id, symbol, group, tick, depth",
                "x.yaml:4: signals[0].levels: unknown key, allowed: kind, name, instruments, parameters"), problems);
    }

    @Test
    void refusesAKeyThatIsThereTwice() {
        final FullConfiguration full = new FullConfiguration().plus("  port: 7411", "name: again");
        assertEquals(Set.of(
                "gateway.yaml:" + full.line("link.port") + ": link.port: found again in line " + (full.lastLine() - 1)
                        + ", a key may be there once",
                "gateway.yaml:1: name: found again in line " + full.lastLine() + ", a key may be there once"),
                Set.copyOf(full.problems()));
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        final FullConfiguration full = new FullConfiguration()
                .with("feeds[1].name", "cme")
                .with("feeds[1].lines[0].group", "224.0.31.1").with("feeds[1].lines[0].port", "14310")
                .with("feeds[0].lines[1].group", "192.0.2.9")
                .with("instruments[0].feed", "nasdaq")
                .with("signals[0].instruments[0]", "nasdaq/5")
                .with("signals[0].instruments[1]", "cme/");
        assertEquals(List.of(
                at(full, "feeds[0].lines[1].group")
                        + "found \"192.0.2.9\", allowed with `capture.source: udp`: 224.0.0.0 to 239.255.255.255",
                at(full, "feeds[1].name") + "found \"cme\" twice, allowed: a name of its own for each feed",
                at(full, "feeds[1].lines[0].group")
                        + "found 224.0.31.1 port 14310 twice, allowed: one line for each group and port",
                at(full, "instruments[0].feed") + "found \"nasdaq\", allowed: a feed's name: cme, cme, itch",
                at(full, "signals[0].instruments")
                        + "found \"nasdaq/5\", allowed: \"*\" or feed/id, where feed is a feed's name: cme, cme, itch",
                at(full, "signals[0].instruments")
                        + "found \"cme/\", allowed: \"*\" or feed/id, where feed is a feed's name: cme, cme, itch"), full.problems());
    }

    @Test
    void refusesAnInstrumentThatIsThereTwice() {
        final List<String> problems = problems("""
                capture: {source: pcap, file: f}
                feeds: [{name: a, protocol: iex-tops, lines: [{group: 1.2.3.4, port: 1}]}]
                instruments:
                  - {feed: a, id: ZIEXT}
                  - {feed: a, id: ZIEXT}
                """);
        assertEquals(List.of("x.yaml:5: instruments[1].id: found a/ZIEXT twice, allowed: one entry for each instrument"),
                problems);
    }

    @Test
    void doesNotBlameAFileSourceForUnicastOrAMissingInterface() {
        assertEquals(List.of(), new FullConfiguration().with("capture.source", "pcap")
                .with("feeds[0].lines[1].group", "192.0.2.9").without("feeds[0].lines[0].interface").problems());
    }

    @Test
    void listsAllProblemsAtOnceInTheMessage() {
        final FullConfiguration full = new FullConfiguration()
                .with("receive.burst", "0").with("capture.source", "tape").with("link.quotes", "maybe").with("name", "\"\"");
        final List<String> problems = full.problems();
        assertEquals(4, problems.size(), () -> problems.toString());
        assertEquals(String.join(System.lineSeparator(), problems), new ConfigException(problems).getMessage());
    }

    @Test
    void showsOnlyTheBeginningOfALongValue() {
        final FullConfiguration full = new FullConfiguration();
        assertEquals(at(full, "receive.idle") + "found \"" + "y".repeat(60) + "...\", allowed: spin, yield, backoff",
                full.with("receive.idle", "y".repeat(1000)).problems().get(0));
    }

    @Test
    void saysWhereTheFileIsNoYaml() {
        assertEquals(List.of("x.yaml:3: not valid YAML: "), problems("""
                name: x
                capture: {source: pcap
                feeds: 1
                """).stream().map(ConfigProblemsTest::withoutTheLibrarysWords).toList());
        assertEquals(List.of("x.yaml:2: not valid YAML: "),
                problems("name: x\n\tlink: y\n").stream().map(ConfigProblemsTest::withoutTheLibrarysWords).toList());
        assertEquals(List.of("x.yaml:2: not valid YAML: "),
                problems("name: x\n--- \nname: y\n").stream().map(ConfigProblemsTest::withoutTheLibrarysWords).toList());
        assertEquals(List.of("x.yaml: not valid YAML: "),
                problems("name: \u0001\n").stream().map(ConfigProblemsTest::withoutTheLibrarysWords).toList());
    }

    @Test
    void refusesATextThatIsNoMapping() {
        assertEquals(List.of("x.yaml:1: found \"hello world\", allowed: key: value pairs"), problems("hello world\n"));
        assertEquals(List.of("x.yaml:1: found a list, allowed: key: value pairs"), problems("- 1\n- 2\n"));
    }

    /** One line, and it does say something. */
    private static String withoutTheLibrarysWords(final String problem) {
        assertEquals(1, problem.lines().count());
        return problem.replaceFirst("(not valid YAML: ).+", "$1");
    }

    private static String at(final FullConfiguration full, final String path) {
        return FullConfiguration.NAME + ":" + full.line(path) + ": " + path + ": ";
    }

    private static List<String> problems(final String text) {
        try {
            ConfigReader.parse(text, Path.of(""), "x.yaml");
            return List.of();
        } catch (final ConfigException e) {
            return e.problems();
        }
    }

    @Test
    void dpdkNeedsItsDevice() {
        assertEquals(List.of("x.yaml:1: capture.dpdk.device: missing, `source: dpdk` needs it: PCI address or DPDK software device"),
                problems("capture: {source: dpdk}\nfeeds: [{name: a, protocol: iex-tops, lines: [{group: 1.2.3.4, port: 1}]}]\n"));
    }
}
