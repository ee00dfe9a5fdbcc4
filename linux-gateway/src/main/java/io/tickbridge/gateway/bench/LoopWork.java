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

    /** How many figures these are. */
    static final int FIGURES = 6;

    /** Takes down everything since the pipeline was built; makes no object, for it is done while allocation is measured. */
    static void totals(final Pipeline pipeline, final int rules, final long[] into) {
        long signals = 0;
        for (int rule = 1; rule <= rules; rule++) {
            signals += pipeline.signalCounts(rule).get(SignalCounter.SIGNALS);
        }
        into[0] = pipeline.feedCounts(0).get(FeedCounter.PACKETS);
        into[1] = pipeline.feedCounts(0).get(FeedCounter.DUPLICATES);
        into[2] = pipeline.feedCounts(0).get(FeedCounter.MESSAGES);
        into[3] = pipeline.books(0).counts().get(BookCounter.LEVEL_UPDATES);
        into[4] = pipeline.books(0).counts().get(BookCounter.TRADES);
        into[5] = signals;
    }

    /** What was done between two times at which totals were taken down. */
    static LoopWork between(final long[] before, final long[] after) {
        return new LoopWork(after[0] - before[0], after[1] - before[1], after[2] - before[2], after[3] - before[3],
                after[4] - before[4], after[5] - before[5]);
    }
}
