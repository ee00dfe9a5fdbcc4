package io.tickbridge.integration.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Days at the exchange on which everything goes wrong that can be noticed: losses on one line and on both, bursts of them,
 * reordering, duplicates, a line that lags, corrupt and cut frames, packets that contradict themselves, later schema
 * versions, and the same for snapshots, snapshots of orders and definitions; halts, auctions, resets of the channel, the turn of
 * the day and of the week; replay servers that answer, in part, too late or not at all. Whatever the gateway does not hold in doubt is
 * true, of levels and of single orders in their queues; no signal comes from doubt, and one snapshot loop after the faults
 * have ended every book is whole.
 *
 * <p>{@code -Dtickbridge.seeds=N} runs N seeds, {@code -Dtickbridge.seed=S} one of them alone.
 */
final class CmeSeedsTest {
    private static final int SEEDS = Integer.getInteger("tickbridge.seeds", 500);
    private static final long ONLY = Long.getLong("tickbridge.seed", 0);

    @Test
    void whatIsNotInDoubtIsTrueAndEveryBookHeals() {
        final GatewayConfig config = config();
        long compared = 0;
        long signals = 0;
        long snapshots = 0;
        long gaps = 0;
        long malformed = 0;
        long ordered = 0;
        long orderSnapshots = 0;
        long recovered = 0;
        for (long seed = ONLY == 0 ? 1 : ONLY; seed <= (ONLY == 0 ? SEEDS : ONLY); seed++) {
            final CmeSeedRun run = new CmeSeedRun(seed, config);
            try {
                run.run();
            } catch (final AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            compared += run.trusted();
            signals += run.signals();
            snapshots += run.snapshotsUsed();
            gaps += run.gaps();
            malformed += run.malformed();
            ordered += run.ordered();
            orderSnapshots += run.orderSnapshotsUsed();
            recovered += run.recovered();
        }
        final int runs = ONLY == 0 ? SEEDS : 1;
        final String figures = "%d seeds: %d trusted books compared, %d signals, %d snapshots used, %d gaps, %d malformed, "
                .formatted(runs, compared, signals, snapshots, gaps, malformed)
                + "%d order books compared, %d order snapshots used, %d packets recovered".formatted(ordered, orderSnapshots, recovered);
        System.out.println(figures);
        final boolean followed = ordered > 1_000L * runs && orderSnapshots > 5L * runs && recovered > runs;
        assertTrue(ONLY != 0 || followed && compared > 1_000L * runs && signals > 10L * runs && snapshots > 5L * runs && gaps > runs
                && malformed > runs / 10, () -> "too tame: " + figures);
    }

    @Test
    void aCaptureOfTheFaultyWireGivesTheSameSignals(@TempDir final Path directory) throws IOException {
        final GatewayConfig config = config();
        final Path file = directory.resolve("faulty.pcap");
        final CmeSeedRun run;
        try (CaptureFile capture = new CaptureFile(file)) {
            run = new CmeSeedRun(1, config, arrival -> write(capture, arrival));
            run.run();
        }
        final List<String> signals = new ArrayList<>();
        final SignalListener listener = (body, offset, time) -> {
            final byte[] bytes = new byte[SignalListener.BODY_LENGTH];
            body.getBytes(offset, bytes);
            signals.add(HexFormat.of().formatHex(bytes));
        };
        final Pipeline pipeline = new Pipeline(config, FrameRecorder.NONE, List.of(listener), List.of());
        try (PacketSource source = CaptureFiles.open(file)) {
            while (!source.isExhausted()) {
                source.poll(pipeline, 64);
            }
        }
        assertEquals(run.bodies(), signals);
        assertTrue(signals.size() > 10, () -> "only " + signals.size() + " signals");
    }

    private static void write(final CaptureFile capture, final FaultyWire.Arrival arrival) {
        try {
            capture.write(arrival.frame(), arrival.time());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GatewayConfig config() {
        final String lines = IntStream.range(0, Feed.values().length).boxed()
                .flatMap(feed -> IntStream.range(0, 2).mapToObj(line -> line(Feed.values()[feed], line)))
                .collect(Collectors.joining());
        return ConfigReader.parse("""
                name: seeds
                capture: {source: pcap, file: none.pcap}
                feeds:
                  - name: cme
                    protocol: cme-mdp3
                    orders: true
                    max-orders: 65536
                    recovery: {channel: 310, servers: [{transport: tcp, host: 127.0.0.1, port: 10000}]}
                    lines:
                """ + lines + """
                signals:
                  - {kind: top-of-book, parameters: {interval: 0ms}}
                  - {kind: sweep, parameters: {levels: 2}}
                  - {kind: book-imbalance, parameters: {levels: 3, threshold: 0.5, rearm: 0.4}}
                journal: {enabled: false}
                link: {enabled: false}
                """, Path.of("."), "seeds");
    }

    private static String line(final Feed feed, final int line) {
        final InetSocketAddress group = Endpoint.of(feed, line);
        return "      - {group: %s, port: %d, carries: %s}\n".formatted(
                group.getAddress().getHostAddress(), group.getPort(), switch (feed) {
                    case SNAPSHOT -> "snapshot";
                    case DEFINITIONS -> "definitions";
                    case ORDER_SNAPSHOT -> "snapshot-orders";
                    default -> "incremental";
                });
    }
}
