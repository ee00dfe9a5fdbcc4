package io.tickbridge.integration.exchange;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.SnapshotFault;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Days at Nasdaq with faults on lines A and B: what one line lost the other brings, and shows nowhere; after a loss on
 * both nothing is trusted until the next session begins, or a snapshot has told. Every trusted book is the true one, in all its levels.
 *
 * <p>{@code -Dtickbridge.seeds=N} runs N seeds, {@code -Dtickbridge.seed=S} one of them alone.
 */
final class NasdaqSeedsTest {
    private static final int SEEDS = Integer.getInteger("tickbridge.seeds", 500);
    private static final long ONLY = Long.getLong("tickbridge.seed", 0);

    private static GatewayConfig config(final String recovery) {
        return ConfigReader.parse("""
                name: seeds
                capture: {source: pcap, file: none.pcap}
                feeds:
                  - name: nasdaq
                    protocol: nasdaq-itch50
                    max-orders: 4096
                    lines:
                      - {group: %s, port: %d}
                      - {group: %s, port: %d}
                    recovery: %s
                signals:
                  - {kind: top-of-book, parameters: {interval: 0ms}}
                journal: {enabled: false}
                link: {enabled: false}
                """.formatted(
                        Endpoint.of(Feed.INCREMENTAL, 0).getAddress().getHostAddress(),
                        Endpoint.of(Feed.INCREMENTAL, 0).getPort(),
                        Endpoint.of(Feed.INCREMENTAL, 1).getAddress().getHostAddress(),
                        Endpoint.of(Feed.INCREMENTAL, 1).getPort(), recovery), Path.of("."), "seeds");
    }

    /** Re-requests and snapshots, from servers that fail in every way they can, and a start in mid-session now and then. */
    @Test
    void withServersEveryBookHealsWithinTheSession() {
        final GatewayConfig config = config("""
                {servers: [{transport: udp, host: 10.0.0.1, port: 1}], snapshots: {username: TICKBR,
                        password-file: none, buffer: 1MiB, servers: [{host: 10.0.0.1, port: 1}]}}""");
        final long[] sums = new long[11];
        final Map<SnapshotFault, Long> faults = new EnumMap<>(SnapshotFault.class);
        forEachSeed(config, run -> {
            sums[0] += run.trusted();
            sums[1] += run.signals();
            sums[2] += run.losses();
            sums[3] += run.recovered();
            sums[4] += run.count(FeedCounter.REBUILDS);
            sums[5] += run.count(FeedCounter.UNUSABLE_SNAPSHOTS);
            sums[6] += run.count(FeedCounter.GAPS);
            sums[7] += run.recovery().cutEvents();
            sums[8] += run.recovery().overdue();
            sums[9] += run.count(FeedCounter.MALFORMED);
            sums[10] += run.count(FeedCounter.UNKNOWN_MESSAGES);
            run.recovery().faults().forEach((fault, times) -> faults.merge(fault, times, Long::sum));
        });
        final String figures = ("%d trusted books compared, %d signals, %d messages lost in %d gaps, %d holes filled, %d rebuilds "
                + "from a snapshot, %d unusable snapshots %s, %d overdue, %d answers that cut an event, %d malformed, %d unknown").formatted(
                        sums[0], sums[1], sums[2], sums[6], sums[3], sums[4], sums[5], faults, sums[8], sums[7], sums[9], sums[10]);
        System.out.println(figures);
        assertTrue(ONLY != 0 || sums[0] > 100L * SEEDS && sums[1] > 10L * SEEDS && sums[2] > SEEDS / 2 && sums[3] > SEEDS
                && sums[4] > SEEDS / 2 && sums[5] > SEEDS / 10 && sums[7] > SEEDS / 10 && sums[8] > SEEDS / 10
                && sums[9] > SEEDS / 10 && sums[10] > SEEDS
                && faults.getOrDefault(SnapshotFault.OTHER_ORDERS, 0L) > SEEDS / 40, () -> "too tame: " + figures);
    }

    private static void forEachSeed(final GatewayConfig config, final Consumer<NasdaqSeedRun> after) {
        for (long seed = ONLY == 0 ? 1 : ONLY; seed <= (ONLY == 0 ? SEEDS : ONLY); seed++) {
            final NasdaqSeedRun run = new NasdaqSeedRun(seed, config);
            try {
                run.run();
            } catch (final RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n  " + run.plan(), e);
            }
            after.accept(run);
        }
    }

    @Test
    void trustedBooksAreTheTrueOnesAndALossEndsTheTrust() {
        final long[] sums = new long[3];
        forEachSeed(config("{}"), run -> {
            sums[0] += run.trusted();
            sums[1] += run.signals();
            sums[2] += run.losses();
        });
        final String figures =
                "%d trusted books compared, %d signals, %d messages lost".formatted(sums[0], sums[1], sums[2]);
        System.out.println(figures);
        assertTrue(ONLY != 0 || sums[0] > 100L * SEEDS && sums[1] > 10L * SEEDS && sums[2] > SEEDS / 2,
                () -> "too tame: " + figures);
    }
}
