package io.tickbridge.gateway.feed.cme;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.OptionalPrice9Decoder;

/** From the wire's price mantissas, of 1e-7 or 1e-9 units, to 1e-9 units. */
final class Prices {
    /** For the templates whose prices are in 1e-7. */
    static final int FROM_E7 = 100;
    /** For the templates whose prices are in 1e-9. */
    static final int FROM_E9 = 1;
    /** No price: 92 thousand million of the quoted unit and more cannot be said in 1e-9 units. */
    static final long UNREADABLE = Long.MIN_VALUE + 1;

    private static final long NULL = OptionalPrice9Decoder.mantissaNullValue();
    private static final long LARGEST_E7 = Long.MAX_VALUE / FROM_E7 - 1;

    private Prices() {
    }

    /**
     * Scales a mantissa.
     *
     * @param factor {@link #FROM_E7} or {@link #FROM_E9}
     * @return 1e-9 units, {@link MarketDataListener#NO_PRICE} for the wire's null, or {@link #UNREADABLE}
     */
    static long scale(final long mantissa, final int factor) {
        if (mantissa <= LARGEST_E7 && mantissa >= -LARGEST_E7) {
            return mantissa * factor;
        }
        // Beyond 9.2e16 lies the null, the same number for both exponents, and nothing that trades.
        return mantissa == NULL ? MarketDataListener.NO_PRICE : UNREADABLE;
    }
}
