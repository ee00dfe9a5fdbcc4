package io.tickbridge.gateway.capture.file;

/**
 * How an interface of a pcapng file counts time (draft-ietf-opsawg-pcapng, "Interface Description Block",
 * if_tsresol and if_tsoffset): 64-bit unsigned ticks of a decimal or binary fraction of a second.
 */
final class TimestampScale {
    private static final int BINARY_FLAG = 0x80;
    private static final int EXPONENT_MASK = 0x7f;
    private static final int NANO_EXPONENT = 9;
    private static final int MAX_DECIMAL_EXPONENT = 18;
    private static final int MAX_BINARY_EXPONENT = 63;
    private static final long NANOS_A_SECOND = 1_000_000_000;
    /** What holds when an interface states nothing: microseconds, no offset. */
    static final int DEFAULT_RESOLUTION = 6;

    private final boolean binary;
    private final int exponent;
    private final long factor;
    private final long offset;

    private TimestampScale(final int resolution, final long offsetSeconds) {
        this.binary = (resolution & BINARY_FLAG) != 0;
        this.exponent = resolution & EXPONENT_MASK;
        this.factor = binary ? 0 : powerOfTen(Math.abs(NANO_EXPONENT - exponent));
        this.offset = offsetSeconds * NANOS_A_SECOND;
    }

    /** Whether a resolution can be scaled in 64 bits. */
    static boolean isSupported(final int resolution) {
        final int exponent = resolution & EXPONENT_MASK;
        return exponent <= ((resolution & BINARY_FLAG) != 0 ? MAX_BINARY_EXPONENT : MAX_DECIMAL_EXPONENT);
    }

    /**
     * A scale.
     *
     * @param resolution    if_tsresol
     * @param offsetSeconds if_tsoffset
     */
    static TimestampScale of(final int resolution, final long offsetSeconds) {
        return new TimestampScale(resolution, offsetSeconds);
    }

    /** Time since the Unix epoch, ns, rounded down. */
    long toNanos(final long ticks) {
        if (binary) {
            return offset + (ticks >>> exponent) * NANOS_A_SECOND + fractionToNanos(ticks & (1L << exponent) - 1);
        }
        return offset + (exponent <= NANO_EXPONENT ? ticks * factor : Long.divideUnsigned(ticks, factor));
    }

    private long fractionToNanos(final long fraction) {
        if (exponent == 0) {
            return 0;
        }
        // 128-bit product, shifted: a fraction of 2^-63 s times 10^9 does not fit in 64 bits.
        final long high = Math.multiplyHigh(fraction, NANOS_A_SECOND);
        final long low = fraction * NANOS_A_SECOND;
        return high << Long.SIZE - exponent | low >>> exponent;
    }

    private static long powerOfTen(final int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
