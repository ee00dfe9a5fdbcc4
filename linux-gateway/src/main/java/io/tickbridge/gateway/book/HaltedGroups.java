package io.tickbridge.gateway.book;

import org.agrona.collections.Long2LongHashMap;

/**
 * Security groups that the exchange has halted, and since which packet. A snapshot tells the status of one instrument
 * without saying whether it is its own or its group's, so what it says stands against halts of its group before it.
 */
final class HaltedGroups {
    /** Stands for the packets of an earlier count. */
    private static final long LONG_AGO = -1;
    private static final long NOT_HALTED = Long.MIN_VALUE;

    private final Long2LongHashMap since = new Long2LongHashMap(NOT_HALTED);

    void state(final long group, final boolean halted, final long sequence) {
        if (halted) {
            since.put(group, sequence);
        } else {
            since.remove(group);
        }
    }

    /** Packets are counted anew; what is halted stays so. */
    void restart() {
        since.replaceAllLong((group, sequence) -> LONG_AGO);
    }

    /** Whether a book's group is halted, or any group when its own is not known, by what was stated after a snapshot. */
    boolean include(final MarketBook book) {
        final long halted = book.group == MarketBook.NO_GROUP ? since.maxValue() : since.get(book.group);
        return halted != NOT_HALTED && halted > book.tradingUpTo;
    }
}
