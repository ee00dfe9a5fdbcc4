package io.tickbridge.gateway.export;

import io.tickbridge.gateway.feed.MarketDataListener;
import java.math.BigInteger;

/** The price between bid and offer that lies nearer to the side with less behind it. */
final class Microprice {
    private Microprice() {
    }

    /**
     * (bid x ask quantity + ask x bid quantity) / (bid quantity + ask quantity), rounded half away from zero.
     *
     * @return 1e-9 units; the feed's "no price" where no quantity stands on either side
     */
    static long of(final long bid, final int bidQuantity, final long ask, final int askQuantity) {
        final long total = (long) bidQuantity + askQuantity;
        if (bidQuantity < 0 || askQuantity < 0 || total == 0) {
            return MarketDataListener.NO_PRICE;
        }
        final BigInteger sum = BigInteger.valueOf(bid).multiply(BigInteger.valueOf(askQuantity))
                .add(BigInteger.valueOf(ask).multiply(BigInteger.valueOf(bidQuantity)));
        final BigInteger half = sum.abs().shiftLeft(1).add(BigInteger.valueOf(total)).divide(BigInteger.valueOf(total).shiftLeft(1));
        // Between bid and offer, so it fits again.
        return sum.signum() * half.longValueExact();
    }
}
