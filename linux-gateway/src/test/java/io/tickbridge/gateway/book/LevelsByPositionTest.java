package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_CHANGE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_DELETE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_DELETE_FROM;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_DELETE_THRU;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_NEW;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_OVERLAY;
import static io.tickbridge.gateway.feed.MarketDataListener.NO_PRICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelsByPositionTest {
    private final LevelsByPosition side = new LevelsByPosition(10);

    private boolean apply(final int action, final int position, final long price) {
        return side.apply(action, position, price, (int) price * 10, (int) price * 100);
    }

    /** Prices of the positions in use, ? for a level that is not known. */
    private String prices() {
        return Level.all(side).stream().map(level -> level == null ? "?" : Long.toString(level.price()))
                .collect(Collectors.joining(" "));
    }

    private void fill() {
        for (int i = 0; i < 10; i++) {
            apply(ACTION_NEW, i, i + 1);
        }
    }

    @Test
    void newMovesDeeperLevelsDown() {
        apply(ACTION_NEW, 0, 3);
        apply(ACTION_NEW, 0, 1);
        apply(ACTION_NEW, 1, 2);
        assertEquals("1 2 3", prices());
        assertEquals(new Level(2, 20, 200), Level.at(side, 1));
    }

    @Test
    void newAtFullDepthPushesTheLastLevelOut() {
        fill();
        apply(ACTION_NEW, 4, 99);
        assertEquals("1 2 3 4 99 5 6 7 8 9", prices());
        apply(ACTION_NEW, 9, 98);
        assertEquals("1 2 3 4 99 5 6 7 8 98", prices());
    }

    @Test
    void deleteAtFullDepthIsRefilledByNewAtTheLastPosition() {
        fill();
        apply(ACTION_DELETE, 0, 0);
        assertEquals("2 3 4 5 6 7 8 9 10", prices());
        apply(ACTION_NEW, 9, 11);
        assertEquals("2 3 4 5 6 7 8 9 10 11", prices());
    }

    @Test
    void changeOfAnUnknownSideKnowsThatPositionAlone() {
        apply(ACTION_CHANGE, 4, 5);
        assertEquals("? ? ? ? 5", prices());
        assertFalse(side.isKnown(3));
        assertTrue(side.isKnown(4));
        assertFalse(side.isKnown(5));
    }

    @Test
    void overlayIsAChange() {
        apply(ACTION_NEW, 0, 1);
        apply(ACTION_OVERLAY, 0, 2);
        apply(ACTION_OVERLAY, 1, 3);
        assertEquals("2 3", prices());
    }

    @Test
    void unknownLevelsMoveAsPlaceholders() {
        apply(ACTION_CHANGE, 4, 5);
        apply(ACTION_DELETE, 2, 0);
        assertEquals("? ? ? 5", prices());
        apply(ACTION_NEW, 1, 9);
        assertEquals("? 9 ? ? 5", prices());
        apply(ACTION_DELETE, 0, 0);
        assertEquals("9 ? ? 5", prices());
    }

    @Test
    void unknownPlaceholdersPushKnownLevelsOut() {
        apply(ACTION_CHANGE, 9, 10);
        apply(ACTION_NEW, 0, 1);
        assertEquals("1", prices());
    }

    @Test
    void deletingTheDeepestKnownLevelEndsTheSideThere() {
        apply(ACTION_CHANGE, 0, 1);
        apply(ACTION_CHANGE, 3, 4);
        apply(ACTION_DELETE, 3, 0);
        assertEquals("1", prices());
        apply(ACTION_DELETE, 7, 0);
        assertEquals("1", prices());
    }

    @ParameterizedTest
    @CsvSource({ACTION_DELETE_THRU + ",0", ACTION_DELETE_THRU + ",3", ACTION_DELETE_FROM + ",0",
        ACTION_DELETE_FROM + ",3", ACTION_DELETE_FROM + ",9"})
    void massDeletesLeaveNothingKnown(final int action, final int position) {
        fill();
        assertTrue(apply(action, position, 0));
        assertEquals(0, side.depth());
        assertFalse(side.isKnown(0));
    }

    @Test
    void aDeeperPositionThanExpectedRaisesTheDepth() {
        final LevelsByPosition implied = new LevelsByPosition(2);
        implied.apply(ACTION_NEW, 0, 1, 1, 1);
        implied.apply(ACTION_NEW, 1, 2, 1, 1);
        implied.apply(ACTION_NEW, 0, 0, 1, 1);
        assertEquals(2, implied.depth());
        assertTrue(implied.apply(ACTION_CHANGE, 4, 5, 1, 1));
        assertEquals(5, implied.depth());
        implied.apply(ACTION_NEW, 0, -1, 1, 1);
        assertEquals(3, implied.depth(), "the fifth is pushed out, and two that are not known go before it");
        assertEquals(1, implied.price(2));
    }

    @Test
    void theDeepestPositionThatCanBeStored() {
        assertTrue(apply(ACTION_CHANGE, 63, 64));
        assertEquals(64, side.depth());
        assertTrue(apply(ACTION_CHANGE, 0, 1));
        assertTrue(apply(ACTION_DELETE, 5, 0));
        assertEquals(63, side.depth());
        assertEquals(64, side.price(62));
        assertTrue(apply(ACTION_NEW, 62, 7));
        assertTrue(apply(ACTION_NEW, 0, 8));
        assertEquals(64, side.depth());
        assertEquals(7, side.price(63));
        assertEquals(1, side.price(1));
    }

    @ParameterizedTest
    @CsvSource({"0,64", "1,254", "2,-1", "6,0", "-1,0", "255,3"})
    void whatCannotBeAppliedChangesNothing(final int action, final int position) {
        fill();
        assertFalse(apply(action, position, 77));
        assertEquals("1 2 3 4 5 6 7 8 9 10", prices());
    }

    @Test
    void aLevelWithoutPriceIsNoLevel() {
        fill();
        assertFalse(apply(ACTION_NEW, 0, NO_PRICE));
        assertFalse(apply(ACTION_CHANGE, 0, NO_PRICE));
        assertFalse(apply(ACTION_OVERLAY, 0, NO_PRICE));
        assertEquals("1 2 3 4 5 6 7 8 9 10", prices());
        assertTrue(apply(ACTION_DELETE, 0, NO_PRICE));
        assertEquals("2 3 4 5 6 7 8 9 10", prices());
    }

    @Test
    void aLevelOfNothingIsRefusedAndChangesNothing() {
        assertTrue(side.apply(ACTION_NEW, 0, 10, 1, 1));
        for (final int quantity : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertFalse(side.apply(ACTION_NEW, 0, 11, quantity, 1));
            assertFalse(side.apply(ACTION_CHANGE, 0, 11, quantity, 1));
            assertFalse(side.apply(ACTION_OVERLAY, 0, 11, quantity, 1));
        }
        assertEquals(new Level(10, 1, 1), Level.at(side, 0));
        assertTrue(side.apply(ACTION_DELETE, 0, 11, 0, 1), "a deletion has no quantity");
    }

    @Test
    void extremeContentIsKept() {
        side.apply(ACTION_NEW, 0, Long.MIN_VALUE + 1, Integer.MAX_VALUE, Integer.MIN_VALUE);
        side.apply(ACTION_NEW, 1, Long.MAX_VALUE, 1, -1);
        assertEquals(new Level(Long.MIN_VALUE + 1, Integer.MAX_VALUE, Integer.MIN_VALUE), Level.at(side, 0));
        assertEquals(new Level(Long.MAX_VALUE, 1, -1), Level.at(side, 1));
    }

    @Test
    void orderIsJudgedOnKnownNeighboursOnly() {
        apply(ACTION_CHANGE, 0, 5);
        apply(ACTION_CHANGE, 2, 9);
        assertTrue(side.isOrdered(true), "the level between them is not known");
        apply(ACTION_CHANGE, 1, 4);
        assertFalse(side.isOrdered(true));
        assertFalse(side.isOrdered(false));
        apply(ACTION_CHANGE, 2, 3);
        assertTrue(side.isOrdered(true));
        apply(ACTION_CHANGE, 1, 5);
        assertFalse(side.isOrdered(true), "equal prices cannot be two levels");
    }
}
