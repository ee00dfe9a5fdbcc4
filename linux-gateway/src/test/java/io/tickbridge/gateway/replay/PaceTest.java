package io.tickbridge.gateway.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How fast, and which part of, a journal is replayed. */
class PaceTest {

    @Test
    void recordedPaceTimesAFactor() {
        final AtomicLong now = new AtomicLong(1_000);
        final Pace twice = Pace.recorded(2, now::get);
        assertTrue(twice.isDue(5_000_000), "the first at once");
        assertFalse(twice.isDue(5_000_100));
        now.set(1_049);
        assertFalse(twice.isDue(5_000_100));
        now.set(1_050);
        assertTrue(twice.isDue(5_000_100));
        assertTrue(twice.isDue(4_999_000), "a time that goes back waits for nothing");
        twice.begin();
        assertTrue(twice.isDue(9_000_000), "another run begins at once");
        assertFalse(twice.isDue(9_000_001));
    }

    @Test
    void stepByStep() {
        final ArrayDeque<String> lines = new ArrayDeque<>();
        final StringBuilder shown = new StringBuilder();
        final Pace step = Pace.stepwise(lines::poll, shown::append);
        assertFalse(step.isDue(0));
        lines.add("");
        assertTrue(step.isDue(0));
        assertFalse(step.isDue(0));
        lines.add("2");
        assertTrue(step.isDue(0));
        assertTrue(step.isDue(0));
        assertFalse(step.isDue(0));
        lines.add("s");
        assertTrue(step.isDue(0));
        assertTrue(step.isDue(0));
        step.onFrame(0x10, 1_795_357_800_500_000_000L, 1, 90);
        step.onSignal("rule 1");
        assertFalse(step.isDue(0));
        assertFalse(step.isEnded());
        lines.add("q");
        assertFalse(step.isDue(0));
        assertTrue(step.isEnded());
        assertEquals(Pace.PROMPT + Pace.PROMPT + Pace.PROMPT + "frame 0x10 2026-11-22T14:30:00.500Z line 1, 90 bytes\n  signal rule 1\n"
                + Pace.PROMPT, shown.toString());
    }

    @Test
    void rangesByTimeAndByIndex() {
        final RecordRange range = RecordRange.parse("2026-11-22T14:30:00.5Z", "0x10");
        assertEquals(1_795_357_800_500_000_000L, range.fromTime());
        assertTrue(range.contains(0x10, range.fromTime()));
        assertFalse(range.contains(0x11, range.fromTime()));
        assertFalse(range.contains(0x10, range.fromTime() - 1));
        assertTrue(RecordRange.parse(null, null).contains(Long.MAX_VALUE - 1, 0));
        for (final String[] backward : new String[][] {{"0x11", "0x10"}, {"2026-11-22T14:30:00Z", "2026-11-22T14:29:59Z"}}) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> RecordRange.parse(backward[0], backward[1])).getMessage()
                    .endsWith(": nothing lies between"));
        }
        for (final String bad : new String[] {"0xzz", "yesterday", "14:30"}) {
            final String message = assertThrows(IllegalArgumentException.class, () -> RecordRange.parse(bad, null)).getMessage();
            assertTrue(message.startsWith("found " + bad + ", allowed: a journal index such as 0x"), message);
        }
    }
}
