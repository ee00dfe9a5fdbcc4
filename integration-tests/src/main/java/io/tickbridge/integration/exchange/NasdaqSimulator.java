package io.tickbridge.integration.exchange;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Nasdaq as a process of its own: TotalView-ITCH over MoldUDP64 on lines A and B that lose packets, with re-request and
 * GLIMPSE servers that fail now and then. By itself it trades for some seconds; with {@code --control} it does what it reads
 * on standard input, line by line, and answers each with {@code done}.
 */
@Command(name = "nasdaq", mixinStandardHelpOptions = true,
        description = "Sends a simulated Nasdaq TotalView-ITCH 5.0 feed on lines A and B, re-sends by MoldUDP64, serves GLIMPSE.")
final class NasdaqSimulator implements Callable<Integer> {
    private static final List<Instrument> STOCKS = List.of(
            stock(1, "AAPL", 190_000_000_000L), stock(2, "MSFT", 410_000_000_000L), stock(3, "NVDA", 175_000_000_000L),
            stock(4, "ZTEST", 12_000_000_000L));
    private static final long SECOND = 1_000_000_000L;
    private static final int HALT_STEP = 400; // events between a halt and its end, and the next one
    private static final int AUCTION_EVENTS = 40;
    private static final int END_OF_SESSION_PACKETS = 5;
    /** A server's failures, over and over; the last ones are none, so that everything heals. */
    private static final List<GlimpseLogin.Manner> LOGINS = List.of(
            GlimpseLogin.Manner.REFUSED, GlimpseLogin.Manner.CUT, GlimpseLogin.Manner.OTHER_DAY,
            GlimpseLogin.Manner.YESTERDAY, GlimpseLogin.Manner.GOOD, GlimpseLogin.Manner.GOOD);
    private static final List<MoldRequests.Manner> REQUESTS = List.of(
            MoldRequests.Manner.GOOD, MoldRequests.Manner.OTHER_SESSION,
            MoldRequests.Manner.GOOD, MoldRequests.Manner.GARBAGE, MoldRequests.Manner.GOOD, MoldRequests.Manner.GOOD);

    @Option(names = "--group-a", defaultValue = "239.192.8.1:26400", description = "Line A (default ${DEFAULT-VALUE}).")
    private String groupA;

    @Option(names = "--group-b", defaultValue = "239.192.8.2:26400", description = "Line B (default ${DEFAULT-VALUE}).")
    private String groupB;

    @Option(names = "--interface", defaultValue = "lo",
            description = "Network interface to send on (default ${DEFAULT-VALUE}).")
    private String networkInterface;

    @Option(names = "--request-port", defaultValue = "0",
            description = "UDP port of 127.0.0.1 for re-requests; 0: any, it is printed (default ${DEFAULT-VALUE}).")
    private int requestPort;

    @Option(names = "--glimpse-port", defaultValue = "0",
            description = "TCP port of 127.0.0.1 for GLIMPSE, user TICKBR, password IDGE; 0: any, it is printed "
                    + "(default ${DEFAULT-VALUE}).")
    private int glimpsePort;

