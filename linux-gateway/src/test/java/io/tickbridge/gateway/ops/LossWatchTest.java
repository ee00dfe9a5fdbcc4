package io.tickbridge.gateway.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Losses are told at once and not again before ten seconds have passed. */
class LossWatchTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String BEGIN = "lost or dropped since the last report (in all): ";

    private final List<String> log = new ArrayList<>();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    @Test
    void saysWhichRoseAndByHowMuch() {
        final LossWatch watch = new LossWatch(log::add);
        watch.add("feed.cme.gaps", gaps::get);
        watch.add("source.dropped", dropped::get);
        watch.look(0);
        assertEquals(List.of(), log);
        gaps.set(2);
        watch.look(SECOND);
        assertEquals(List.of(BEGIN + "feed.cme.gaps +2 (2)"), log);
        gaps.set(5);
        dropped.set(7);
        watch.look(11 * SECOND - 1);
        assertEquals(1, log.size());
        watch.look(11 * SECOND);
        assertEquals(BEGIN + "feed.cme.gaps +3 (5), source.dropped +7 (7)", log.get(1));
        watch.look(30 * SECOND);
        assertEquals(2, log.size());
        dropped.set(8);
        watch.look(31 * SECOND);
        assertEquals(BEGIN + "source.dropped +1 (8)", log.get(2));
    }

    @Test
    void saysAtTheEndWhatItHasNotSaidYet() {
        final LossWatch watch = new LossWatch(log::add);
        watch.add("signals.withheld", gaps::get);
        gaps.set(1);
        watch.look(0);
        gaps.set(4);
        watch.look(1);
        assertEquals(1, log.size());
        watch.end();
        assertEquals(BEGIN + "signals.withheld +3 (4)", log.get(1));
        watch.end();
        assertEquals(2, log.size());
    }
}
