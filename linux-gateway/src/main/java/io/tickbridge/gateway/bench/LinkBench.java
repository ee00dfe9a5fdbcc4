package io.tickbridge.gateway.bench;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.gateway.config.LinkLimits;
import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.config.Transport;
import io.tickbridge.gateway.keys.Authority;
import io.tickbridge.gateway.keys.ClientBundle;
import io.tickbridge.gateway.keys.KeyDirectory;
import io.tickbridge.gateway.keys.KeyRegistry;
import io.tickbridge.gateway.keys.RegisteredPeer;
import io.tickbridge.gateway.link.LinkServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;

/**
 * From a signal handed to the link until the add-on's report of an order for it is in this thread's hands: out, through the
 * add-on core under Mono, and back, both sides spinning. Beside it a ping-pong in C of frames of the same lengths.
 *
 * <p>A virtual machine changes its speed by a third from one second to the next. So there are rounds, each between two runs of the
 * yardstick, of which the quicker counts; where they differ by more than a fifth, the round is made again. The round of the median
 * ratio is what is told.
 */
public final class LinkBench {
    private static final int ROUNDS = 7;
    /** However unsteady the machine, rounds are not made again for ever: so many for each that is wanted. */
    private static final int MOST_ROUNDS_EACH = 2;
    private static final double STEADY = 1.2;
    /** Round trips until the JIT has compiled what is measured: once in this process, and for each new add-on. */
    private static final int WARM_UP = 150_000;
    private static final int ADD_ON_WARM_UP = 15_000;
    private static final String NAME = "bench";

    private final Path console;
    private final Path yardstick;
    private final int count;
    private final int wantedRounds;
    private final int warmUp;
    private final int addOnWarmUp;
    private final EpochNanoClock clock = new OffsetEpochNanoClock();

    /** What a round came to, ns; what it allocated, bytes a round trip. */
    private record Round(PingPong.Times c, double unlike, double p50, double p999, double write, double writeP999, long trips,
            double allocated) {
        static Round of(final LinkTrips made, final PingPong.Times c, final double unlike) {
            final Histogram trips = made.trips();
            final Histogram writes = made.writes();
            return new Round(c, unlike, trips.getValueAtPercentile(50), trips.getValueAtPercentile(99.9),
                    writes.getValueAtPercentile(50), writes.getValueAtPercentile(99.9), trips.getTotalCount(), made.allocatedEach());
        }

        double ratio() {
            return p50 / c.p50();
        }
    }

    /**
     * A benchmark.
     *
     * @param console   tickbridge-console.exe
     * @param yardstick link_ping.c
     * @param count     round trips measured in each round
     */
    public LinkBench(final Path console, final Path yardstick, final int count) {
        this(console, yardstick, count, ROUNDS, WARM_UP, ADD_ON_WARM_UP);
    }

    private LinkBench(
            final Path console, final Path yardstick, final int count, final int wantedRounds, final int warmUp, final int addOnWarmUp) {
        this.console = console;
        this.yardstick = yardstick;
        this.count = count;
        this.wantedRounds = wantedRounds;
        this.warmUp = warmUp;
        this.addOnWarmUp = addOnWarmUp;
    }

    /**
     * One round of each kind with nothing warmed up: it shows that the benchmark works, and its figures say nothing of the link.
     *
     * @param console   tickbridge-console.exe
     * @param yardstick link_ping.c
     * @param count     round trips
     * @return the benchmark
     */
    public static LinkBench trial(final Path console, final Path yardstick, final int count) {
        return new LinkBench(console, yardstick, count, 1, 0, 0);
    }

