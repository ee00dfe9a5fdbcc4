package io.tickbridge.integration.exchange;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A CME channel as a process of its own, with all its feeds and a TCP replay server, through days and, if asked for, a
 * weekend: pre-opening and auction, bursts, halts of instruments and groups, resets of the channel, the roll of the trade date.
 * In the end nothing goes wrong any more, each loop comes by once, and the true books are printed.
 */
@Command(name = "cme", mixinStandardHelpOptions = true,
        description = "Sends a simulated CME MDP 3.0 channel (310) on lines A and B: incremental feed; snapshots by price 2000 "
                + "ports higher, by order 4000, definitions 6000. Serves TCP replay.")
final class CmeSimulator implements Callable<Integer> {
    private static final int CHANNEL = 310;
    private static final long SECOND = 1_000_000_000L;
    private static final long QUIET = 50_000_000L;
    private static final int LAST_LOOPS = 16; // four seconds: a gateway on a busy machine takes some to give up what is missing
    private static final int PACKETS_KEPT = 200_000; // for the replay server

    @Mixin
    private final WireOptions options = new WireOptions();

    @Option(names = "--seconds", defaultValue = "10", description = "How long each day lasts (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--days", defaultValue = "2", description = "How many days (default ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--weekend", description = "Counts anew before the last day, as after a weekend.")
    private boolean weekend;

    @Option(names = "--replay", defaultValue = "GOOD",
            description = "What the replay server does: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private ReplayServer.Manner manner;

    @Option(names = "--wait", description = "Begins when a line comes in on standard input.")
    private boolean waits;

    private final Map<Integer, byte[]> sent = new ConcurrentHashMap<>();
    private LiveWire wire;
    private TradingDay day;
    private Channel channel;
    private OrderSnapshotLoop orderSnapshots;
    private SplittableRandom random;

    @Override
    public Integer call() throws Exception {
        random = options.random();
        try (ReplayServer replay = new ReplayServer(CHANNEL, sent::get, manner)) {
            System.out.printf("TCP replay tcp 127.0.0.1:%d%n", replay.port());
            if (waits) {
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            }
            final Instant now = Instant.now();
            final long start = now.getEpochSecond() * SECOND + now.getNano();
            try (LiveWire live = options.open("239.192.7.1:14310", "239.192.7.2:15310", Transport.CME, start)) {
                wire = live;
                run(start);
            }
            books();
            System.out.printf("simulator: %d datagrams sent, %d packets lost on both lines, %d frames undelivered, %d replay "
                    + "requests%n", wire.sent(), wire.lostOnBoth(), wire.undelivered(), replay.requests());
        } catch (final IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        return CommandLine.ExitCode.OK;
    }

    private void run(final long start) throws IOException {
        channel = new Channel(TradingDay.INSTRUMENTS, random.split(), this::onPacket);
        final SnapshotLoop snapshots = new SnapshotLoop(channel, (number, packet) ->
                wire.send(Feed.SNAPSHOT, number, bytes(packet), day.time()));
        final DefinitionLoop definitions = new DefinitionLoop(channel, start, (number, packet) ->
                wire.send(Feed.DEFINITIONS, number, bytes(packet), day.time()));
        orderSnapshots = new OrderSnapshotLoop(channel, (number, packet) ->
                wire.send(Feed.ORDER_SNAPSHOT, number, bytes(packet), day.time()));
        day = new TradingDay(channel, snapshots, definitions, start, random.split(), () -> wire.until(day.time()), SECOND / 50);
        day.open();
        trade();
        for (int i = 1; i < days; i++) {
            if (weekend && i == days - 1) {
                day.close();
                wire.until(day.time());
                sent.clear();
                day.newWeek();
            } else {
                day.nextDay();
            }
            trade();
        }
        day.resumeAll();
        heal();
    }

    private void trade() {
        final long end = day.time() + seconds * SECOND;
        while (day.time() < end) {
            day.step();
            if (random.nextInt(3) == 0) {
                orderSnapshots.step(day.time());
            }
        }
    }

    /** No more faults: what is missing shows and is given up or asked for, while each loop comes by some times. */
    private void heal() {
        wire.heal();
        for (int i = 0; i < LAST_LOOPS; i++) {
            day.pass(SECOND / 4);
            day.trade(30);
            day.recoveryLoop();
            for (int j = 0; j < channel.instruments(); j++) {
                orderSnapshots.step(day.time());
            }
        }
        day.pass(QUIET);
        wire.until(day.time());
    }

    private void onPacket(final long sequence, final ByteBuffer packet) {
        final byte[] bytes = bytes(packet);
        sent.put((int) sequence, bytes);
        sent.remove((int) sequence - PACKETS_KEPT);
        wire.send(Feed.INCREMENTAL, sequence, bytes, day.time());
    }

    private static byte[] bytes(final ByteBuffer packet) {
        final byte[] bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return bytes;
    }

    /** All levels that a price book shows: instrument, side, price, quantity, orders. */
    private void books() {
        for (int i = 0; i < channel.instruments(); i++) {
            for (final boolean bid : new boolean[] {true, false}) {
                final String book = "book," + channel.instrument(i).symbol() + (bid ? ",bid" : ",ask");
                channel.book(i).side(bid).entrySet().stream().limit(channel.book(i).depth()).forEach(level -> System.out.printf(
                        "%s,%d,%d,%d%n", book, level.getKey(), level.getValue().quantity(), level.getValue().orders()));
            }
        }
    }
}
