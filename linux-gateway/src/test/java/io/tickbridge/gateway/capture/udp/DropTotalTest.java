package io.tickbridge.gateway.capture.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A count of 32 bits that wraps round, carried on in 64. */
class DropTotalTest {
    @Test
    void goesOnWhereTheKernelsCounterWrapsRound() {
        final DropTotal total = new DropTotal();
        assertEquals(0, total.asked(0));
        assertEquals(0xffff_fff0L, total.asked(0xffff_fff0));
        assertEquals(0xffff_fff0L, total.asked(0xffff_fff0));
        assertEquals(0x1_0000_0003L, total.asked(3));
        total.tell(5);
        assertEquals(0x1_0000_0005L, total.told());
        assertEquals(0x1_0000_0005L, total.told());
    }
}
