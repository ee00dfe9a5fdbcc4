package io.tickbridge.gateway.book;

/** Prices as decimal text. */
public final class PriceText {
    private static final long UNIT = 1_000_000_000L;
    private static final int DECIMALS = 9;

    private PriceText() {
    }

    /**
     * Appends a price: plain digits, a point where needed, no trailing zeros.
     *
     * @param text  where it is appended; nothing is allocated unless it must grow
     * @param price 1e-9 units
     * @return {@code text}
     */
    public static StringBuilder append(final StringBuilder text, final long price) {
        // Quotient and remainder of the signed value: the lowest long has no positive counterpart.
        final long whole = price / UNIT;
        long fraction = Math.abs(price % UNIT);
        if (price < 0) {
            text.append('-');
        }
        text.append(Math.abs(whole));
        if (fraction != 0) {
            text.append('.');
            for (long place = UNIT / 10; fraction != 0; place /= 10) {
                text.append((char) ('0' + fraction / place));
                fraction %= place;
            }
        }
        return text;
    }

    /**
     * A price as text.
     *
     * @param price 1e-9 units
     * @return as {@link #append} writes it
     */
    public static String of(final long price) {
        return append(new StringBuilder(2 * DECIMALS), price).toString();
    }
}
