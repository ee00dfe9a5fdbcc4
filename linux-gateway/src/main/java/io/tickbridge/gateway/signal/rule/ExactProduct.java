package io.tickbridge.gateway.signal.rule;

/** Compares products that need up to 128 bits: a price times a quantity may exceed a long. */
final class ExactProduct {
    private ExactProduct() {
    }

    /** Whether a times b is at least c times d, over the whole range of long. */
    static boolean isAtLeast(final long a, final long b, final long c, final long d) {
        final long leftHigh = Math.multiplyHigh(a, b);
        final long rightHigh = Math.multiplyHigh(c, d);
        // Of two's complement numbers of two words, the low words compare as unsigned.
        return leftHigh == rightHigh ? Long.compareUnsigned(a * b, c * d) >= 0 : leftHigh > rightHigh;
    }
}