    @Option(names = "--rate", defaultValue = "4000", description = "Events a second (default ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "20", description = "How long each day lasts (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--days", defaultValue = "2", description = "How many sessions (default ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--seed", defaultValue = "1",
            description = "Decides the order flow and the losses (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--loss-one", defaultValue = "0.01",
            description = "Share of packets lost on one of the lines (default ${DEFAULT-VALUE}).")
    private double lossOnOne;

    @Option(names = "--loss-both", defaultValue = "0.002",
            description = "Share of packets lost on both (default ${DEFAULT-VALUE}).")
    private double lossOnBoth;

    @Option(names = "--truth", paramLabel = "FILE",
            description = "Writes best bid and offer after each event that took one packet: time, stock, bid, size, offer, size.")
    private Path truth;

    @Option(names = "--pcap", paramLabel = "FILE", description = "Writes what is sent as a capture, too.")
    private Path pcap;

    @Option(names = "--control", description = "Does what standard input says: trade N, lossless, lossy, blackout N, silence, serve, "
            + "heal, mark N, books, day, quit.")
    private boolean control;

    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private NasdaqChannel channel;
    private NasdaqServers servers;
    private Lines lines;
    private PrintWriter truths;
    private volatile boolean healed;
    private volatile boolean silent;
    private boolean blackout;
    private boolean lossless;
    private int day;
    private int packets;
    private int haltedStock = -1;
    private int events;

    private static Instrument stock(final int number, final String symbol, final long start) {
        return new Instrument(number, symbol, "", 10_000_000L, start);
    }

    @Override
    public Integer call() throws Exception {
        final NetworkInterface out = NetworkInterface.getByName(networkInterface);
        if (out == null) {
            System.err.println("--interface: no network interface is called " + networkInterface);
            return CommandLine.ExitCode.USAGE;
        }
        final List<InetSocketAddress> groups = List.of(address(groupA), address(groupB));
        try (CaptureFile capture = pcap == null ? null : new CaptureFile(pcap);
                Lines lossy = new Lines(groups, out, new SplittableRandom(~seed), lossOnOne, lossOnBoth, capture);
                Lines whole = new Lines(groups, out, new SplittableRandom(0), 0, 0, capture)) {
            lines = lossy;
            channel = new NasdaqChannel(STOCKS, new SplittableRandom(seed), (next, packet) -> send(whole, next, packet));
            servers = new NasdaqServers(channel, requestPort, glimpsePort, this::requestManner, this::loginManner,
                    NasdaqSimulator::now);
            truths = truth == null ? null : new PrintWriter(Files.newBufferedWriter(truth));
            System.out.printf("re-requests udp 127.0.0.1:%d, GLIMPSE tcp 127.0.0.1:%d%n", servers.requestPort(),
                    servers.loginPort());
            newDay();
            if (control) {
                obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
            } else {
                for (int i = 0; i < days; i++) {
                    if (i > 0) {
                        newDay();
                    }
                    trade(rate * seconds);
                    mark(1);
                }
                endDay();
            }
            System.out.printf("simulator: %d packets sent, %d lost on one line, %d on both, %d re-requests, %d logins%n",
                    lossy.sent() + whole.sent(), lossy.lostOnOne(), lossy.lostOnBoth(), servers.requests(), servers.logins());
        } finally {
            if (servers != null) {
                servers.close();
            }
            if (truths != null) {
                truths.close();
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /** Until it says quit, or has nothing more to say. */
    private void obey(final BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            final String[] words = line.split(" ");
            final int number = words.length > 1 ? Integer.parseInt(words[1]) : 1;
            switch (words[0]) {
                case "trade" -> trade(number);
                case "lossless" -> lossless = true;
                case "lossy" -> lossless = false;
                case "blackout" -> blackOut(number);
                case "silence" -> silent = true;
                case "serve" -> silent = false;
                case "heal" -> healed = true;
                case "mark" -> mark(number);
                case "books" -> books();
                case "day" -> newDay();
                default -> throw new IOException("no command " + line);
            }
            if (truths != null) {
                truths.flush();
            }
            System.out.println("done");
        }
    }

    private MoldRequests.Manner requestManner() {
        return silent ? MoldRequests.Manner.SILENT : healed ? MoldRequests.Manner.GOOD
                : REQUESTS.get(requests.getAndIncrement() % REQUESTS.size());
    }

    private GlimpseLogin.Manner loginManner() {
        return healed ? GlimpseLogin.Manner.GOOD : LOGINS.get(logins.getAndIncrement() % LOGINS.size());
    }

    private void send(final Lines whole, final long next, final ByteBuffer packet) {
        packets++;
        if (!blackout) {
            (lossless ? whole : lines).send(next, packet);
        }
    }

    /** Events that no line brings. */
    private void blackOut(final int number) {
        blackout = true;
        trade(number);
        blackout = false;
    }

    private void mark(final int heartbeats) {
        for (int i = 0; i < heartbeats; i++) {
            channel.heartbeat();
            LockSupport.parkNanos(SECOND / 1000);
        }
    }

    private void newDay() {
        if (day > 0) {
            endDay();
        }
        day++;
        haltedStock = -1;
        channel.start("S" + day, now());
        for (int i = 0; i < channel.stocks(); i++) {
            final int index = i;
            act(index, time -> channel.open(index, time));
            channel.collect(index);
        }
        for (int i = 0; i < AUCTION_EVENTS; i++) {
            event();
            channel.imbalance(i % channel.stocks(), now());
        }
        for (int i = 0; i < channel.stocks(); i++) {
            final int index = i;
            act(index, time -> channel.cross(index, time));
        }
        channel.marketHours(now());
    }

    private void endDay() {
        channel.close(now());
        for (int i = 0; i < END_OF_SESSION_PACKETS; i++) {
            channel.endOfSession();
            LockSupport.parkNanos(SECOND / 100);
        }
    }

    private void trade(final int number) {
        long due = System.nanoTime();
        for (int i = 0; i < number; i++) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            event();
            if (++events % HALT_STEP == 0) {
                halt();
            }
            due += SECOND / rate;
        }
        if (haltedStock >= 0) {
            halt();
        }
    }

    private void halt() {
        final boolean halt = haltedStock < 0;
        final int index = halt ? events / HALT_STEP % channel.stocks() : haltedStock;
        if (index % 2 == 0) {
            channel.halt(index, now(), halt);
        } else {
            channel.operationalHalt(index, now(), halt);
        }
        haltedStock = halt ? index : -1;
    }

    private void event() {
        final long time = now();
        packets = 0;
        tell(channel.event(time), time);
    }

    private void act(final int index, final LongConsumer action) {
        final long time = now();
        packets = 0;
        action.accept(time);
        tell(index, time);
    }

    /** What took several packets is shown in parts: there is no end of an event on this feed. */
    private void tell(final int index, final long time) {
        if (truths != null && packets <= 1) {
            final TrueBook book = channel.book(index);
            truths.printf("%d,%s,%s,%s%n", time, channel.stock(index).symbol(), best(book, true), best(book, false));
        }
    }

    private static String best(final TrueBook book, final boolean bid) {
        final Map.Entry<Long, TrueBook.Level> level = book.side(bid).firstEntry();
        return level == null ? "0,0" : level.getKey() + "," + level.getValue().quantity();
    }

    /** All levels of all stocks: stock, side, price, quantity. */
    private void books() {
        for (int i = 0; i < channel.stocks(); i++) {
            for (final boolean bid : new boolean[] {true, false}) {
                final int index = i;
                channel.book(i).side(bid).forEach((price, level) -> System.out.printf("book,%s,%s,%d,%d%n",
                        channel.stock(index).symbol(), bid ? "bid" : "ask", price, level.quantity()));
            }
        }
    }

    private static long now() {
        final Instant now = Instant.now();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    private static InetSocketAddress address(final String text) {
        final int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(InetAddress.getByName(text.substring(0, colon)),
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
