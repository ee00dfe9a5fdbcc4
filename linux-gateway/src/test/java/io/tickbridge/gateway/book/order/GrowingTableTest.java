package io.tickbridge.gateway.book.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A table that goes over into a larger one between two looks at the same order. */
class GrowingTableTest {
    /** 5/8 of the 8,192 homes that a table begins with: the next order begins the move. */
    private static final int FULL = 5120;
    /** As the table spreads references: which go over first. */
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    @Test
    void anOrderThatWasFoundBeforeItMovedIsRemovedWhereItIs() {
        final OrderStore store = new OrderStore(1 << 16);
        final int bids = store.newSide(true).number();
        for (long reference = 1; reference <= FULL + 1; reference++) {
            assertTrue(store.add(bids, reference, 1_000, 10, 0));
        }
        final long first = LongStream.rangeClosed(1, FULL).boxed()
                .min(Comparator.comparingLong(reference -> reference * SPREAD >>> 1 & Long.MAX_VALUE)).orElseThrow();
        final int record = store.find(first);
        assertTrue(store.add(bids, FULL + 2, 1_000, 10, 0));
        // Not looked for again, as when a book is emptied order by order.
        store.remove(record);
        assertEquals(OrderStore.NONE, store.find(first));
        assertTrue(store.add(bids, first, 1_000, 10, 0), "there is no such order");
        assertEquals(FULL + 2, store.size());
        assertEquals(record, store.find(first));
    }
}
