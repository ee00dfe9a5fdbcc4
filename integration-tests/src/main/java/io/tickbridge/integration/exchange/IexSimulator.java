package io.tickbridge.integration.exchange;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One of IEX's feeds as a process of its own, with gap fill by UDP and TCP: an opening auction, bursts, halts by IEX and by the
 * listing market, and days, each a session of its own. The last one is sent without faults, and the true books are printed.
 */
@Command(name = "iex", mixinStandardHelpOptions = true,
        description = "Sends a simulated IEX feed on lines A and B, and serves gap fill by UDP and TCP.")
final class IexSimulator implements Callable<Integer> {
    private static final List<Instrument> STOCKS = List.of(
            stock(1, "AAPL", 190_000_000_000L), stock(2, "MSFT", 410_000_000_000L), stock(3, "NVDA", 175_000_000_000L),
            stock(4, "ZIEXT", 12_000_000_000L));
    private static final long SECOND = 1_000_000_000L;
    private static final int FIRST_SESSION = 0x43cd0000;
    private static final int BURST = 12; // events at most in one burst
    private static final long BURST_STEP = 2_000L; // ns
    private static final int HALT_STEP = 400; // events between a halt and its end, and the next one
    private static final int AUCTION_EVENTS = 40;
    private static final int HEARTBEATS = 3;

    @Mixin
    private final WireOptions options = new WireOptions();

    @Option(names = "--kind", defaultValue = "DEEP_PLUS",
            description = "Which feed: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private IexKind kind;

    @Option(names = "--rate", defaultValue = "4000", description = "Events a second, on average (default ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "10", description = "How long each day lasts (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--days", defaultValue = "2", description = "How many sessions (default ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--gap-fill", defaultValue = "GOOD",
            description = "What the gap fill server does: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private GapFillServer.Manner manner;

    @Option(names = "--wait", description = "Begins when a line comes in on standard input.")
    private boolean waits;

    private LiveWire wire;
    private IexChannel channel;
    private SplittableRandom random;
    private long time;

    private static Instrument stock(final int number, final String symbol, final long start) {
        return new Instrument(number, symbol, "", 10_000_000L, start);
    }

    @Override
    public Integer call() throws Exception {
        random = options.random();
        channel = new IexChannel(kind, STOCKS, random.split(),
                (next, segment) -> wire.send(Feed.INCREMENTAL, next, segment, time));
        channel.speak(options.laterVersion());
        try (GapFillServer server = new GapFillServer(() -> channel.session().sent(), manner)) {
            System.out.printf("gap fill udp 127.0.0.1:%d, tcp 127.0.0.1:%d%n", server.udpPort(), server.tcpPort());
            if (waits) {
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            }
            final Instant now = Instant.now();
            time = now.getEpochSecond() * SECOND + now.getNano();
            try (LiveWire live = options.open("239.192.9.1:10378", "239.192.9.2:10379", Transport.IEX_TP, time)) {
                wire = live;
                for (int i = 0; i < days; i++) {
                    if (i == days - 1 && days > 1) {
                        wire.heal();
                    }
                    session(FIRST_SESSION + i);
                }
            }
            books();
            System.out.printf("simulator: %d datagrams sent, %d segments lost on both lines, %d frames undelivered, %d gap fill "
                    + "requests%n", wire.sent(), wire.lostOnBoth(), wire.undelivered(), server.requests());
        } catch (final IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        return CommandLine.ExitCode.OK;
    }

    private void session(final int number) throws IOException {
        act(() -> channel.start(number, time));
        for (int i = 0; i < channel.stocks(); i++) {
            final int index = i;
            act(() -> channel.open(index, time));
            act(() -> channel.collect(index, time, true));
        }
        for (int i = 0; i < AUCTION_EVENTS; i++) {
            act(() -> channel.event(time));
        }
        for (int i = 0; i < channel.stocks(); i++) {
            final int index = i;
            act(() -> channel.auction(index, time, true));
            act(() -> channel.resume(index, time));
        }
        trade(time + seconds * SECOND);
        for (int i = 0; i < HEARTBEATS; i++) {
            time += SECOND / 4;
            act(() -> channel.heartbeat(time));
        }
    }

    private void trade(final long end) {
        int events = 0;
        int halted = -1;
        while (time < end) {
            final int burst = random.nextInt(1, BURST);
            for (int i = 0; i < burst; i++) {
                act(() -> channel.event(time));
                if (++events % HALT_STEP == 0) {
                    halted = halt(halted, events);
                }
            }
            time += (long) (-Math.log(1 - random.nextDouble()) * burst * SECOND / rate);
        }
        if (halted >= 0) {
            halt(halted, events);
        }
    }

    /** One stock's halt begins or ends; which one is halted now, -1 for none. */
    private int halt(final int halted, final int events) {
        final int index = halted < 0 ? events / HALT_STEP % channel.stocks() : halted;
        act(() -> channel.halt(index, time, halted < 0, index % 2 == 0));
        return halted < 0 ? index : -1;
    }

    private void act(final Runnable action) {
        time += 1 + random.nextLong(BURST_STEP);
        action.run();
        wire.until(time);
    }

    /** What each stock's book shows: stock, side, price, quantity; the best alone where the feed tells no more. */
    private void books() {
        for (int i = 0; i < channel.stocks(); i++) {
            for (final boolean bid : new boolean[] {true, false}) {
                final String book = "book," + STOCKS.get(i).symbol() + (bid ? ",bid" : ",ask");
                channel.book(i).side(bid).entrySet().stream().limit(kind == IexKind.TOPS ? 1 : Long.MAX_VALUE).forEach(level ->
                        System.out.printf("%s,%d,%d%n", book, level.getKey(), level.getValue().quantity()));
            }
        }
    }
}
