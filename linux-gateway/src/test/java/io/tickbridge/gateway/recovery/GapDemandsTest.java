package io.tickbridge.gateway.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapDemandsTest {
    private final RecoveryCounts counts = new RecoveryCounts();
    private final GapDemands demands = new GapDemands(counts);
    private final List<String> taken = new ArrayList<>();

    private boolean take() {
        return demands.take((stream, session, from, to) -> taken.add(stream + "/" + session + " " + from + ".." + to));
    }

    /** A later hole must not make an earlier one look as if nobody waited for it any more. */
    @Test
    void aFurtherHoleDoesNotMoveWhatIsWaitedFor() {
        demands.onNext(5);
        demands.onMissing(1, 2, 5, 6);
        demands.onMissing(1, 2, 9, 9);
        assertEquals(5, demands.next());
        assertTrue(take());
        assertTrue(take());
        assertFalse(take());
        assertEquals(List.of("1/2 5..6", "1/2 9..9"), taken);
        demands.onNext(10);
        assertEquals(10, demands.next());
    }

    @Test
    void whatTheRingCannotHoldIsCountedAndNotAskedFor() {
        while (counts.get(RecoveryCounter.OVERFLOWS) == 0) {
            demands.onMissing(1, 2, 5, 6);
        }
        final long kept = counts.get(RecoveryCounter.HOLES) - 1;
        assertTrue(kept > 1000, () -> "only " + kept);
        while (take()) {
            assertTrue(taken.size() <= kept);
        }
        assertEquals(kept, taken.size());
        demands.onMissing(1, 2, 7, 8);
        assertTrue(take());
        assertEquals("1/2 7..8", taken.get(taken.size() - 1));
        assertEquals(1, counts.get(RecoveryCounter.OVERFLOWS));
    }
}
