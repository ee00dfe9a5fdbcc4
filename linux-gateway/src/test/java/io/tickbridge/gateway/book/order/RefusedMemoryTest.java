package io.tickbridge.gateway.book.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * The system has no memory when a structure asks for it the first time, and has some before it is needed. The receive thread
 * must not have to take it itself.
 */
class RefusedMemoryTest {
    /** 3/4 of the 5,120 orders that a table holds before it grows. */
    private static final int TABLE_ASKS = 3840;
    private static final int TABLE_GROWS = 5120;
    private static final int POOL_GROWS = 4096;
    private static final int POOL_ASKS = 3072;
    private static final int LIMIT = 1 << 20;

    private boolean refuses;
    private int refusals;

    /** As the memory thread does. */
    private void look(final MemoryThread.Client client) {
        try {
            client.fulfil();
        } catch (final OutOfMemoryError e) {
            refusals++;
            client.abandon();
        }
    }

    @Test
    void aTableAsksAgain() {
        final SpareMemory spare = new SpareMemory(bytes -> {
            if (refuses) {
                throw new OutOfMemoryError();
            }
            return new MemoryBlock(bytes);
        });
        final OrderTable table = new OrderTable(new RecordPool(LIMIT), LIMIT, spare);
        refuses = true;
        fill(table, 1, TABLE_ASKS + 1);
        look(spare);
        assertEquals(1, refusals, "it asked, and was refused");
        fill(table, TABLE_ASKS + 2, TABLE_ASKS + TABLE_GROWS / 32);
        look(spare);
        assertEquals(1, refusals, "not with each order");
        fill(table, TABLE_ASKS + TABLE_GROWS / 32 + 1, TABLE_ASKS + TABLE_GROWS / 32 + 1);
        look(spare);
        assertEquals(2, refusals, "1/32 later it asked again");
        refuses = false;
        fill(table, TABLE_ASKS + TABLE_GROWS / 32 + 2, TABLE_GROWS);
        look(spare);
        fill(table, TABLE_GROWS + 1, TABLE_GROWS * 6 / 5);
        assertEquals(0, table.late(), "and what it needed was there");
    }

    private static void fill(final OrderTable table, final int from, final int to) {
        for (int order = from; order <= to; order++) {
            assertTrue(table.add(order, order));
        }
    }

    @Test
    void aPoolAsksAgain() {
        final GrowingMemoryTest.Kernel kernel = new GrowingMemoryTest.Kernel();
        final GrowingMemory memory = new GrowingMemory(RecordPool.first(), RecordPool.most(LIMIT), kernel);
        final RecordPool pool = new RecordPool(LIMIT, memory);
        for (int round = 1; round <= 2; round++) { // the second after a clear
            refusals = 0;
            kernel.refuses = true;
            take(pool, 1, POOL_ASKS);
            look(memory);
            assertEquals(1, refusals, "it asked, and was refused");
            take(pool, POOL_ASKS + 1, POOL_ASKS + POOL_GROWS / 32 - 1);
            look(memory);
            assertEquals(1, refusals, "not with each record");
            take(pool, POOL_ASKS + POOL_GROWS / 32, POOL_ASKS + POOL_GROWS / 32);
            look(memory);
            assertEquals(2, refusals, "1/32 later it asked again");
            pool.clear();
        }
        kernel.refuses = false;
        take(pool, 1, POOL_GROWS - 1);
        look(memory);
        take(pool, POOL_GROWS, POOL_GROWS);
        assertEquals(0, pool.late(), "and what it needed was there");
        // Refused to the last: whoever needs it is told.
        kernel.refuses = true;
        take(pool, POOL_GROWS + 1, POOL_GROWS * 2 - 1);
        assertThrows(OutOfMemoryError.class, pool::take);
        kernel.refuses = false;
        take(pool, POOL_GROWS * 2, POOL_GROWS * 2);
        assertEquals(2, pool.late());
    }

    private static void take(final RecordPool pool, final int from, final int to) {
        for (int record = from; record <= to; record++) {
            assertEquals(record, pool.take());
        }
    }
}
