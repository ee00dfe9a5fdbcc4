package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.gateway.config.LinkLimits;
import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.config.Transport;
import io.tickbridge.gateway.keys.Authority;
import io.tickbridge.gateway.keys.ClientBundle;
import io.tickbridge.gateway.keys.KeyDirectory;
import io.tickbridge.gateway.keys.KeyRegistry;
import io.tickbridge.gateway.keys.RegisteredPeer;
import io.tickbridge.gateway.link.LinkJournal;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.SignalEncoder;
import io.tickbridge.protocol.Venue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * From a signal handed to the link until the add-on's report of an order for it is in this thread's hands: out, through the
 * add-on core under Mono, and back, both sides spinning. Beside it a ping-pong in C of frames of the same lengths.
 */
public final class LinkBench {
    private static final int WARM_UP = 5000; // round trips; by then both JITs have compiled what is measured
    /** However few round trips a busy machine lets pass: so long for warming up, and for measuring. */
    private static final long MOST_TIME = TimeUnit.SECONDS.toNanos(4);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    private static final String NAME = "bench";
    private static final Pattern P50 = Pattern.compile("p50=([0-9]+)");
    private static final Pattern P999 = Pattern.compile("p999=([0-9]+)");

    private final Path console;
    private final Path yardstick;
    private final int count;

    /**
     * A benchmark.
     *
     * @param console   tickbridge-console.exe
     * @param yardstick link_ping.c
     * @param count     round trips measured for each figure
     */
    public LinkBench(final Path console, final Path yardstick, final int count) {
        this.console = console;
        this.yardstick = yardstick;
        this.count = count;
    }

