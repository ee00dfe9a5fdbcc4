package io.tickbridge.gateway.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One input, one stream of bodies, whatever the run, the JDK or the receive time. */
class SignalDeterminismTest {
    private static final int EVENTS = 20_000;
    private static final long SEED = 0x5DEECE66DL;
    /** Taken on JDK 17. When a rule's definition changes on purpose, this changes with it. */
    private static final String KNOWN = "10e6b6f64ff56572c13da9fbc73774801f5f1116d2531841b48fab33351d0fab";

    @Test
    void sameMarketSameBodies() throws NoSuchAlgorithmException {
        assertEquals(digest(SEED), digest(SEED));
        assertNotEquals(digest(SEED), digest(SEED + 1));
    }

    @Test
    void bodiesAreThoseKnownFromOtherRunsAndJdks() throws NoSuchAlgorithmException {
        assertEquals(KNOWN, digest(SEED));
    }

    @Test
    void theMarketMakesEveryRuleFireAndEveryCountMove() {
        final RandomMarket market = new RandomMarket(SEED, (body, offset, receiveTime) -> { });
        market.run(EVENTS);
        market.runLate(1_000);
        for (int rule = 1; rule <= market.engine().descriptions().size(); rule++) {
            assertTrue(market.engine().counts(rule).get(SignalCounter.SIGNALS) > 0, "rule " + rule);
        }
        for (final SignalCounter counter : SignalCounter.values()) {
            final long total = IntStream.rangeClosed(1, market.engine().descriptions().size())
                    .mapToLong(rule -> market.engine().counts(rule).get(counter)).sum();
            assertEquals(counter != SignalCounter.SWITCHED_OFF, total > 0, counter.label());
        }
    }

    private static String digest(final long seed) throws NoSuchAlgorithmException {
        final MessageDigest digest = MessageDigest.getInstance("SHA-256");
        final byte[] bytes = new byte[SignalListener.BODY_LENGTH];
        new RandomMarket(seed, (body, offset, receiveTime) -> {
            body.getBytes(offset, bytes);
            digest.update(bytes);
        }).run(EVENTS);
        return HexFormat.of().formatHex(digest.digest());
    }
}
