package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What outputs are told of a feed's silence, and that they are told before anything else happens. */
class SilenceTest {
    private static final long LIMIT = 1_000_000_000;
    private static final int LINES = 2;

    private final List<String> told = new ArrayList<>();
    private final SilenceWatch cme = watch("cme", 0);
    private final SilenceWatch iex = watch("iex", 1);
    private final SilenceEnd end = new SilenceEnd(
            (buffer, offset, length, receiveTime, group) -> told.add("recorded " + group), Arrays.asList(cme, cme, iex, null));

    private SilenceWatch watch(final String name, final int feed) {
        final SilenceWatch watch = new SilenceWatch(name, feed, LIMIT, new Output());
        watch.onInstrument(new Book(0, 5, BookState.TRUSTED));
        watch.onInstrument(new Book(0, 6, BookState.SEQUENCE_GAP));
        watch.onInstrument(new Book(1, 9, BookState.TRUSTED));
        return watch;
    }

    private void frame(final long time, final int group) {
        end.onFrame(new UnsafeBuffer(new byte[64]), 0, 64, time, group);
        told.add("processed " + group);
    }

    @Test
    void theFirstFrameAfterASilenceIsProcessedAfterTheBooksOwnStatesWereTold() {
        cme.look(1, 100);
        cme.look(1, 100 + LIMIT);
        assertEquals(List.of(), told);
        cme.look(1, 101 + LIMIT);
        assertEquals(List.of("5 STALE", "6 STALE"), told);
        assertEquals(1, cme.state());
        told.clear();
        frame(102 + LIMIT, LINES - 1);
        assertEquals(List.of("recorded 1", "5 TRUSTED", "6 SEQUENCE_GAP", "processed 1"), told);
        assertEquals(0, cme.state());
    }

    @Test
    void tellsOnceAndOnlyOfTheFeedThatSpeaks() {
        cme.look(1, 100);
        iex.look(1, 100);
        cme.look(1, 200 + LIMIT);
        iex.look(1, 200 + LIMIT);
        told.clear();
        frame(300 + LIMIT, LINES);
        frame(301 + LIMIT, LINES);
        assertEquals(List.of("recorded 2", "9 TRUSTED", "processed 2", "recorded 2", "processed 2"), told);
        assertEquals(1, cme.state());
        assertEquals(0, iex.state());
    }

    @Test
    void aSecondSilenceIsCountedFromTheFrameThatEndedTheFirst() {
        cme.look(1, 100);
        cme.look(1, 101 + LIMIT);
        frame(500 + LIMIT, 0);
        told.clear();
        cme.look(2, 600 + LIMIT);
        cme.look(2, 600 + 2 * LIMIT);
        assertEquals(List.of(), told);
        cme.look(2, 601 + 2 * LIMIT);
        assertEquals(List.of("5 STALE", "6 STALE"), told);
    }

    @Test
    void whatIsStatedOverAndOverEndsNoSilence() {
        cme.look(1, 100);
        cme.look(1, 101 + LIMIT);
        told.clear();
        frame(200 + LIMIT, LINES + 1);
        assertEquals(List.of("recorded 3", "processed 3"), told);
        assertEquals(1, cme.state());
    }

    @Test
    void aBookThatASnapshotMakesWholeDuringASilenceIsStaleLikeTheOthers() {
        final Book healed = new Book(0, 6, BookState.TRUSTED);
        cme.onStateChange(healed, BookState.TRUSTED, 50);
        cme.look(1, 100);
        cme.look(1, 101 + LIMIT);
        told.clear();
        cme.onStateChange(healed, BookState.TRUSTED, 200 + LIMIT);
        cme.onStateChange(new Book(1, 9, BookState.TRUSTED), BookState.TRUSTED, 200 + LIMIT);
        assertEquals(List.of("6 STALE"), told);
        frame(300 + LIMIT, 0);
        cme.onStateChange(healed, BookState.TRUSTED, 300 + LIMIT);
        assertEquals(List.of("6 STALE", "recorded 0", "5 TRUSTED", "6 SEQUENCE_GAP", "processed 0"), told);
    }

    @Test
    void aFeedThatNeverSpokeIsNotSilent() {
        cme.look(0, 100);
        cme.look(0, 100 + 100 * LIMIT);
        assertEquals(List.of(), told);
    }

    private final class Output implements BookListener {
        @Override
        public void onInstrument(final InstrumentBook book) {
            told.add("instrument");
        }

        @Override
        public void onTrade(
                final InstrumentBook book, final long exchangeTime, final long price, final int quantity, final int aggressor) {
            told.add("trade");
        }

        @Override
        public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
            told.add(book.instrument() + " " + state);
        }

        @Override
        public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
            told.add("event");
        }
    }

    private record Book(int feed, long instrument, BookState state) implements InstrumentBook {
        @Override
        public Venue venue() {
            return Venue.CME;
        }

        @Override
        public int index() {
            return 0;
        }

        @Override
        public String symbol() {
            return "";
        }

        @Override
        public long tickSize() {
            return 0;
        }

        @Override
        public BookSide side(final int side) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasTop() {
            return false;
        }
    }
}
