package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.ConfigReference;
import io.tickbridge.gateway.ops.CountersFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The command line's manners, and the commands that need no capture. */
class TickbridgeTest {
    private static final String GOOD = """
            capture: {source: pcap, file: day.pcap}
            feeds:
              - {name: cme, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310}]}
            signals:
              - {kind: sweep, instruments: [cme/5], parameters: {levels: 3}}
            """;

    /** A pcap file's header and nothing more: little endian, microseconds, Ethernet. */
    private static final byte[] EMPTY_CAPTURE = HexFormat.of().parseHex("d4c3b2a1020004000000000000000000ffff000001000000");

    @TempDir
    private Path directory;

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("gateway.yaml"), text);
    }

    private static Stream<String> commands() {
        return Tickbridge.commandLine().getSubcommands().keySet().stream();
    }

    @Test
    void helpNamesEveryCommandAndTheExitCodes() {
        final CommandRun help = CommandRun.of("--help");
        assertEquals(0, help.code());
        commands().forEach(command -> assertTrue(help.lines().stream().anyMatch(line -> line.startsWith("  " + command + " ")),
                command));
        assertEquals(Set.of("run", "replay", "export", "query", "report", "stat", "check-config", "new-key", "keys", "decode", "books", "bench",
                "doctor", "journal"),
                Set.copyOf(commands().toList()));
        assertTrue(help.out().contains("Exit codes: 0 ok, 1 failed, 2 wrong usage."), help.out());
        assertEquals("", help.err());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theListOfCommandsSaysWhatEachIsForInAWholeSentence(final String command) {
        final CommandLine line = Tickbridge.commandLine().getSubcommands().get(command);
        Stream.concat(Stream.of(line), line.getSubcommands().values().stream()).forEach(each -> {
            // The list of commands shows the first line of a description alone.
            final String[] description = each.getCommandSpec().usageMessage().description();
            assertTrue(description[0].matches("[A-Z].*[.]"), description[0]);
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(final String command) {
        final CommandRun help = CommandRun.of(command, "--help");
        assertEquals(0, help.code());
        assertTrue(help.out().startsWith("Usage: tickbridge " + command), help.out());
        assertEquals("", help.err());
        final CommandSpec spec = Tickbridge.commandLine().getSubcommands().get(command).getCommandSpec();
        Stream.of(List.of(spec), spec.subcommands().values().stream().map(CommandLine::getCommandSpec).toList())
                .flatMap(List::stream).flatMap(s -> s.args().stream())
                .forEach(argument -> assertTrue(argument.description().length > 0, argument.toString()));
    }

    @Test
    void versionNamesBuildAndJava() {
        final CommandRun version = CommandRun.of("--version");
        assertEquals(0, version.code());
        assertEquals(2, version.lines().size());
        assertTrue(version.lines().get(0).matches("tickbridge \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), version.out());
        assertEquals("Java " + Runtime.version(), version.lines().get(1));
    }

    @Test
    void wrongUsageIsExitCodeTwoAndShowsHow() {
        for (final Object[] arguments : new Object[][] {
            {}, {"dekode"}, {"--nonsense"}, {"decode"}, {"decode", "file"}, {"decode", "--feed", "nyse", "file"},
            {"decode", "--feed", "cme"}, {"books", "--feed", "cme", "a", "b"}, {"check-config"},
            {"check-config", "file", "--reference"}, {"new-key"}, {"replay"}, {"export"}, {"query"}, {"query", "journal"}, {"report"},
            {"report", "journal"}, {"report", "journal", "--out", "o", "--day", "yesterday"},
            {"export", "--journal", "j", "--to", "excel", "--out", "o"}, {"run"}, {"stat"}, {"bench", "pipeline"},
            {"decode", "--feed", "cme", "--by-line", "file"}, {"decode", "--feed", "cme", "--by-line", "--count", "file"},
            {"books", "--feed", "cme", "--market-depth", "65", "file"},
            {"bench", "pipeline", "--capture", "file", "--seconds", "0"}}) {
            final CommandRun run = CommandRun.of(arguments);
            assertEquals(2, run.code(), () -> List.of(arguments) + run.err());
            assertEquals("", run.out());
            assertTrue(run.err().contains(" --help` lists what there is.") && run.errors().size() < 10, run.err());
        }
    }

    @Test
    void feedNamesMayBeWrittenInEitherCase() {
        assertEquals(1, CommandRun.of("decode", "--feed", "CME", directory.resolve("missing")).code());
    }

    @Test
    void checkConfigAcceptsAGoodFile() throws IOException {
        final Path file = write(GOOD);
        Files.copy(new ByteArrayInputStream(EMPTY_CAPTURE), directory.resolve("day.pcap"));
        CommandRun.of("new-key", directory.resolve("link.key"));
        final CommandRun ok =
                new CommandRun(0, file + ": ok, 1 feed(s), 1 signal rule(s), add-ons are told that the market is recorded, capture pcap" + System.lineSeparator(), "");
        assertEquals(ok, CommandRun.of("check-config", file));
        assertEquals(ok, CommandRun.of("check-config", "--strict", file));
    }

    @Test
    void checkConfigWarnsOfWhatThisMachineDoesNotHave() throws IOException {
        final Path file = write(GOOD);
        final CommandRun warned = CommandRun.of("check-config", file);
        assertEquals(0, warned.code());
        assertEquals(List.of(file + ": ok, 1 feed(s), 1 signal rule(s), add-ons are told that the market is recorded, capture pcap"), warned.lines());
        assertEquals(2, warned.errors().size(), warned.err());
        assertTrue(warned.errors().get(0).startsWith("warning: " + file + ":1: capture.file: "), warned.err());
        assertTrue(warned.errors().get(1).startsWith("warning: " + file + ":1: link.key-file: "), warned.err());
        final CommandRun strict = CommandRun.of("check-config", "--strict", file);
        assertEquals(1, strict.code());
        assertEquals("", strict.out());
        assertEquals(warned.err().replace("warning: ", ""), strict.err());
    }

    @Test
    void checkConfigNamesWhatTheSourceDoesNotUse() throws IOException {
        Files.createFile(directory.resolve("day.pcap"));
        final Path file = write("""
                capture:
                  source: pcap
                  file: day.pcap
                  receive-buffer: 1MiB
                  dpdk: {device: net_null0}
                  afxdp: {queues: [0]}
                membership: {enabled: false}
                feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310}]}]
                link: {enabled: false, market: live}
                """);
        final CommandRun run = CommandRun.of("check-config", file);
        assertEquals(0, run.code());
        final String end = ": not used with `capture.source: pcap`";
        assertEquals(List.of("note: " + file + ":4: capture.receive-buffer" + end, "note: " + file + ":5: capture.dpdk" + end,
                "note: " + file + ":6: capture.afxdp" + end, "note: " + file + ":7: membership" + end, "note: " + file + ":9: link.market" + end),
                run.errors().stream().filter(line -> line.startsWith("note: ")).toList());
    }

    /** What add-ons trade with real money depends on it. */
    @Test
    void checkConfigSaysWhatAddOnsAreToldOfTheMarket() throws IOException {
        final String live = """
                capture: {source: udp}
                feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310, interface: lo}]}]
                """;
        final Map<String, String> said = Map.of("", "add-ons are told that the market is live, ",
                "link: {market: simulated}\n", "add-ons are told that the market is simulated, ",
                "link: {enabled: false}\n", "");
        for (final Map.Entry<String, String> one : said.entrySet()) {
            final Path file = write(live + one.getKey());
            assertEquals(List.of(file + ": ok, 1 feed(s), 0 signal rule(s), " + one.getValue() + "capture udp"),
                    CommandRun.of("check-config", file).lines());
        }
    }

    /** An add-on's setting `rules` names them. */
    @Test
    void checkConfigNamesRulesThatAddOnsCannotTellApart() throws IOException {
        final String before = """
                capture: {source: udp}
                feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310, interface: lo}]}]
                link: {enabled: false}
                signals:
                  - {kind: book-imbalance, parameters: {levels: 3, threshold: 0.5}}
                  - {kind: sweep}
                """;
        final Path file = write(before + "  - {kind: book-imbalance, parameters: {levels: 5, threshold: 0.6}}\n");
        final CommandRun run = CommandRun.of("check-config", file);
        assertEquals(0, run.code());
        assertEquals(List.of("note: " + file + ":7: signals[2]: add-ons know it as book-imbalance, as signals[0], and cannot choose between "
                + "them in their setting rules; give it a name of its own: name: book-imbalance-2"),
                run.errors().stream().filter(line -> line.startsWith("note: ")).toList());
        write(before + "  - {kind: book-imbalance, name: deep, parameters: {levels: 5, threshold: 0.6}}\n");
        assertEquals(List.of(), CommandRun.of("check-config", file).errors().stream().filter(line -> line.startsWith("note: ")).toList());
    }

    /** DPDK has one device; who wrote interfaces beside the groups may think that they are it. */
    @Test
    void checkConfigNamesInterfacesThatTheSourceDoesNotUse() throws IOException {
        final Path file = write("""
                capture: {source: dpdk, dpdk: {device: net_null0}}
                feeds:
                  - name: a
                    protocol: cme-mdp3
                    lines:
                      - {group: 224.0.31.1, port: 14310}
                      - {group: 224.0.32.1, port: 15310, interface: eth7}
                link: {enabled: false}
                """);
        assertEquals(List.of("note: " + file + ":7: feeds[0].lines[1].interface: not used with `capture.source: dpdk`, which receives "
                + "from capture.dpdk.device alone"),
                CommandRun.of("check-config", file).errors().stream().filter(line -> line.startsWith("note: ")).toList());
    }

    @Test
    void checkConfigNamesWhatWorksBadly() throws IOException {
        final Path file = write("""
                capture: {source: dpdk, dpdk: {device: "net_af_packet0,iface=lo"}}
                feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310}]}]
                link: {enabled: false}
                """);
        final CommandRun run = CommandRun.of("check-config", file);
        assertTrue(run.errors().stream().anyMatch(line -> line.startsWith("note: " + file + ":1: capture.dpdk.device: net_af_packet0: "
                + "without framecnt its ring holds 512 frames")), run.err());
    }

    @Test
    void checkConfigAcceptsTheExampleOfItsOwnReference() throws IOException {
        final CommandRun run = CommandRun.of("check-config", write(ConfigReference.example()));
        assertEquals(0, run.code(), run.err());
    }

    @Test
    void checkConfigPrintsTheReference() {
        assertEquals(new CommandRun(0, ConfigReference.markdown(), ""), CommandRun.of("check-config", "--reference"));
    }

    @Test
    void checkConfigListsEveryProblemOfTheFile() throws IOException {
        final Path file = write(GOOD.replace("source: pcap", "source: tape").replace("14310", "0"));
        final CommandRun run = CommandRun.of("check-config", file);
        assertEquals(1, run.code());
        assertEquals("", run.out());
        assertEquals(List.of(
                file + ":1: capture.source: found \"tape\", allowed: pcap, udp, dpdk, afxdp, efvi",
                file + ":3: feeds[0].lines[0].port: found \"0\", allowed: integer 1 to 65535"), run.errors());
    }

    @Test
    void checkConfigListsEveryProblemOfTheRulesAndInstruments() throws IOException {
        final Path file = write(GOOD.replace("levels: 3", "levels: 1").replace("cme/5", "cme/ES") + """
              - {kind: swoop}
              - {kind: sweep, instruments: [cme/05], parameters: {level: 3}}
            instruments:
              - {feed: cme, id: ESZ6}
            """);
        final CommandRun run = CommandRun.of("check-config", file);
        assertEquals(1, run.code());
        assertEquals("", run.out());
        assertEquals(List.of(
                file + ":9: instruments[0].id: a CME SecurityID is a decimal number of 32 bits, found \"ESZ6\"",
                file + ":5: signals[0].instruments[0]: a CME SecurityID is a decimal number of 32 bits, found \"ES\"",
                file + ":5: signals, rule 1 (sweep), parameter levels: found \"1\"; allowed: a whole number from 2 to 1000",
                file + ":6: signals, rule 2: found unknown kind \"swoop\"; allowed: book-imbalance, microprice-cross, "
                        + "order-flow-imbalance, spread-widening, sweep, top-of-book",
                file + ":7: signals[2].instruments[0]: found \"05\", allowed: 5",
                file + ":7: signals, rule 3 (sweep): found unknown parameter level; allowed: levels, min-quantity"),
                run.errors());
    }

    @Test
    void checkConfigSaysThatAFileIsMissing() {
        final Path file = directory.resolve("missing.yaml");
        assertEquals(new CommandRun(1, "", file + ": cannot be read: no such file or directory; name a readable YAML file"
                + System.lineSeparator()), CommandRun.of("check-config", file));
    }

    @Test
    void runRefusesABadConfigurationBeforeItTouchesAnything() throws IOException {
        final Path file = write(GOOD + "link: {enabled: false}\n");
        final CommandRun waiting = CommandRun.of("run", "--config", file, "--wait-for-add-on");
        assertEquals(1, waiting.code());
        assertEquals(List.of(file + ":6: link.enabled: found \"false\", allowed with --wait-for-add-on: true"),
                waiting.errors());
        final CommandRun bad = CommandRun.of("run", "--config", write(GOOD.replace("sweep", "swoop")));
        assertEquals(1, bad.code());
        assertEquals(1, bad.errors().size(), bad.err());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void statSaysThatNoGatewayRuns() throws IOException {
        final Path file = write(GOOD);
        assertEquals(new CommandRun(1, "", directory.resolve("tickbridge.counters")
                + ": no counters are there; is a gateway running with this configuration?" + System.lineSeparator()),
                CommandRun.of("stat", file));
    }

    @Test
    void statPrintsTheLastFiguresOfAGatewayThatPublishesNoMoreAndFails() throws IOException {
        final Path file = write(GOOD);
        try (CountersFile counters = CountersFile.create(directory.resolve("tickbridge.counters"), 1)) {
            counters.manager().newCounter("feed.cme.gaps").setRelease(7);
            counters.heartbeat(1);
            final CommandRun silent = CommandRun.of("stat", file);
            assertEquals(1, silent.code());
            assertTrue(silent.out().contains("feed.cme.gaps\t7"), silent.out());
            assertTrue(silent.err().contains("has published nothing for"), silent.err());
            // A century ahead: not older than two seconds, whenever this runs.
            counters.heartbeat(Long.MAX_VALUE);
            final CommandRun alive = CommandRun.of("stat", file);
            assertEquals(0, alive.code());
            assertEquals("", alive.err());
        }
    }

    /** The first core, a pulled cable and memory that is not locked are 0, and no counts. */
    @Test
    void statKeepsZerosThatSaySomething() throws IOException {
        final Path file = write(GOOD);
        try (CountersFile counters = CountersFile.create(directory.resolve("tickbridge.counters"), 8)) {
            final CountersManager manager = counters.manager();
            List.of("feed.cme.gaps", "receive.core", "journal.core", "interface.eth7.carrier", "interface.eth7.carrier-losses",
                    "memory.locked").forEach(name -> manager.newCounter(name).setRelease(0));
            counters.heartbeat(Long.MAX_VALUE);
            final List<String> lines = CommandRun.of("stat", "--non-zero", file).lines();
            assertEquals(List.of("interface.eth7.carrier\t0", "journal.core\t0", "memory.locked\t0", "receive.core\t0"),
                    lines.stream().filter(line -> line.endsWith("\t0")).toList());
        }
    }

    @Test
    void newKeyWritesAKeyThatOnlyItsOwnerCanRead() throws IOException {
        final Path file = directory.resolve("link.key");
        final CommandRun run = CommandRun.of("new-key", file);
        assertEquals(new CommandRun(0, run.out(), ""), run);
        assertEquals(List.of("wrote " + file, "next: in the gateway's configuration `link: {key-file: " + file + "}`; and the same file as link.key into "
                + "the add-on's folder, Documents\\NinjaTrader 8\\Tickbridge, by a safe way, not by mail"), run.lines());
        assertTrue(Files.readString(file).matches("[0-9a-f]{64}\\R"), "64 hexadecimal digits");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void newKeyNeverOverwrites() throws IOException {
        final Path file = directory.resolve("link.key");
        CommandRun.of("new-key", file);
        final String key = Files.readString(file);
        assertEquals(new CommandRun(1, "", file + ": exists already and is left alone; name a new file"
                + System.lineSeparator()), CommandRun.of("new-key", file));
        assertEquals(key, Files.readString(file));
        final Path other = directory.resolve("other.key");
        CommandRun.of("new-key", other);
        assertTrue(!key.equals(Files.readString(other)));
    }

    @Test
    void newKeySaysWhyItCannotWrite() {
        final Path file = directory.resolve("nowhere/link.key");
        assertEquals(new CommandRun(1, "", file + ": no such file or directory" + System.lineSeparator()),
                CommandRun.of("new-key", file));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void replaySaysThatThereIsNoJournal(final boolean verify) throws IOException {
        final Path missing = directory.resolve("missing");
        final Path empty = Files.createDirectory(directory.resolve("empty"));
        assertEquals(new CommandRun(1, "", "no journal at " + missing + ": there is no such directory"
                + System.lineSeparator()), replay(missing, verify));
        assertEquals(new CommandRun(1, "", "no journal in " + empty + ": it holds no .cq4 file" + System.lineSeparator()),
                replay(empty, verify));
    }

    private static CommandRun replay(final Path journal, final boolean verify) {
        return verify ? CommandRun.of("replay", "--journal", journal, "--verify", "--json")
                : CommandRun.of("replay", "--journal", journal);
    }
}
