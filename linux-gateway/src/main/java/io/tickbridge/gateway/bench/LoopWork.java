package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.book.BookCounter;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalCounter;

/**
 * What one loop of a capture made the pipeline do. Events of books are left out: the reset before the first loop finds no
 * books to tell of, every later one does.
 *
 * @param packets    each counted once, whichever line brought it first
 * @param duplicates what the other line had brought already
 * @param messages   decoded
 * @param updates    of book levels
 * @param trades     told to the books
 * @param signals    that fired
 */
record LoopWork(long packets, long duplicates, long messages, long updates, long trades, long signals) {

    /** Everything since the pipeline was built. */
    static LoopWork total(final Pipeline pipeline, final int rules) {
        long signals = 0;
        for (int rule = 1; rule <= rules; rule++) {
            signals += pipeline.signalCounts(rule).get(SignalCounter.SIGNALS);
        }
        return new LoopWork(pipeline.feedCounts(0).get(FeedCounter.PACKETS), pipeline.feedCounts(0).get(FeedCounter.DUPLICATES),
                pipeline.feedCounts(0).get(FeedCounter.MESSAGES), pipeline.books(0).counts().get(BookCounter.LEVEL_UPDATES),
                pipeline.books(0).counts().get(BookCounter.TRADES), signals);
    }

    /** What was done since an earlier total. */
    LoopWork since(final LoopWork earlier) {
        return new LoopWork(packets - earlier.packets, duplicates - earlier.duplicates, messages - earlier.messages,
                updates - earlier.updates, trades - earlier.trades, signals - earlier.signals);
    }
}
