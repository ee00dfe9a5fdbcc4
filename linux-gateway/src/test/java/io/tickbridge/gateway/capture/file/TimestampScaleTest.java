package io.tickbridge.gateway.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimestampScaleTest {
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

    @Test
    void agreesWithExactArithmeticInEveryResolution() {
        final SplittableRandom random = new SplittableRandom(17);
        for (int resolution = 0; resolution <= 0xff; resolution++) {
            if (TimestampScale.isSupported(resolution)) {
                for (int i = 0; i < 200; i++) {
                    final long ticks = random.nextLong() >>> random.nextInt(64);
                    final long offset = random.nextInt(-100_000, 100_000);
                    agrees(resolution, ticks, offset);
                }
            }
        }
    }

    private static void agrees(final int resolution, final long ticks, final long offset) {
        final BigInteger perSecond = resolution < 0x80
                ? BigInteger.TEN.pow(resolution) : BigInteger.ONE.shiftLeft(resolution & 0x7f);
        final BigInteger exact = new BigInteger(Long.toUnsignedString(ticks)).multiply(BILLION).divide(perSecond)
                .add(BigInteger.valueOf(offset).multiply(BILLION));
        if (exact.bitLength() < Long.SIZE) {
            assertEquals(exact.longValueExact(), TimestampScale.of(resolution, offset).toNanos(ticks),
                    "resolution " + resolution + ", ticks " + Long.toUnsignedString(ticks));
        }
    }
}