    /**
     * Runs it. The calling thread should be a FastThreadLocalThread, as the receive thread is.
     *
     * @param transports which to compare; each must work here
     * @return the figures, ns
     * @throws IOException              when a program or the link fails
     * @throws InterruptedException     when the caller is interrupted
     * @throws GeneralSecurityException when certificates cannot be made
     */
    public List<Figure> run(final List<Transport> transports)
            throws IOException, InterruptedException, GeneralSecurityException {
        final Path directory = Files.createTempDirectory("tickbridge-bench-link");
        try {
            final List<Figure> figures = new ArrayList<>();
            final double[] c = pingPong(directory);
            final KeyDirectory keys = prepare(directory);
            for (final Transport transport : transports) {
                measure(directory, keys, LinkSecurity.Mode.PLAIN, transport, 0, c, figures);
            }
            // As in a gateway: sockets are asked for news every 10 us, so that they cost the feed little.
            measure(directory, keys, LinkSecurity.Mode.PLAIN, transports.get(0), LinkServer.POLL_INTERVAL, c, figures);
            measure(directory, keys, LinkSecurity.Mode.HMAC, transports.get(0), 0, c, figures);
            measure(directory, keys, LinkSecurity.Mode.TLS, transports.get(0), 0, c, figures);
            return figures;
        } finally {
            try (var files = Files.walk(directory)) {
                for (final Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private double[] pingPong(final Path directory) throws IOException, InterruptedException {
        final Path program = directory.resolve("link_ping");
        CBaseline.output(List.of("cc", "-O2", "-o", program.toString(), yardstick.toString()));
        final String text = CBaseline.output(List.of(program.toString(), Integer.toString(count)));
        return new double[] {Double.parseDouble(CBaseline.find(P50, text)), Double.parseDouble(CBaseline.find(P999, text))};
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

    private void measure(
            final Path directory, final KeyDirectory keys, final LinkSecurity.Mode mode, final Transport transport,
            final long pollInterval, final double[] c, final List<Figure> figures) throws IOException, InterruptedException {
        final LinkConfig config = new LinkConfig(true, "127.0.0.1", 0, transport, directory.resolve("key"),
                TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(20), TimeUnit.SECONDS.toNanos(5), 1024, 1, 1 << 20, false,
                false, new LinkSecurity(mode, keys.path(), LinkSecurity.Rights.TRADE),
                new LinkLimits(TimeUnit.SECONDS.toNanos(20), 16, 100, 1_000_000));
        final CountingJournal journal = new CountingJournal();
        try (LinkServer server = new LinkServer(config, NAME, List.of(), SystemEpochNanoClock.INSTANCE, journal, pollInterval)) {
            final int port = server.start();
            final Process addOn = new ProcessBuilder(command(directory, keys, mode, port))
                    .redirectErrorStream(true).redirectOutput(directory.resolve("console.log").toFile()).start();
            try {
                await(server, () -> server.peers() > 0, directory);
                final Histogram trips = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
                final Histogram writes = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
                roundTrips(server, journal, WARM_UP, trips, writes, directory);
                trips.reset();
                writes.reset();
                roundTrips(server, journal, count, trips, writes, directory);
                final String name = "link." + mode.name().toLowerCase(Locale.ROOT) + '.'
                        + transport.name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + (pollInterval == 0 ? "" : ".polled-every-" + pollInterval / 1000 + "us");
                figures.add(new Figure(name + ".round-trip.p50", trips.getValueAtPercentile(50), "ns", c[0]));
                figures.add(new Figure(name + ".round-trip.p99.9", trips.getValueAtPercentile(99.9), "ns", c[1]));
                figures.add(new Figure(name + ".write.p50", writes.getValueAtPercentile(50), "ns", Double.NaN));
                figures.add(new Figure(name + ".write.p99.9", writes.getValueAtPercentile(99.9), "ns", Double.NaN));
                figures.add(new Figure(name + ".round-trips", trips.getTotalCount(), "", Double.NaN));
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

    private static void roundTrips(
            final LinkServer server, final CountingJournal journal, final int most, final Histogram trips,
            final Histogram writes, final Path directory) throws IOException {
        final UnsafeBuffer body = new UnsafeBuffer(new byte[SignalEncoder.BLOCK_LENGTH]);
        final SignalEncoder signal = new SignalEncoder().wrap(body, 0);
        final long end = System.nanoTime() + MOST_TIME;
        for (int i = 0; i < most && System.nanoTime() < end; i++) {
            final long wanted = journal.reports + 1;
            signal.number(wanted).instrument(7).rule(1).venue(Venue.CME).side(Side.BUY).bidPrice(1).askPrice(2);
            final long begun = System.nanoTime();
            server.onSignal(body, 0, SystemEpochNanoClock.INSTANCE.nanoTime());
            server.doWork();
            final long written = System.nanoTime();
            while (journal.reports < wanted) {
                server.doWork();
                if (System.nanoTime() - begun > PATIENCE) {
                    throw new IOException("the add-on stopped reporting: " + Files.readString(directory.resolve("console.log")));
                }
            }
            trips.recordValue(System.nanoTime() - begun);
            writes.recordValue(written - begun);
        }
    }

    private static void await(final LinkServer server, final BooleanSupplier condition, final Path directory)
            throws IOException {
        final long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            server.doWork();
            if (System.nanoTime() - begun > PATIENCE) {
                throw new IOException("the add-on did not log on: " + Files.readString(directory.resolve("console.log")));
            }
        }
    }

    /** Counts what arrives; nothing is written, so that the disk is not measured. */
    private static final class CountingJournal implements LinkJournal {
        private long reports;

        @Override
        public boolean report(
                final long connection, final DirectBuffer frame, final int offset, final int length, final long time) {
            reports++;
            return true;
        }

        @Override
        public void event(
                final long connection, final long events, final String kind, final String name, final String address,
                final String text, final long time) {
            // Who logs on is known here.
        }

        @Override
        public long position() {
            return reports;
        }

        @Override
        public long writtenPosition() {
            return reports;
        }

        @Override
        public boolean isKept() {
            return true;
        }
    }
}
