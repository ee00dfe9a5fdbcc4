package io.tickbridge.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The counter's rate is taken from the kernel where the counter is constant, and from nowhere else. */
class TscRateTest {
    @Test
    void isHalfOfBogomipsWhereTheCounterIsConstant() {
        assertEquals(2.59612, TscRate.of(List.of("flags\t\t: fpu tsc constant_tsc nopl", "bogomips\t: 5192.24")), 1e-9);
    }

    @Test
    void isNotKnownElsewhere() {
        assertEquals(Double.NaN, TscRate.of(List.of("flags\t\t: fpu tsc nopl", "bogomips\t: 5192.24")));
        assertEquals(Double.NaN, TscRate.of(List.of("Features\t: fp asimd", "BogoMIPS\t: 100.00")));
        assertEquals(Double.NaN, TscRate.of(List.of("flags\t\t: constant_tsc")));
    }
}
