package io.tickbridge.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a good file becomes, and files that cannot be read at all. */
class ConfigReaderTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final String SMALLEST = """
            capture: {source: pcap, file: day.pcap}
            feeds:
              - {name: iex, protocol: iex-tops, lines: [{group: 233.215.21.4, port: 10378}]}
            """;

    @TempDir
    private Path directory;

    @Test
    void namesTheCountersAfterTheGateway() {
        final Path base = Path.of("/etc/tickbridge");
        assertEquals(base.resolve("desk-7_a.counters"),
                ConfigReader.parse("name: desk 7_a\n" + SMALLEST, base, "x").countersFile());
        assertEquals(base.resolve("-..-other.counters"),
                ConfigReader.parse("name: /../other\n" + SMALLEST, base, "x").countersFile());
    }

    @Test
    void leavesEverythingElseAtItsDefault() {
        final Path base = Path.of("/etc/tickbridge");
        final GatewayConfig config = ConfigReader.parse(SMALLEST, base, "x");
        assertEquals("tickbridge", config.name());
        assertEquals(base.resolve("tickbridge.counters"), config.countersFile());
        assertEquals(new ReceiveConfig(ReceiveConfig.Idle.YIELD, 64), config.receive());
        assertEquals(new PlacementConfig(OptionalInt.empty(), OptionalInt.empty(), PlacementConfig.Numa.WARN,
                PlacementConfig.MemoryLock.AUTO), config.placement());
        assertEquals(new MembershipConfig(true, MembershipConfig.Version.V3, "0.0.0.0", 0), config.membership());
        assertEquals(new CaptureConfig(
                CaptureConfig.Source.PCAP, base.resolve("day.pcap"), 0, 16 << 20, ReceiveTimestamps.BURST, 0,
                new DpdkConfig(null, List.of(), DpdkConfig.HugePages.AUTO, 0, 0, 1024, 1, false, true, true, true),
                new AfXdpConfig(List.of(), AfXdpConfig.Mode.AUTO, AfXdpConfig.Attach.AUTO, 4096, 4096, 2048, true,
                        DpdkConfig.HugePages.AUTO, 0, 64),
                new EfViConfig(null, 0, EfViConfig.Mode.AUTO, 1024, 16, false, true, DpdkConfig.HugePages.AUTO, false, true)),
                config.capture());
        assertEquals(new FilterConfig(true, List.of()), config.filter());
        assertEquals(List.of(new FeedConfig("iex", FeedConfig.Protocol.IEX_TOPS,
                List.of(new FeedConfig.Line("233.215.21.4", 10378, null, FeedConfig.Carries.INCREMENTAL)), 0, false, 1 << 23, 45 * SECOND, 256, SECOND,
                10 * MILLISECOND, new FeedConfig.Recovery(List.of(), MILLISECOND, 100 * MILLISECOND, 10_000))), config.feeds());
        assertEquals(List.of(), config.instruments());
        assertEquals(List.of(), config.signals());
        assertEquals(new JournalConfig(true, base.resolve("journal"), 16 << 20, 64 << 20), config.journal());
        assertEquals(new LinkConfig(true, "127.0.0.1", 7411, Transport.AUTO, base.resolve("link.key"), SECOND, 5 * SECOND,
                5 * SECOND, 65_536, 8, 4 << 20, true, true,
                new LinkSecurity(LinkSecurity.Mode.AUTO, base.resolve("keys"), LinkSecurity.Rights.TRADE),
                new LinkLimits(0, 16, 100, 20_000), LinkConfig.Market.LIVE), config.link());
    }

    @Test
    void takesEveryKeyFromTheFile() {
        final GatewayConfig config = new FullConfiguration().read();
        assertEquals("chicago 1", config.name());
        assertEquals(Path.of("/etc/tickbridge/run/counters"), config.countersFile());
        assertEquals(new ReceiveConfig(ReceiveConfig.Idle.BACKOFF, 128), config.receive());
        assertEquals(new PlacementConfig(OptionalInt.of(3), OptionalInt.of(2), PlacementConfig.Numa.REQUIRE,
                PlacementConfig.MemoryLock.REQUIRE), config.placement());
        assertEquals(new MembershipConfig(false, MembershipConfig.Version.V2, "192.0.2.9", 100), config.membership());
        assertEquals(new CaptureConfig(
                CaptureConfig.Source.UDP, Path.of("/etc/day.pcap"), 2.5, 1 << 20, ReceiveTimestamps.NIC, 50,
                new DpdkConfig("net_null0,size=64", List.of("--iova-mode=va"), DpdkConfig.HugePages.NEVER, 512L << 20, 4096,
                        512, 2, true, false, false, false),
                new AfXdpConfig(List.of(1, 3), AfXdpConfig.Mode.COPY, AfXdpConfig.Attach.GENERIC, 8192, 2048, 1024, false,
                        DpdkConfig.HugePages.REQUIRE, 50_000, 16),
                new EfViConfig("eth2", 141, EfViConfig.Mode.X2, 2048, 32, true, false, DpdkConfig.HugePages.REQUIRE, true, false)),
                config.capture());
        assertEquals(new FilterConfig(false, List.of("192.0.2.1", "192.0.2.2")), config.filter());
        assertEquals(new FeedConfig("cme", FeedConfig.Protocol.CME_MDP3, List.of(
                new FeedConfig.Line("224.0.31.1", 14310, "eth0", FeedConfig.Carries.INCREMENTAL),
                new FeedConfig.Line("224.0.32.1", 15310, "eth1", FeedConfig.Carries.INCREMENTAL)),
                10, true, 100_000, 31 * SECOND, 64, 250 * MILLISECOND, 20 * MILLISECOND,
                new FeedConfig.Recovery(List.of(), MILLISECOND, 100 * MILLISECOND, 10_000)), config.feeds().get(0));
        assertEquals(FeedConfig.Protocol.IEX_DEEP, config.feeds().get(1).protocol());
        assertEquals(new FeedConfig.Recovery(List.of(
                new FeedConfig.Server(FeedConfig.ServerTransport.UDP, "23.226.155.162", 11378),
                new FeedConfig.Server(FeedConfig.ServerTransport.TCP, "23.226.155.163", 11378)),
                2 * MILLISECOND, 50 * MILLISECOND, 5000, 1000, new FeedConfig.Logon(310, "trader", "secret"), FeedConfig.Snapshots.NONE),
                config.feeds().get(1).recovery());
        assertEquals(new FeedConfig.Recovery(List.of(), MILLISECOND, 100 * MILLISECOND, 10_000, 50, FeedConfig.Logon.USUAL, new FeedConfig.Snapshots(
                List.of(new FeedConfig.Server(FeedConfig.ServerTransport.TCP, "192.0.2.7", 18300)), "SOME01",
                FullConfiguration.BASE.resolve("glimpse.password"), 3 * SECOND, 2 * SECOND, 10, 2 << 20)),
                config.feeds().get(2).recovery());
        assertEquals(List.of(new InstrumentConfig("cme", "5", "ESZ6", "ES", 250_000_000, 5)), config.instruments());
        assertEquals(List.of(new SignalConfig("sweep", List.of("cme/5", "iex/ZIEXT"), Map.of("levels", "3"), "two-levels")),
                config.signals());
        assertEquals(new JournalConfig(false, Path.of("/var/lib/tickbridge"), 1 << 20, 16 << 20,
                JournalConfig.WhenFull.STOP, 64 << 20, 500_000_000, 30, 100L << 30), config.journal());
        assertEquals(new LinkConfig(false, "192.0.2.7", 0, Transport.NIO, Path.of("/etc/tickbridge/keys/link.key"),
                250 * MILLISECOND, 2 * SECOND, 120 * SECOND, 1024, 2, 128 << 10, false, false,
                new LinkSecurity(LinkSecurity.Mode.TLS, Path.of("/etc/tickbridge/ring"), LinkSecurity.Rights.VIEW),
                new LinkLimits(700 * MILLISECOND, 3, 10, 500), LinkConfig.Market.SIMULATED), config.link());
    }

    @Test
    void aKeyWithNothingAfterItCountsAsLeftOut() {
        final GatewayConfig config = ConfigReader.parse(
                SMALLEST + "journal:\nlink:\n  port:\n  quotes: null\nsignals:\n", Path.of(""), "x");
        assertEquals(7411, config.link().port());
        assertTrue(config.link().quotes());
        assertTrue(config.journal().enabled());
        assertEquals(List.of(), config.signals());
    }

    @Test
    void anInstrumentWithoutSymbolIsCalledByItsId() {
        final InstrumentConfig instrument = new FullConfiguration().without("instruments[0].symbol")
                .without("instruments[0].group").without("instruments[0].tick").without("instruments[0].depth")
                .read().instruments().get(0);
        assertEquals("5", instrument.symbol());
        assertNull(instrument.group());
        assertEquals(0, instrument.tickSize());
        assertEquals(0, instrument.depth());
    }

    @Test
    void aSignalWithoutInstrumentsIsForAll() {
        final GatewayConfig config = ConfigReader.parse(SMALLEST + """
                signals:
                  - {kind: sweep}
                  - {kind: sweep, instruments: []}
                  - {kind: sweep, instruments: ["*"]}
                """, Path.of(""), "x");
        config.signals().forEach(signal -> assertEquals(List.of("*"), signal.instruments()));
        assertEquals(3, config.signals().size());
    }

    @Test
    void keepsTheOrderOfSignalsAndOfTheirParameters() {
        final GatewayConfig config = ConfigReader.parse(SMALLEST + """
                signals:
                  - {kind: b, parameters: {z: 1, a: "two words", m: true}}
                  - {kind: a}
                """, Path.of(""), "x");
        assertEquals(List.of("b", "a"), config.signals().stream().map(SignalConfig::kind).toList());
        assertEquals("{z=1, a=two words, m=true}", config.signals().get(0).parameters().toString());
    }

    @ParameterizedTest
    @CsvSource({"0ns, 0", "1us, 1000", "250us, 250000", "5 ms, 5000000", "1s, 1000000000", "1min, 60000000000"})
    void readsDurations(final String text, final long nanoseconds) {
        assertEquals(nanoseconds, new FullConfiguration().with("feeds[0].reorder-timeout", text).read()
                .feeds().get(0).reorderTimeout());
    }

    @ParameterizedTest
    @CsvSource({"65536B, 65536", "64KiB, 65536", "3 MiB, 3145728", "1GiB, 1073741824"})
    void readsSizes(final String text, final int bytes) {
        assertEquals(bytes, new FullConfiguration().with("capture.receive-buffer", text).read().capture().receiveBuffer());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1000000000", "0.000000001, 1", "0.25, 250000000", "1e-2, 10000000",
        "9223372036.854775807, 9223372036854775807"})
    void readsPricesExactly(final String text, final long price) {
        assertEquals(price, new FullConfiguration().with("instruments[0].tick", text).read().instruments().get(0).tickSize());
    }

    @Test
    void saysWhereAKeyStands() {
        final FullConfiguration full = new FullConfiguration();
        final Places places = full.read().places();
        for (final String path : List.of("name", "link", "link.trades", "feeds[1].lines[0]", "signals[0].parameters.levels",
                "signals[0].instruments[1]", "filter.sources[1]")) {
            assertEquals(FullConfiguration.NAME + ":" + full.line(path), places.of(path), path);
        }
        assertEquals(FullConfiguration.NAME + ":" + full.line("link"), places.of("link.nothing[3].like.this"));
        assertEquals(FullConfiguration.NAME + ":1", places.of("nothing"));
    }

    @Test
    void readsAFileWithPathsRelativeToIt() throws IOException {
        final Path file = Files.writeString(directory.resolve("gateway.yaml"), SMALLEST);
        assertEquals(directory.resolve("day.pcap"), ConfigReader.read(file).capture().file());
        assertEquals(SMALLEST, ConfigReader.text(file));
    }

    @Test
    void refusesAFileThatCannotBeRead() throws IOException {
        final Path missing = directory.resolve("missing.yaml");
        assertEquals(missing + ": cannot be read: no such file or directory; name a readable YAML file", refusal(missing));
        assertEquals(directory + ": cannot be read: a directory; name a readable YAML file", refusal(directory));
        final Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertEquals(binary + ": cannot be read: not UTF-8 text; name a readable YAML file", refusal(binary));
    }

    private static String refusal(final Path file) {
        return assertThrows(ConfigException.class, () -> ConfigReader.read(file)).getMessage();
    }
}
