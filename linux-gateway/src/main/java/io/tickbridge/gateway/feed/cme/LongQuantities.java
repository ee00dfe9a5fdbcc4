package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * The 64-bit quantities of templates 64 to 69, brought into the 32 bits in which books and signals keep them. One that does
 * not fit is taken as the largest that does, and counted: a level that holds more than two thousand million is deep in any
 * case, and no figure derived from it can wrap around.
 */
final class LongQuantities {
    private static final long NULL = -1; // 18446744073709551615 of an unsigned number

    private final FeedCounts counts;

    LongQuantities(final FeedCounts counts) {
        this.counts = counts;
    }

    /** A quantity, 0 where the wire says null. */
    int read(final WireBytes buffer, final int index) {
        final long quantity = buffer.getLong(index, LITTLE_ENDIAN);
        if (quantity >= 0 && quantity <= Integer.MAX_VALUE) {
            return (int) quantity;
        }
        if (quantity == NULL) {
            return 0;
        }
        counts.increment(FeedCounter.CAPPED_QUANTITIES);
        return Integer.MAX_VALUE;
    }
}
