package io.tickbridge.integration.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.protocol.BookState;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The simulator's true books against the gateway's, event by event. Both sides were written from CME's specification
 * and share no code, so a misreading in one shows against the other.
 */
final class SimulatorBooksTest {
    private static final int SEEDS = 60;
    private static final int EVENTS = 1_500;
    private static final int WINDOW = 256;

    @Test
    void withoutLossEveryLevelIsTheExchanges() {
        forEachSeed(seed -> {
            final BookSnapshots truth = new BookSnapshots();
            final CheckedGateway gateway = new CheckedGateway(0, truth, true);
            final SkewedLines lines = new SkewedLines(gateway, new SplittableRandom(~seed), 0, 0, 0);
            run(new SimulatedSession(seed, truth, lines), lines);
            assertNothingLost(gateway);
        });
    }

    @Test
    void lossOnOneLineAtATimeShowsNowhere() {
        forEachSeed(seed -> {
            final BookSnapshots truth = new BookSnapshots();
            final CheckedGateway gateway = new CheckedGateway(WINDOW, truth, true);
            final SkewedLines lines = new SkewedLines(gateway, new SplittableRandom(~seed), 0.05, 0, 20);
            run(new SimulatedSession(seed, truth, lines), lines);
            assertTrue(lines.lostOnOne() > 0 && gateway.counts().get(FeedCounter.HELD_BACK) > 0, "too tame a run");
            assertNothingLost(gateway);
        });
    }

    @Test
    void afterLossOnBothLinesNothingWrongIsTrustedAndAllIsTrustedAgain() {
        forEachSeed(seed -> {
            final BookSnapshots truth = new BookSnapshots();
            final CheckedGateway gateway = new CheckedGateway(WINDOW, truth, false);
            final SkewedLines lines = new SkewedLines(gateway, new SplittableRandom(~seed), 0.05, 0.01, 20);
            final SimulatedSession session = new SimulatedSession(seed, truth, lines);
            session.open();
            session.trade(EVENTS);
            lines.heal();
            session.trade(EVENTS);
            lines.drain();
            assertTrue(lines.lostOnBoth() > 0, "too tame a run");
            assertEquals(lines.lostOnBoth(), gateway.counts().get(FeedCounter.LOST));
            assertAllTrusted(gateway);
        });
    }

    private static void run(final SimulatedSession session, final SkewedLines lines) {
        session.open();
        session.tradeWithHalts(EVENTS);
        lines.drain();
    }

    private static void assertNothingLost(final CheckedGateway gateway) {
        assertEquals(0, gateway.counts().get(FeedCounter.GAPS));
        assertEquals(0, gateway.counts().get(FeedCounter.MALFORMED));
        assertTrue(gateway.booksChecked() > EVENTS / 2, () -> "only " + gateway.booksChecked() + " books compared");
        assertAllTrusted(gateway);
    }

    private static void assertAllTrusted(final CheckedGateway gateway) {
        for (final Instrument instrument : Simulator.INSTRUMENTS) {
            assertEquals(BookState.TRUSTED, gateway.books().find(instrument.securityId()).state(), instrument.symbol());
        }
        assertTrue(gateway.signals() > 0, "no signal was compared");
    }

    private static void forEachSeed(final LongConsumer run) {
        LongStream.rangeClosed(1, SEEDS).forEach(seed -> {
            try {
                run.accept(seed);
            } catch (final RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        });
    }
}
