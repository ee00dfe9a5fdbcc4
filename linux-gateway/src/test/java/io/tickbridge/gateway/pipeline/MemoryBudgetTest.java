package io.tickbridge.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a configuration takes outside the heap, and that it is refused when that is not there. */
class MemoryBudgetTest {
    private static final long MIB = 1L << 20;
    private static final String FEEDS = """
            capture: {source: pcap, file: day.pcap}
            feeds:
              - {name: cme, protocol: cme-mdp3, reorder-window: 1024, lines: [{group: 224.0.31.1, port: 14310}]}
              - {name: iex, protocol: iex-deep, reorder-window: 4096, lines: [{group: 233.215.21.4, port: 10378}]}
            """;
    private static final String LARGE = FEEDS + """
            journal: {ring: 256MiB}
            link: {retain: 1048576, max-peers: 16, peer-buffer: 256MiB}
            """;

    private static GatewayConfig config(final String text) {
        return ConfigReader.parse(text, Path.of(""), "x.yaml");
    }

    @Test
    void sumsWhatTheKeysAskFor() {
        final long windows = 1024 * 2048L + 4096 * 8972L;
        assertEquals(MemoryBudget.UNSIZED + windows,
                new MemoryBudget(config(FEEDS + "journal: {enabled: false}\nlink: {enabled: false}\n")).bytes());
        assertEquals(MemoryBudget.UNSIZED + windows + 256 * MIB + 1048576L * 128 + 16 * 2 * 256 * MIB,
                new MemoryBudget(config(LARGE)).bytes());
    }

    @Test
    void namesTheLargestAndHowMuchWouldDo() {
        final MemoryBudget budget = new MemoryBudget(config(LARGE));
        assertEquals(Optional.empty(), budget.excess(budget.bytes()));
        assertEquals(Optional.of("found settings that take 8678 MiB of memory outside the heap, allowed: 1024 MiB; the "
                + "largest: link.max-peers times 2 times link.peer-buffer 8192 MiB, journal.ring 256 MiB, link.retain 128 MiB; "
                + "ask for less, or give the process more with TICKBRIDGE_JAVA_OPTS=-XX:MaxDirectMemorySize=8678m"),
                budget.excess(1024 * MIB));
    }

    @Test
    void theCheckOfAConfigurationRefusesIt() {
        final ConfigException refused =
                assertThrows(ConfigException.class, () -> Pipeline.check(config(LARGE.replace("peers: 16", "peers: 1024"))));
        assertEquals(1, refused.problems().size());
        assertTrue(refused.getMessage().startsWith("x.yaml:1: found settings that take "), refused.getMessage());
        assertEquals(0, Pipeline.check(config(FEEDS)).size());
    }

    @Test
    void theLimitIsThatOfThisVirtualMachine() {
        // The build sets the heap alone, which then bounds both.
        assertEquals(Runtime.getRuntime().maxMemory(), MemoryBudget.limit());
    }

    @Test
    void everyMaximumByItselfFitsTheLaunchersLimit() {
        for (final String one : new String[] {"journal: {ring: 256MiB}", "link: {retain: 1048576}",
            "link: {max-peers: 64}", "link: {peer-buffer: 32MiB}"}) {
            assertEquals(Optional.empty(), new MemoryBudget(config(FEEDS + one + "\n")).excess(1024 * MIB), one);
        }
    }

    @Test
    void twoFeedsOfIexCannotBeToldApart() {
        final String two = FEEDS + "  - {name: tops, protocol: iex-tops, lines: [{group: 233.215.21.5, port: 10378}]}\n";
        final ConfigException refused = assertThrows(ConfigException.class, () -> Pipeline.check(config(two)));
        assertEquals("x.yaml:5: feeds[2].protocol: found a second feed of IEX beside \"iex\", allowed: one, since add-ons "
                + "could not tell the two books of an instrument apart; run another gateway for it", refused.getMessage());
    }

    @Test
    void channelsOfCmeHaveSecuritiesOfTheirOwn() {
        assertEquals(0, Pipeline.check(config(
                FEEDS + "  - {name: nq, protocol: cme-mdp3, lines: [{group: 224.0.31.2, port: 14311}]}\n")).size());
    }
}
