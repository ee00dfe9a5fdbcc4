package io.tickbridge.integration.exchange;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.FeedCounter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Days at IEX by TOPS, DEEP and DEEP+: losses on one line and on both, bursts, reordering, duplicates, a line that lags,
 * corrupt and cut frames; opening and closing auctions, halts, retail interest, gap fill that comes whole, in part, late or
 * not, and a session that begins anew. Wherever a book is not suspect it is the true one, no signal comes from one that is,
 * and every instrument heals.
 *
 * <p>{@code -Dtickbridge.seeds=N} runs N seeds of each, {@code -Dtickbridge.seed=S} one of them alone.
 */
final class IexSeedsTest {
    private static final int SEEDS = Integer.getInteger("tickbridge.seeds", 500);
    private static final long ONLY = Long.getLong("tickbridge.seed", 0);

    @ParameterizedTest
    @EnumSource(IexKind.class)
    void whatIsNotSuspectIsTrueAndEveryBookHeals(final IexKind kind) {
        final GatewayConfig config = config(kind);
        long compared = 0;
        long signals = 0;
        long losses = 0;
        long recovered = 0;
        long malformed = 0;
        long unknown = 0;
        for (long seed = ONLY == 0 ? 1 : ONLY; seed <= (ONLY == 0 ? SEEDS : ONLY); seed++) {
            final IexSeedRun run = new IexSeedRun(seed, kind, config);
            try {
                run.run();
            } catch (final AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            compared += run.compared();
            signals += run.signals();
            losses += run.losses();
            recovered += run.recovered();
            malformed += run.count(FeedCounter.MALFORMED);
            unknown += run.count(FeedCounter.UNKNOWN_MESSAGES);
        }
        final String figures = "%s, %d seeds: %d books compared, %d signals, %d messages lost, %d segments recovered, %d malformed, %d unknown"
                .formatted(kind, ONLY == 0 ? SEEDS : 1, compared, signals, losses, recovered, malformed, unknown);
        System.out.println(figures);
        assertTrue(ONLY != 0 || compared > 100L * SEEDS && signals > 10L * SEEDS && losses > SEEDS / 2 && recovered > SEEDS / 5
                && malformed > SEEDS / 10 && unknown > SEEDS,
                () -> "too tame: " + figures);
    }

    private static GatewayConfig config(final IexKind kind) {
        final InetSocketAddress a = Endpoint.of(Feed.INCREMENTAL, 0);
        final InetSocketAddress b = Endpoint.of(Feed.INCREMENTAL, 1);
        return ConfigReader.parse("""
                name: seeds
                capture: {source: pcap, file: none.pcap}
                feeds:
                  - name: iex
                    protocol: iex-%s
                    max-orders: 4096
                    lines:
                      - {group: %s, port: %d}
                      - {group: %s, port: %d}
                    recovery: {servers: [{transport: udp, host: 127.0.0.1, port: 10000}]}
                signals:
                  - {kind: top-of-book, parameters: {interval: 0ms}}
                journal: {enabled: false}
                link: {enabled: false}
                """.formatted(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), a.getAddress().getHostAddress(), a.getPort(),
                        b.getAddress().getHostAddress(), b.getPort()), Path.of("."), "seeds");
    }
}
