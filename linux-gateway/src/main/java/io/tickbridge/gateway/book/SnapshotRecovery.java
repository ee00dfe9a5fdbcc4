package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;

/**
 * Makes books whole again from the snapshots that the exchange repeats all day (CME Globex MDP 3.0, "Market Recovery").
 *
 * <p>A snapshot names the last update of its instrument that it contains. When that is the last one seen here, or a later
 * one, the snapshot is the book. When it is an earlier one, the updates seen since are applied on top, provided that none is
 * missing between; otherwise the next snapshot is waited for. All this happens on levels of its own: a book keeps what it
 * knew until a snapshot was found sound to its end.
 *
 * <p>One thread; allocates nothing after construction.
 */
final class SnapshotRecovery {
    /**
     * A snapshot that claims to be further ahead than this many packets refers to a count of packets that has ended:
     * no snapshot overtakes several seconds of the busiest channel.
     */
    static final long LONGEST_LEAD = 1 << 17;

    private final BookCounts counts;
    private final PendingLevels pending;
    private final LevelsByPosition[] levels = new LevelsByPosition[MarketDataListener.SIDES];
    /** Whose snapshot is being read; null when it is of no use. */
    private MarketBook book;
    private long sequence;
    private long report;
    private boolean sound;
    /** It takes account of packets that have not been processed here. */
    private boolean ahead;

    SnapshotRecovery(final BookCounts counts, final int capacity) {
        this.counts = counts;
        this.pending = new PendingLevels(capacity);
        for (int side = 0; side < levels.length; side++) {
            levels[side] = new LevelsByPosition(1);
        }
    }

    /** Keeps an update of a book that is not whole; its report sequence is the one expected, or begins a new run. */
    void keep(
            final MarketBook updated, final long reportSequence, final int side, final int action, final int position,
            final long price, final int quantity, final int orders) {
        if (pending.add(updated, reportSequence, side, action, position, price, quantity, orders)) {
            counts.increment(BookCounter.RECOVERY_OVERFLOWS);
        }
    }

    /** The report sequence was broken, or all is known: what was kept is of no use any more. */
    void drop(final MarketBook dropped, final long contiguousFrom) {
        pending.drop(dropped);
        dropped.pending.from = contiguousFrom;
    }

    /**
     * A snapshot begins.
     *
     * @param packet   the packet of the feed that was processed or given up last
     * @param lostUpTo the last packet that was lost, or that came before the first one seen
     */
    void begin(
            final MarketBook target, final long packet, final long lostUpTo, final long snapshotSequence,
            final long snapshotReport) {
        book = target;
        sequence = snapshotSequence;
        report = snapshotReport;
        sound = true;
        ahead = snapshotSequence > packet;
        if (!ahead && isTooOld(target, lostUpTo)) {
            counts.increment(BookCounter.OLD_SNAPSHOTS);
            book = null;
            return;
        }
        for (int side = 0; side < levels.length; side++) {
            levels[side].begin(target.byPosition[side]);
        }
    }

    private boolean isTooOld(final MarketBook target, final long lostUpTo) {
        // Before a reset, updates were counted otherwise than now. Of a book of which nothing was seen since packets were
        // lost, the last update may have been in one of them. And what was seen since must follow without a break.
        return sequence < target.resetSequence
                || (target.suspect || target.nextReport == MarketBook.ANY_REPORT) && sequence < lostUpTo
                || report + 1 < target.nextReport && report + 1 < target.pending.from;
    }

    /** A snapshot begins whose levels are of no use. */
    void pass() {
        book = null;
    }

    void level(final int side, final int position, final long price, final int quantity, final int orders) {
        if (book != null) {
            sound &= levels[side].state(position, price, quantity, orders);
        }
    }

    /**
     * The snapshot is complete.
     *
     * @return the book that it made whole, or null
     */
    MarketBook end() {
        final MarketBook target = book;
        book = null;
        if (target == null) {
            return null;
        }
        for (final LevelsByPosition side : levels) {
            sound &= side.isGapless();
        }
        // A snapshot that is ahead may stand on a count that began after the updates seen here.
        final boolean behind = !ahead && report + 1 < target.nextReport;
        if (!sound || behind && !pending.replay(target, report, levels)) {
            counts.increment(BookCounter.BROKEN_SNAPSHOTS);
            return null;
        }
        target.forget(BookState.NOT_YET_KNOWN);
        for (int side = 0; side < levels.length; side++) {
            target.byPosition[side].take(levels[side]);
        }
        if (!behind) {
            target.nextReport = ahead ? MarketBook.AHEAD_REPORT : report + 1;
        }
        target.snapshotSequence = sequence;
        target.snapshotReport = report;
        target.suspect = false;
        target.whole = true;
        drop(target, Long.MAX_VALUE);
        counts.increment(BookCounter.SNAPSHOTS);
        return target;
    }
}
