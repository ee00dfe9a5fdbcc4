package io.tickbridge.integration.exchange;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Days at Nasdaq with faults on lines A and B: what one line lost the other brings, and shows nowhere; after a loss on
 * both nothing is trusted until the next session begins. Every trusted book is the true one, in all its levels.
 *
 * <p>{@code -Dtickbridge.seeds=N} runs N seeds, {@code -Dtickbridge.seed=S} one of them alone.
 */
final class NasdaqSeedsTest {
    private static final int SEEDS = Integer.getInteger("tickbridge.seeds", 500);
    private static final long ONLY = Long.getLong("tickbridge.seed", 0);

    @Test
    void trustedBooksAreTheTrueOnesAndALossEndsTheTrust() {
        final GatewayConfig config = ConfigReader.parse("""
                name: seeds
                capture: {source: pcap, file: none.pcap}
                feeds:
                  - name: nasdaq
                    protocol: nasdaq-itch50
                    max-orders: 4096
                    lines:
                      - {group: %s, port: %d}
                      - {group: %s, port: %d}
                signals:
                  - {kind: top-of-book, parameters: {interval: 0ms}}
                journal: {enabled: false}
                link: {enabled: false}
                """.formatted(
                        Endpoint.of(Feed.INCREMENTAL, 0).getAddress().getHostAddress(),
                        Endpoint.of(Feed.INCREMENTAL, 0).getPort(),
                        Endpoint.of(Feed.INCREMENTAL, 1).getAddress().getHostAddress(),
                        Endpoint.of(Feed.INCREMENTAL, 1).getPort()), Path.of("."), "seeds");
        long trusted = 0;
        long signals = 0;
        long losses = 0;
        for (long seed = ONLY == 0 ? 1 : ONLY; seed <= (ONLY == 0 ? SEEDS : ONLY); seed++) {
            final NasdaqSeedRun run = new NasdaqSeedRun(seed, config);
            try {
                run.run();
            } catch (final RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n  " + run.plan(), e);
            }
            trusted += run.trusted();
            signals += run.signals();
            losses += run.losses();
        }
        final String figures = "%d trusted books compared, %d signals, %d messages lost".formatted(trusted, signals, losses);
        System.out.println(figures);
        assertTrue(ONLY != 0 || trusted > 100L * SEEDS && signals > 10L * SEEDS && losses > SEEDS / 2, () -> "too tame: " + figures);
    }
}
