package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.journal.JournalRecorder;
import io.tickbridge.protocol.BookState;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Puts into the journal how far feeds could be trusted: packets given up as lost, books that became suspect, and why, and
 * books that were well again. Costs something only when that changes.
 *
 * <p>Receive thread only.
 */
final class FeedHealthWatch extends StatesOnly {
    /** Where there is no link. */
    static final BookListener NOBODY = new StatesOnly() { };

    private final JournalRecorder recorder;
    private final EpochNanoClock clock;
    private final List<FeedCounts> feeds = new ArrayList<>();
    private long[] gaps = new long[0];
    private long[] lost = new long[0];

    FeedHealthWatch(final JournalRecorder recorder, final EpochNanoClock clock) {
        this.recorder = recorder;
        this.clock = clock;
    }

    /** Feeds in the order of the configuration, once they are built. */
    void watch(final List<FeedCounts> counts) {
        feeds.addAll(counts);
        gaps = new long[feeds.size()];
        lost = new long[feeds.size()];
    }

    /** After a burst. */
    void look() {
        for (int feed = 0; feed < gaps.length; feed++) {
            final long gapsNow = feeds.get(feed).get(FeedCounter.GAPS);
            final long lostNow = feeds.get(feed).get(FeedCounter.LOST);
            if (gapsNow != gaps[feed] || lostNow != lost[feed]) {
                recorder.onFeedGap(feed, gapsNow - gaps[feed], lostNow - lost[feed], clock.nanoTime());
                gaps[feed] = gapsNow;
                lost[feed] = lostNow;
            }
        }
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        recorder.onBookState(book.feed(), book.instrument(), state.value(), exchangeTime, clock.nanoTime());
    }

    /** Tells somebody else of states too, which come from elsewhere than the books: a feed that has gone silent. */
    BookListener besides(final BookListener other) {
        return new StatesOnly() {
            @Override
            public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
                other.onStateChange(book, state, exchangeTime);
                FeedHealthWatch.this.onStateChange(book, state, exchangeTime);
            }
        };
    }
}
