package io.tickbridge.gateway.book;

import io.tickbridge.protocol.BookState;
import java.util.Arrays;

/** The event that is being told of: which books it has touched, and what is announced of them when it is complete. */
final class CurrentEvent {
    private final BookCounts counts;
    private final BookListener listener;
    /** In order of first touch; there is room for every book, so that it never overflows. */
    private MarketBook[] touched = new MarketBook[0];
    private int touchedCount;
    private long levelUpdates;
    private long time;

    CurrentEvent(final BookCounts counts, final BookListener listener) {
        this.counts = counts;
        this.listener = listener;
    }

    /** There may be this many books from now on. */
    void makeRoom(final int books) {
        touched = Arrays.copyOf(touched, books);
    }

    /** Exchange time of the last event that was complete. */
    long time() {
        return time;
    }

    /** What is announced from now on happened at this time. */
    void at(final long exchangeTime) {
        time = exchangeTime;
    }

    /** A level, or an order, was updated. */
    void countUpdate() {
        levelUpdates++;
    }

    void touch(final MarketBook book) {
        book.unsettled = true;
        touchOrders(book);
    }

    /** Orders of the book were told of: its state can only be another one when levels have come or gone, which is said then. */
    void touchOrders(final MarketBook book) {
        if (!book.touched) {
            book.touched = true;
            touched[touchedCount++] = book;
        }
    }

    /** The event has not touched this book after all. */
    void leave(final MarketBook book) {
        if (book.touched) {
            book.touched = false;
            int at = 0;
            while (touched[at] != book) {
                at++;
            }
            touchedCount--;
            System.arraycopy(touched, at + 1, touched, at, touchedCount - at);
        }
    }

    /** Announces a book's state when it is another one now. */
    void settle(final MarketBook book) {
        book.unsettled = false;
        final BookState state = book.assess();
        if (state != book.state) {
            book.state = state;
            counts.entered(state);
            listener.onStateChange(book, state, time);
        }
    }

    /** The event is complete. */
    void end(final long exchangeTime) {
        time = exchangeTime;
        if (touchedCount == 0) {
            return;
        }
        // One book first, since nearly every event is of one.
        announce(touched[0], exchangeTime);
        for (int i = 1; i < touchedCount; i++) {
            announce(touched[i], exchangeTime);
        }
        touchedCount = 0;
        counts.increment(BookCounter.EVENTS);
        counts.add(BookCounter.LEVEL_UPDATES, levelUpdates);
        levelUpdates = 0;
    }

    private void announce(final MarketBook book, final long exchangeTime) {
        book.touched = false;
        if (book.unsettled) {
            settle(book);
        }
        listener.onBookEvent(book, exchangeTime);
    }
}
