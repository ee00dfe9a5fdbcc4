package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.protocol.BookState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;

/**
 * How many books of each feed are in which state now. What comes from elsewhere than the books is not among it: a feed's
 * silence, and a journal that has stopped, have figures of their own.
 *
 * <p>Told by the receive thread; counts are read by any. Allocates when an instrument is heard of first, and not otherwise.
 */
final class BookStates extends StatesOnly {
    /** What books can be by themselves. */
    static final Set<BookState> OWN = EnumSet.of(BookState.TRUSTED, BookState.NOT_YET_KNOWN, BookState.SEQUENCE_GAP,
            BookState.CROSSED, BookState.NOT_TRADING, BookState.INVALID_UPDATE);

    private final List<Feed> feeds;

    BookStates(final int feeds) {
        this.feeds = Stream.generate(Feed::new).limit(feeds).toList();
    }

    /** Books of a feed in a state. Any thread. */
    long count(final int feed, final BookState state) {
        return feeds.get(feed).counts.getOpaque(state.ordinal());
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        feeds.get(book.feed()).enter(book.index(), BookState.NOT_YET_KNOWN);
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        feeds.get(book.feed()).enter(book.index(), state);
    }

    private static final class Feed {
        private final AtomicLongArray counts = new AtomicLongArray(BookState.values().length);
        private BookState[] states = new BookState[64];

        private void enter(final int book, final BookState state) {
            if (book >= states.length) {
                states = Arrays.copyOf(states, Math.max(book + 1, states.length * 2));
            }
            add(states[book], -1);
            states[book] = state;
            add(state, 1);
        }

        private void add(final BookState state, final int books) {
            if (state != null) {
                counts.setOpaque(state.ordinal(), counts.getPlain(state.ordinal()) + books);
            }
        }
    }
}
