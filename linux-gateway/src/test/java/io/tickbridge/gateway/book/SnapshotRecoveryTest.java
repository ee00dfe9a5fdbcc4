package io.tickbridge.gateway.book;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Books under losses, healed by snapshots that come late: whatever is lost and whenever snapshots come, no known level is
 * ever wrong, and every book is whole in the end.
 */
class SnapshotRecoveryTest {

    @Property(tries = 400)
    void noKnownLevelIsWrongAndEveryBookIsWholeInTheEnd(@ForAll final long seed) {
        new LossyMarket(seed).run();
    }
}
