package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.InstrumentKey;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.integration.process.Installation;
import io.tickbridge.protocol.Venue;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CME and IEX as processes that lose, delay, repeat, cut and damage packets on two lines, through more than one day, and a
 * gateway as a process that asks their servers and takes their snapshots. In the end its books are the exchange's; its journal
 * replays to the same.
 */
final class ExchangeRecoveryIT {
    private static final String[] FAULTS = {"--loss-one", "0.02", "--loss-both", "0.004", "--bursts", "0.1", "--duplicates", "0.01",
        "--reordered", "0.02", "--lag", "0.001", "--cut", "0.002"};

    /** Datagrams that were cut down to nothing, which no feed counts. The last ones, which matter, are not cut. */
    private static final int MAY_BE_EMPTY = 5;

    @TempDir
    private Path directory;

    private static String tail() {
        final long process = ProcessHandle.current().pid();
        return "." + (process >> Byte.SIZE & 0xff) + "." + (process & 0xff);
    }

    /** Starts an exchange, then a gateway that knows its servers, lets them run; what the exchange said of its books. */
    private List<String> run(
            final Pattern servers, final GatewayConfiguration configuration, final Expectation expectation, final String... arguments)
            throws Exception {
        final List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of(FAULTS));
        final Process process = new ProcessBuilder(Installation.java(
                "io.tickbridge.integration.exchange.Simulator", command.toArray(String[]::new)))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            final Matcher ports = servers.matcher(said.readLine());
            assertTrue(ports.matches());
            GatewayFiles.prepare(directory, configuration.text(ports));
            try (GatewayProcess gateway = GatewayProcess.start(directory)) {
                gateway.port();
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
                final List<String> lines = said.lines().collect(Collectors.toCollection(ArrayList::new));
                assertEquals(0, process.waitFor());
                final String figures = lines.remove(lines.size() - 1);
                System.out.println(figures);
                final long sent = Long.parseLong(figures.replaceAll("simulator: (\\d+) datagrams.*", "$1"));
                gateway.awaitCount("feed." + arguments[0] + ".datagrams", count -> count >= sent - MAY_BE_EMPTY);
                expectation.await(gateway);
                gateway.stop();
                return lines;
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private interface GatewayConfiguration {
        String text(Matcher ports);
    }

    private interface Expectation {
        void await(GatewayProcess gateway);
    }

    @Test
    void cmeWithTcpReplayAndBothKindsOfSnapshots() throws Exception {
        final String a = "239.214" + tail();
        final String b = "239.215" + tail();
        final List<String> books = run(Pattern.compile("TCP replay tcp 127.0.0.1:(\\d+)"), ports -> cme(a, b, ports.group(1)),
                gateway -> {
                    gateway.awaitCount("feed.cme.recovery.recovered", count -> count > 0);
                    assertTrue(gateway.count("feed.cme.malformed") > 0);
                    assertTrue(gateway.count("books.cme.snapshots-applied") > 0);
                    assertTrue(gateway.count("books.cme.order-snapshots-applied") > 0);
                    assertTrue(gateway.count("books.cme.definitions") > 0);
                }, "cme", "--wait", "--seconds", "1", "--days", "2", "--damaged", "0.002", "--extended", "0.05",
                "--group-a", a + ":26500", "--group-b", b + ":27500");
        verify(books, true);
    }

    @Test
    void iexWithGapFillByUdpAndTcp() throws Exception {
        final String a = "239.216" + tail();
        final String b = "239.217" + tail();
        final List<String> books = run(Pattern.compile("gap fill udp 127.0.0.1:(\\d+), tcp 127.0.0.1:(\\d+)"),
                ports -> iex(a, b, ports.group(1), ports.group(2)), gateway -> {
                    gateway.awaitCount("feed.iex.recovery.recovered", count -> count > 0);
                    assertTrue(gateway.count("feed.iex.resets") > 0);
                    assertTrue(gateway.count("feed.iex.malformed") > 0);
                    assertTrue(gateway.count("feed.iex.unknown-messages") > 0);
                }, "iex", "--wait", "--seconds", "1", "--days", "2", "--rate", "3000", "--damaged", "0.002",
                "--extended", "0.05", "--group-a", a + ":26510",
                "--group-b", b + ":26511");
        verify(books, false);
    }

    private static String cme(final String a, final String b, final String replay) {
        final StringBuilder lines = new StringBuilder();
        final String[] carries = {"incremental", "snapshot", "snapshot-orders", "definitions"};
        for (int feed = 0; feed < carries.length; feed++) {
            lines.append("      - {group: %s, port: %d, interface: lo, carries: %s}\n".formatted(a, 26_500 + feed * 2_000, carries[feed]));
            lines.append("      - {group: %s, port: %d, interface: lo, carries: %s}\n".formatted(b, 27_500 + feed * 2_000, carries[feed]));
        }
        return outputs() + """
                  - name: cme
                    protocol: cme-mdp3
                    orders: true
                    max-orders: 65536
                    reorder-wait: 200ms
                    reorder-timeout: 400ms
                    reorder-window: 4096
                    recovery: {channel: 310, servers: [{transport: tcp, host: 127.0.0.1, port: %s}]}
                    lines:
                """.formatted(replay) + lines + SIGNALS;
    }

    private static String iex(final String a, final String b, final String udp, final String tcp) {
        return outputs() + """
                  - name: iex
                    protocol: iex-deep-plus
                    max-orders: 65536
                    reorder-wait: 200ms
                    reorder-timeout: 400ms
                    reorder-window: 4096
                    recovery:
                      timeout: 100ms
                      servers:
                        - {transport: udp, host: 127.0.0.1, port: %s}
                        - {transport: tcp, host: 127.0.0.1, port: %s}
                    lines:
                      - {group: %s, port: 26510, interface: lo}
                      - {group: %s, port: 26511, interface: lo}
                """.formatted(udp, tcp, a, b) + SIGNALS;
    }

    private static final String SIGNALS = "signals:\n  - {kind: top-of-book, parameters: {interval: 0ms}}\n";

    private static String outputs() {
        return GatewayText.OUTPUTS + """
                link: {listen: 127.0.0.1, port: 0, key-file: link.key, market: simulated}
                capture: {source: udp, receive-buffer: 64MiB}
                feeds:
                """;
    }

    /** What the journal holds, played again in this process: its books are the exchange's. */
    private void verify(final List<String> books, final boolean isCme) throws Exception {
        final ReplayedJournal replayed = ReplayedJournal.of(directory, (pipeline, signal) -> { });
        assertTrue(replayed.signals() > 100, () -> "only " + replayed.signals() + " signals");
        final List<String> names = books.stream().map(line -> line.split(",")[1]).distinct().toList();
        assertTrue(names.size() >= 4, names::toString);
        final List<String> found = new ArrayList<>();
        for (final String name : names) {
            found.addAll(ReplayedJournal.levels(name, isCme ? byName(replayed.pipeline(), name)
                    : replayed.pipeline().books(0).find(InstrumentKey.of(Venue.IEX, name)), isCme));
        }
        assertEquals(String.join("\n", books), String.join("\n", found));
        ReplayedJournal.assertVerifies(directory);
    }

    /** The channel's instruments are numbered from 1001. */
    private static InstrumentBook byName(final Pipeline pipeline, final String name) {
        for (long id = 1001; id < 1100; id++) {
            final InstrumentBook book = pipeline.books(0).find(id);
            if (book != null && book.symbol().equals(name)) {
                return book;
            }
        }
        throw new AssertionError("there is no " + name);
    }
}
