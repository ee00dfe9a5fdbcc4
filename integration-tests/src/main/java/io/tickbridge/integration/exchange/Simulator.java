package io.tickbridge.integration.exchange;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The exchange as a process of its own: sends one channel's packets at a chosen rate, in bursts. */
@Command(name = "simulator", mixinStandardHelpOptions = true, subcommands = {CmeSimulator.class, NasdaqSimulator.class, IexSimulator.class},
        description = "Sends the demo's CME MDP 3.0 channel on lines A and B: incremental feed, snapshots, definitions. The commands "
                + "are whole exchanges, with their servers and every fault.")
public final class Simulator implements Callable<Integer> {
    /** What the demo and its configuration agree on. */
    static final List<Instrument> INSTRUMENTS = List.of(
            new Instrument(1001, "ESZ6", "ES", 250_000_000L, 6_850_250_000_000L),
            new Instrument(1002, "NQZ6", "NQ", 250_000_000L, 25_120_500_000_000L),
            new Instrument(1003, "CLF7", "CL", 10_000_000L, 71_250_000_000L),
            new Instrument(1004, "GCG7", "GC", 100_000_000L, 4_105_300_000_000L));
    private static final long SECOND = 1_000_000_000L;
    private static final int HALTED_INSTRUMENT = 2;
    private static final int SNAPSHOT_EVENTS = 50; // for one snapshot: all four in 50 ms at the rate of the demo
    private static final int DEFINITION_EVENTS = 500;
    private static final int BURST = 12; // events at most in one burst; a mean of 6 gives bursts like a busy channel's

    @Option(names = "--group-a", defaultValue = "239.192.7.1:14310",
            description = "Line A (default ${DEFAULT-VALUE}); snapshots are sent to the port 2000 higher, definitions 6000.")
    private String groupA;

    @Option(names = "--group-b", defaultValue = "239.192.7.2:15310", description = "Line B (default ${DEFAULT-VALUE}).")
    private String groupB;

    @Option(names = "--interface", defaultValue = "lo",
            description = "Network interface to send on (default ${DEFAULT-VALUE}).")
    private String networkInterface;

    @Option(names = "--rate", defaultValue = "4000",
            description = "Events a second, on average (default ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "20", description = "How long (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--seed", defaultValue = "1",
            description = "Decides the order flow and the faults (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--halt", defaultValue = "2",
            description = "Seconds for which one instrument is halted in mid-run; 0: none (default ${DEFAULT-VALUE}).")
    private int halt;

    @Option(names = "--loss-one", defaultValue = "0.002",
            description = "Share of packets lost on one of the lines (default ${DEFAULT-VALUE}).")
    private double lossOnOne;

    @Option(names = "--loss-both", defaultValue = "0.0001",
            description = "Share of packets lost on both (default ${DEFAULT-VALUE}).")
    private double lossOnBoth;

    /**
     * Runs the simulator and ends the process.
     *
     * @param args see {@code --help}
     */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new Simulator()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        final NetworkInterface out = NetworkInterface.getByName(networkInterface);
        if (out == null) {
            System.err.println("--interface: no network interface is called " + networkInterface);
            return CommandLine.ExitCode.USAGE;
        }
        final SplittableRandom flowRandom = new SplittableRandom(seed);
        // Faults have a source of their own, so that another loss rate leaves the market as it was.
        final SplittableRandom faultRandom = new SplittableRandom(~seed);
        try (Lines incremental = lines(Feed.INCREMENTAL, out, faultRandom);
                Lines snapshots = lines(Feed.SNAPSHOT, out, faultRandom.split());
                Lines definitions = lines(Feed.DEFINITIONS, out, faultRandom.split())) {
            final Channel channel = new Channel(INSTRUMENTS, flowRandom, incremental);
            run(channel, new SnapshotLoop(channel, snapshots), new DefinitionLoop(channel, now(), definitions), flowRandom);
            final List<Lines> feeds = List.of(incremental, snapshots, definitions);
            System.out.printf("simulator: %d packets sent, %d lost on one line, %d on both%n",
                    feeds.stream().mapToLong(Lines::sent).sum(), feeds.stream().mapToLong(Lines::lostOnOne).sum(),
                    feeds.stream().mapToLong(Lines::lostOnBoth).sum());
        }
        return CommandLine.ExitCode.OK;
    }

    private Lines lines(final Feed feed, final NetworkInterface out, final SplittableRandom faults) throws Exception {
        return new Lines(List.of(address(groupA, feed), address(groupB, feed)), out, faults, lossOnOne, lossOnBoth);
    }

    private void run(
            final Channel channel, final SnapshotLoop snapshots, final DefinitionLoop definitions,
            final SplittableRandom random) {
        // The wall clock first: its first reading takes milliseconds, by which the exchange's clock would be ahead.
        final long wallTime = now();
        final long start = System.nanoTime();
        final long startTime = wallTime - start;
        for (int i = 0; i < channel.instruments(); i++) {
            definitions.step(startTime + start);
        }
        channel.open(startTime + start);
        final Runnable loops = new Runnable() {
            private int events;

            @Override
            public void run() {
                events++;
                if (events % SNAPSHOT_EVENTS == 0) {
                    snapshots.step(startTime + System.nanoTime());
                }
                if (events % DEFINITION_EVENTS == 0) {
                    definitions.step(startTime + System.nanoTime());
                }
            }
        };
        // A run too short for it has no halt.
        final boolean hasHalt = halt > 0 && halt < seconds;
        final long haltBegin = start + (seconds - halt) * SECOND / 2;
        final long end = start + seconds * SECOND;
        if (hasHalt) {
            trade(channel, loops, random, startTime, start, haltBegin);
            channel.halt(HALTED_INSTRUMENT, startTime + System.nanoTime(), true);
            trade(channel, loops, random, startTime, haltBegin, haltBegin + halt * SECOND);
            channel.halt(HALTED_INSTRUMENT, startTime + System.nanoTime(), false);
            trade(channel, loops, random, startTime, haltBegin + halt * SECOND, end);
        } else {
            trade(channel, loops, random, startTime, start, end);
        }
        channel.heartbeat(startTime + System.nanoTime());
    }

    /** Bursts of events from one time to another, both of the system's nano clock. */
    private void trade(
            final Channel channel, final Runnable afterEvent, final SplittableRandom random, final long startTime,
            final long from, final long to) {
        long due = from;
        while (due < to) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            final int burst = random.nextInt(1, BURST);
            for (int i = 0; i < burst; i++) {
                channel.event(startTime + System.nanoTime());
                afterEvent.run();
            }
            due += (long) (-Math.log(1 - random.nextDouble()) * burst * SECOND / rate);
        }
    }

    private static long now() {
        final Instant now = Instant.now();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    private static InetSocketAddress address(final String text, final Feed feed) throws Exception {
        final int colon = text.lastIndexOf(':');
        return new InetSocketAddress(InetAddress.getByName(text.substring(0, colon)),
                Integer.parseInt(text.substring(colon + 1)) + feed.ordinal() * Endpoint.NEXT_FEED);
    }
}
