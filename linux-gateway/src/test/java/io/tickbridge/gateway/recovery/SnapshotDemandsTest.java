package io.tickbridge.gateway.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.SnapshotFault;
import org.junit.jupiter.api.Test;

/** What the receive thread says reaches the asking thread, and an overdue snapshot is asked for once, not broken off. */
class SnapshotDemandsTest {
    private final SnapshotDemands demands = new SnapshotDemands(new SnapshotCounts());

    @Test
    void whatIsOverdueIsAskedForAgainWhenItWasBelievedToBeDelivered() {
        demands.onSnapshotWanted(1, 2);
        assertTrue(demands.refresh());
        demands.onSnapshotOverdue();
        assertFalse(demands.refresh(), "one that is on its way is not broken off");
        demands.done();
        assertFalse(demands.refresh());
        assertFalse(demands.isWanted());
        demands.onSnapshotOverdue();
        assertFalse(demands.refresh());
        assertTrue(demands.isWanted());
        assertEquals(1, demands.stream());
        assertEquals(2, demands.session());
    }

    @Test
    void nobodyIsAskedForWhatWasGivenUpUntilItIsWantedAnew() {
        demands.onSnapshotWanted(1, 2);
        demands.refresh();
        demands.giveUp();
        demands.onSnapshotOverdue();
        demands.refresh();
        assertFalse(demands.isWanted());
        demands.onSnapshotWanted(1, 2);
        demands.refresh();
        assertTrue(demands.isWanted());
    }

    @Test
    void whatIsSettledIsNotOverdue() {
        demands.onSnapshotWanted(1, 2);
        demands.onSnapshotSettled();
        demands.onSnapshotOverdue();
        assertTrue(demands.refresh());
        assertFalse(demands.isWanted());
    }

    @Test
    void whyOneWasOfNoUseIsSaidOnce() {
        assertNull(demands.takeFault());
        demands.onSnapshotUnusable(SnapshotFault.OTHER_TIME);
        demands.onSnapshotWanted(1, 2);
        demands.refresh();
        assertEquals(SnapshotFault.OTHER_TIME, demands.takeFault());
        assertNull(demands.takeFault());
    }
}
