package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the simulated exchanges write as captures, both lines with their faults, as {@code books} and {@code decode} read it: the
 * books in the end are the exchange's, although each line alone lacks packets, and of Nasdaq's messages each is there once, by
 * tshark's own reading of MoldUDP64.
 */
final class SimulatorCaptureIT {
    private static final List<String> FAULTS = List.of("--seconds", "1", "--days", "2", "--loss-one", "0.02", "--duplicates", "0.01",
            "--reordered", "0.02", "--lag", "0.001", "--extended", "0.05");
    private static final List<String> DAMAGE = List.of("--cut", "0.002", "--damaged", "0.002");

    /** CME's session is thirty times as large, and captures of its channel are read by CapturedChannelTest. */
    private static final boolean IS_THERE_TIME = System.getenv("TICKBRIDGE_WHOLE_SESSIONS") != null;

    @TempDir
    private Path directory;

    private Process simulate(final String name, final List<String> arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(name, "--pcap", capture(name)));
        command.addAll(arguments);
        command.addAll(FAULTS);
        return new ProcessBuilder(Installation.java("io.tickbridge.integration.exchange.Simulator", command.toArray(String[]::new)))
                .redirectError(ProcessBuilder.Redirect.INHERIT).redirectOutput(directory.resolve(name + ".out").toFile()).start();
    }

    private String capture(final String name) {
        return directory.resolve(name + ".pcap").toString();
    }

    private static List<String> and(final List<String> some, final List<String> others) {
        final List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    @Test
    void capturesMakeTheExchangesBooks() throws Exception {
        Requirement.program("tshark");
        final Map<String, Process> exchanges = new LinkedHashMap<>();
        exchanges.put("nasdaq", simulate("nasdaq", List.of()));
        exchanges.put("iex", simulate("iex", and(DAMAGE, List.of("--kind", "DEEP"))));
        if (IS_THERE_TIME) {
            exchanges.put("cme", simulate("cme", DAMAGE));
        }
        for (final Map.Entry<String, Process> exchange : exchanges.entrySet()) {
            assertEquals(0, exchange.getValue().waitFor(), exchange.getKey());
        }
        assertBooks("nasdaq", "itch", 0);
        assertBooks("iex", "iex", 1);
        if (IS_THERE_TIME) {
            assertBooks("cme", "cme", 1);
        }
        assertMessages();
    }

    /** Instrument, side, price and quantity of each level, as both say it. */
    private void assertBooks(final String name, final String feed, final int exit) throws Exception {
        final Launcher.Result books = Launcher.tickbridge(directory, "books", "--feed", feed, "--depth", capture(name));
        assertEquals(exit, books.exit(), books.err());
        final List<String> expected = Files.readAllLines(directory.resolve(name + ".out")).stream()
                .filter(line -> line.startsWith("book,")).map(line -> line.split(","))
                .map(level -> String.join(" ", level[1], level[2], level[3], level[4])).toList();
        final List<String> found = books.out().lines().map(line -> line.split("\t"))
                .filter(level -> level.length > 5 && !level[2].startsWith("implied")) // an empty side has a line too
                .map(level -> String.join(" ", level[0], level[2],
                        new BigDecimal(level[4]).movePointRight(9).toBigIntegerExact().toString(), level[5])).toList();
        assertTrue(expected.size() > 50, () -> name + ": " + expected.size() + " levels");
        assertEquals(String.join("\n", expected), String.join("\n", found), name);
    }

    private void assertMessages() throws Exception {
        final Process tshark = new ProcessBuilder("tshark", "-r", capture("nasdaq"), "-d", "udp.port==26400,moldudp64", "-T", "fields",
                "-e", "moldudp64.session", "-e", "moldudp64.msgseq").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final Set<String> numbers = new HashSet<>();
        int all = 0;
        for (final String packet : new String(tshark.getInputStream().readAllBytes()).lines().toList()) {
            final String[] fields = packet.split("\t");
            for (final String number : fields.length < 2 ? new String[0] : fields[1].split(",")) {
                numbers.add(fields[0] + "/" + number);
                all++;
            }
        }
        assertEquals(0, tshark.waitFor());
        assertTrue(numbers.size() > 5_000 && all > numbers.size() * 1.9, () -> numbers.size() + " messages");
        final Launcher.Result decoded = Launcher.tickbridge(directory, "decode", "--feed", "itch", "--count", capture("nasdaq"));
        // What both lines lost is told, number by number; everything else is there, once.
        final long lost = decoded.err().lines().filter(line -> line.contains("on no line")).count();
        assertTrue(lost < 20, decoded.err());
        assertEquals(numbers.size(), decoded.out().lines().map(line -> line.split("\t")[1])
                .collect(Collectors.summingLong(Long::parseLong)), decoded.err());
    }
}
