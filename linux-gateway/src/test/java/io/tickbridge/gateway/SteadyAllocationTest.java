package io.tickbridge.gateway;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** That the check fails where it must. */
class SteadyAllocationTest {
    private volatile Object kept;
    private int rounds;

    @Test
    void findsCodeThatAllocatesInTwoRoundsOfThree() {
        assertThrows(AssertionError.class, () -> SteadyAllocation.assertNoneIn(() -> {
            if (rounds++ % 3 != 0) {
                kept = new Object();
            }
        }));
    }

    @Test
    void takesARoundOrTwoOfTheVirtualMachinesOwn() {
        assertDoesNotThrow(() -> SteadyAllocation.assertNoneIn(() -> {
            if (rounds++ % 5 == 0) {
                kept = new Object();
            }
        }));
    }
}
