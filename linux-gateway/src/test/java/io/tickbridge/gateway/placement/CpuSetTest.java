package io.tickbridge.gateway.placement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Sets of CPUs as the kernel writes them. */
class CpuSetTest {
    @Property
    void isReadAsItIsWritten(@ForAll final Set<@IntRange(max = 8191) Integer> cpus) {
        final CpuSet set = CpuSet.of(cpus.stream().mapToInt(Integer::intValue).toArray());
        assertEquals(set, CpuSet.parse(set.toString()));
        assertEquals(cpus.size(), set.size());
        cpus.forEach(cpu -> assertTrue(set.contains(cpu)));
    }

    @Test
    void isWrittenInRanges() {
        assertEquals("0-3,8,10-11", CpuSet.of(8, 0, 1, 2, 3, 11, 10).toString());
        assertEquals("", CpuSet.of().toString());
    }

    @Test
    void whatIsNoListIsEmpty() {
        for (final String text : new String[] {"", "(null)", "a", "1-", "-1", "1,,2"}) {
            assertTrue(CpuSet.parse(text).isEmpty(), text);
        }
    }

    @Test
    void isCalculatedWith() {
        final CpuSet set = CpuSet.parse("0-7");
        assertEquals(CpuSet.parse("0-2,4-7"), set.minus(CpuSet.of(3, 9)));
        assertEquals(CpuSet.of(3), set.and(CpuSet.of(3, 9)));
        assertEquals(CpuSet.parse("0-7,9"), set.or(CpuSet.of(3, 9)));
    }

    @Test
    void isAMaskOfLittleEndianBits() {
        assertArrayEquals(new byte[] {(byte) 0x81, 0x02}, CpuSet.of(0, 7, 9).mask(2));
    }
}