    /**
     * Runs it, on a thread of the kind that receives in a gateway: on any other, Netty allocates at every write.
     *
     * @param transports which to compare; each must work here
     * @return the figures, ns and bytes
     * @throws IOException              when a program or the link fails
     * @throws InterruptedException     when the caller is interrupted
     * @throws GeneralSecurityException when certificates cannot be made
     */
    public List<Figure> run(final List<Transport> transports)
            throws IOException, InterruptedException, GeneralSecurityException {
        final FutureTask<List<Figure>> task = new FutureTask<>(() -> measureAll(transports));
        final Thread thread = new FastThreadLocalThread(task, "bench-link");
        thread.start();
        try {
            return task.get();
        } catch (final InterruptedException e) {
            thread.interrupt();
            throw e;
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof GeneralSecurityException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private List<Figure> measureAll(final List<Transport> transports)
            throws IOException, InterruptedException, GeneralSecurityException {
        final Path directory = Files.createTempDirectory("tickbridge-bench-link");
        try {
            final PingPong c = PingPong.compile(yardstick, directory, count);
            final KeyDirectory keys = prepare(directory);
            final List<Figure> figures = new ArrayList<>();
            for (final LinkCase one : cases(transports)) {
                figures.addAll(figures(one, rounds(one, c, directory, keys)));
            }
            return figures;
        } finally {
            try (var files = Files.walk(directory)) {
                for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static List<LinkCase> cases(final List<Transport> transports) {
        final List<LinkCase> cases = new ArrayList<>();
        transports.forEach(transport -> cases.add(new LinkCase(LinkSecurity.Mode.PLAIN, transport, false)));
        // What the interval between two looks costs, which spares the feed.
        transports.forEach(transport -> cases.add(new LinkCase(LinkSecurity.Mode.PLAIN, transport, true)));
        cases.add(new LinkCase(LinkSecurity.Mode.HMAC, transports.get(0), false));
        cases.add(new LinkCase(LinkSecurity.Mode.TLS, transports.get(0), false));
        return cases;
    }

    private static List<Figure> figures(final LinkCase one, final List<Round> all) {
        final List<Round> rounds = steady(all);
        final Round median = rounds.get(rounds.size() / 2);
        final String name = one.label();
        return List.of(
                new Figure(name + ".round-trip.p50", median.p50, "ns", median.c.p50()),
                new Figure(name + ".round-trip.p50.lowest-ratio", rounds.get(0).p50, "ns", rounds.get(0).c.p50()),
                new Figure(name + ".round-trip.p50.highest-ratio", rounds.get(rounds.size() - 1).p50, "ns",
                        rounds.get(rounds.size() - 1).c.p50()),
                new Figure(name + ".round-trip.p99.9", median.p999, "ns", median.c.p999()),
                new Figure(name + ".write.p50", median.write, "ns", Double.NaN),
                new Figure(name + ".write.p99.9", median.writeP999, "ns", Double.NaN),
                // What the link itself takes shows in every round; the virtual machine's own comes and goes.
                new Figure(name + ".allocated", rounds.stream().mapToDouble(Round::allocated).min().orElseThrow(), "bytes", Double.NaN),
                new Figure(name + ".round-trips", median.trips, "", Double.NaN),
                new Figure(name + ".rounds", rounds.size(), "", Double.NaN),
                new Figure(name + ".rounds-left-out", all.size() - rounds.size(), "", Double.NaN));
    }

    /** By ratio, the lowest first. Where none was steady, the steadiest: the number left out says what that is worth. */
    private static List<Round> steady(final List<Round> all) {
        final double bound = Math.max(STEADY, all.stream().mapToDouble(Round::unlike).min().orElseThrow());
        return all.stream().filter(round -> round.unlike <= bound).sorted(Comparator.comparingDouble(Round::ratio)).toList();
    }

    private static KeyDirectory prepare(final Path directory) throws IOException, GeneralSecurityException {
        final KeyDirectory keys = new KeyDirectory(directory.resolve("keys"));
        final Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        final Authority authority = Authority.create(keys, tomorrow);
        authority.issueServer(List.of("127.0.0.1"), tomorrow);
        final Authority.Issued issued = authority.issueClient(NAME, tomorrow);
        ClientBundle.write(keys.client(NAME), NAME, issued, authority.certificate(), NAME.toCharArray());
        Files.writeString(directory.resolve("password"), NAME);
        new KeyRegistry(keys.path()).put(new RegisteredPeer(NAME, LinkSecurity.Rights.TRADE, false,
                issued.certificate().getSerialNumber().toString(16), tomorrow, false));
        final Path key = directory.resolve("key");
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, "5a".repeat(32));
        return keys;
    }

    /** Until there are enough of them between two like runs of the yardstick. */
    private List<Round> rounds(final LinkCase one, final PingPong c, final Path directory, final KeyDirectory keys)
            throws IOException, InterruptedException {
        final List<Round> rounds = new ArrayList<>();
        PingPong.Times before = c.run();
        int steady = 0;
        while (steady < wantedRounds && rounds.size() < MOST_ROUNDS_EACH * wantedRounds) {
            final LinkTrips trips = new LinkTrips(clock);
            measure(one, trips, rounds.isEmpty() ? warmUp : addOnWarmUp, directory, keys);
            final PingPong.Times after = c.run();
            steady += before.unlike(after) <= STEADY ? 1 : 0;
            rounds.add(Round.of(trips, before.quicker(after), before.unlike(after)));
            before = after;
        }
        return rounds;
    }

    private void measure(
            final LinkCase one, final LinkTrips trips, final int unmeasured, final Path directory, final KeyDirectory keys)
            throws IOException, InterruptedException {
        final LinkConfig config = new LinkConfig(true, "127.0.0.1", 0, one.transport(), directory.resolve("key"),
                TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(20), TimeUnit.SECONDS.toNanos(5), 1024, 1, 1 << 20, false,
                false, new LinkSecurity(one.mode(), keys.path(), LinkSecurity.Rights.TRADE),
                new LinkLimits(TimeUnit.SECONDS.toNanos(20), 16, 100, 1_000_000));
        final Path log = directory.resolve("console.log");
        // Without an interval of its own it is what a gateway makes.
        try (LinkServer server = one.everyTurn() ? new LinkServer(config, NAME, List.of(), clock, trips, 0)
                : new LinkServer(config, NAME, List.of(), clock, trips)) {
            final Process addOn = new ProcessBuilder(command(directory, keys, one.mode(), server.start()))
                    .redirectErrorStream(true).redirectOutput(log.toFile()).start();
            try {
                trips.await(server, () -> server.peers() > 0);
                trips.make(server, unmeasured);
                trips.make(server, count);
            } catch (final IOException e) {
                throw new IOException(e.getMessage() + ": " + Files.readString(log), e);
            } finally {
                addOn.destroy();
                addOn.waitFor();
            }
        }
    }

    // Under TLS the add-on has a reading thread besides, which a spinning one would keep off a second core.
    private List<String> command(final Path directory, final KeyDirectory keys, final LinkSecurity.Mode mode, final int port) {
        final List<String> command = new ArrayList<>(List.of("mono", console.toString(), "--host", "127.0.0.1",
                "--port", Integer.toString(port), "--idle", mode == LinkSecurity.Mode.TLS ? "block" : "spin",
                "--quiet", "--report", "--name", NAME));
        command.addAll(mode == LinkSecurity.Mode.TLS
                ? List.of("--tls-bundle", keys.client(NAME).toString(), "--tls-password-file",
                        directory.resolve("password").toString(), "--tls-authority", keys.authority().toString())
                : List.of("--key-file", directory.resolve("key").toString()));
        return command;
    }
}
