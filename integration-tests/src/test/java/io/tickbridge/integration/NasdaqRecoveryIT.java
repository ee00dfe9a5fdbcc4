package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.InstrumentKey;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import io.tickbridge.integration.process.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The exchange as a process that loses packets on both lines, re-sends by MoldUDP64 and serves GLIMPSE, and a gateway as a
 * process that starts in mid-session: it begins with a snapshot, fills holes, makes a loss that nobody re-sends good by another
 * snapshot, and goes over into the next day. Its books are the exchange's, its signals of books that were; its journal replays
 * to the same.
 */
final class NasdaqRecoveryIT {
    private static final Pattern PORTS = Pattern.compile("re-requests udp 127.0.0.1:(\\d+), GLIMPSE tcp 127.0.0.1:(\\d+)");

    @TempDir
    private Path directory;

    /** The exchange, told what to do. */
    private static final class Exchange implements AutoCloseable {
        private final Process process;
        private final PrintStream commands;
        private final BufferedReader answers;

        Exchange(final String... arguments) throws IOException {
            process = new ProcessBuilder(Installation.java("io.tickbridge.integration.exchange.Simulator", arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        String line() throws IOException {
            final String line = answers.readLine();
            assertNotNull(line, "the exchange has ended");
            return line;
        }

        /** Has it done; what it said of it. */
        List<String> does(final String command) throws IOException {
            commands.println(command);
            final List<String> said = new ArrayList<>();
            for (String line = line(); !line.equals("done"); line = line()) {
                said.add(line);
            }
            return said;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static String tail() {
        final long process = ProcessHandle.current().pid();
        return "." + (process >> Byte.SIZE & 0xff) + "." + (process & 0xff);
    }

    @Test
    void everyBookHealsAndIsTheExchangesAndSoIsEverySignal() throws Exception {
        final Path truth = directory.resolve("truth");
        final List<String> books;
        try (Exchange exchange = new Exchange("nasdaq", "--control", "--group-a", "239.212" + tail() + ":26400", "--group-b",
                "239.213" + tail() + ":26401", "--truth", truth.toString(), "--pcap", directory.resolve("wire.pcap").toString(), "--loss-one", "0.02",
                "--loss-both", "0.005", "--bursts", "0.1", "--duplicates", "0.01", "--reordered", "0.02", "--lag", "0.001",
                "--cut", "0.002", "--corrupt", "0.002", "--damaged", "0.002", "--extended", "0.02");
                DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            final Matcher ports = PORTS.matcher(exchange.line());
            assertTrue(ports.matches());
            exchange.does("trade 300");
            Files.writeString(directory.resolve("password"), "IDGE\n");
            GatewayFiles.prepare(directory, configuration(silent.getLocalPort(), ports.group(1), ports.group(2)));
            try (GatewayProcess gateway = GatewayProcess.start(directory)) {
                gateway.port();
                books = session(exchange, gateway);
                assertEquals(0, gateway.count("books.nasdaq.invalid-updates"));
                gateway.stop();
            }
        }
        verify(books, truths(truth));
    }

    private List<String> session(final Exchange exchange, final GatewayProcess gateway) throws IOException {
        // Started in mid-session: one login is refused, one connection cut, one number impossible, before a snapshot is good.
        tradeUntil(exchange, gateway, "feed.nasdaq.rebuilds", 1);
        assertTrue(gateway.count("feed.nasdaq.snapshots.server-failures") >= 2);
        assertTrue(gateway.count("feed.nasdaq.unusable-snapshots") >= 2);
        tradeUntil(exchange, gateway, "feed.nasdaq.recovery.recovered", 5);
        tradeUntil(exchange, gateway, "signal.1-top-of-book.signals", 30);
        // Nobody re-sends for a while: what is lost now stays lost, and books wait for a snapshot.
        settle(exchange, gateway);
        final long rebuilds = gateway.count("feed.nasdaq.rebuilds");
        final long gaps = gateway.count("feed.nasdaq.gaps");
        exchange.does("silence");
        exchange.does("blackout 200");
        tradeUntil(exchange, gateway, "feed.nasdaq.gaps", gaps + 1);
        exchange.does("serve");
        tradeUntil(exchange, gateway, "feed.nasdaq.rebuilds", rebuilds + 1);
        // The next day begins with lines that lose as before.
        final long resets = gateway.count("feed.nasdaq.resets");
        exchange.does("day");
        exchange.does("trade 1000");
        tradeUntil(exchange, gateway, "feed.nasdaq.resets", resets + 1);
        exchange.does("heal");
        settle(exchange, gateway);
        return exchange.does("books");
    }

    private static void tradeUntil(
            final Exchange exchange, final GatewayProcess gateway, final String counter, final long wanted) {
        gateway.awaitCount(counter, count -> {
            does(exchange, "trade 50");
            return count >= wanted;
        });
    }

    /** Without further losses, until nothing is missing and nothing on its way: for longer than a hole is waited for. */
    private static void settle(final Exchange exchange, final GatewayProcess gateway) {
        does(exchange, "lossless");
        for (int i = 0; i < 3; i++) {
            gateway.awaitCount("feed.nasdaq.snapshots.outstanding", outstanding -> {
                does(exchange, "trade 20");
                final long before = gateway.count("feed.nasdaq.heartbeats");
                does(exchange, "mark 400");
                gateway.awaitCount("feed.nasdaq.heartbeats", count -> count >= before + 800);
                return outstanding == 0 && gateway.count("feed.nasdaq.snapshots.outstanding") == 0;
            });
        }
        does(exchange, "lossy");
    }

    private static void does(final Exchange exchange, final String command) {
        try {
            exchange.does(command);
        } catch (final IOException e) {
            throw new AssertionError(command, e);
        }
    }

    private String configuration(final int silent, final String requests, final String glimpse) {
        return GatewayText.OUTPUTS + """
                link: {listen: 127.0.0.1, port: 0, key-file: link.key, market: simulated}
                capture: {source: udp, receive-buffer: 4MiB}
                feeds:
                  - name: nasdaq
                    protocol: nasdaq-itch50
                    max-orders: 65536
                    reorder-window: 4096
                    reorder-timeout: 60s
                    reorder-wait: 1s
                    lines:
                      - {group: 239.212%s, port: 26400, interface: lo}
                      - {group: 239.213%s, port: 26401, interface: lo}
                    recovery:
                      timeout: 200ms
                      servers:
                        - {transport: udp, host: 127.0.0.1, port: %d}
                        - {transport: udp, host: 127.0.0.1, port: %s}
                      snapshots:
                        username: TICKBR
                        password-file: password
                        pause: 10ms
                        attempts: 1000
                        servers:
                          - {host: 127.0.0.1, port: %s}
                """.formatted(tail(), tail(), silent, requests, glimpse)
                + "signals:\n  - {kind: top-of-book, parameters: {interval: 0ms}}\n";
    }

    /** Best bid and offer by time and stock. */
    private static Map<String, String> truths(final Path file) throws IOException {
        final Map<String, String> truths = new HashMap<>();
        for (final String line : Files.readAllLines(file)) {
            final String[] fields = line.split(",", 3);
            truths.put(fields[0] + "," + fields[1], fields[2]);
        }
        return truths;
    }

    /** What the journal holds, played again in this process: its books, and each signal at its place. */
    private void verify(final List<String> books, final Map<String, String> truths) throws Exception {
        final int[] compared = new int[1];
        final ReplayedJournal replayed = ReplayedJournal.of(directory, (pipeline, signal) -> {
            final InstrumentBook book = pipeline.books(0).find(signal.instrument());
            final String truth = truths.get(signal.exchangeTime() + "," + book.symbol());
            if (truth != null) {
                compared[0]++;
                assertEquals(truth, signal.bidPrice() + "," + signal.bidQuantity() + "," + signal.askPrice() + ","
                        + signal.askQuantity(), () -> book + " at " + signal.exchangeTime());
            }
        });
        // How many there are depends on how long books were in doubt, and so on the machine; that there are some does not.
        assertTrue(compared[0] > 10, () -> "only " + compared[0] + " signals could be compared");
        System.out.printf("%d signals, %d compared with the exchange's books%n", replayed.signals(), compared[0]);
        assertTrue(replayed.pipeline().feedCounts(0).get(FeedCounter.REBUILDS) >= 2);
        final List<String> found = new ArrayList<>();
        for (final String symbol : List.of("AAPL", "MSFT", "NVDA", "ZTEST")) {
            final InstrumentBook book = replayed.pipeline().books(0).find(InstrumentKey.of(Venue.NASDAQ, symbol));
            assertEquals(BookState.TRUSTED, book.state(), book::toString);
            found.addAll(ReplayedJournal.levels(symbol, book, false));
        }
        assertEquals(books, found);
        ReplayedJournal.assertVerifies(directory);
    }
}
