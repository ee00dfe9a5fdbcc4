package io.tickbridge.gateway.book;

/** Snapshots of price levels as they come by: which are wanted, and what each does to its book. */
final class LevelSnapshots {
    private final FeedPosition position;
    private final CurrentEvent event;
    private final FeedBooks books;
    private final BookStatuses statuses;
    private final SnapshotRecovery recovery;
    private final BookCounts counts;
    private final BookListener listener;
    /** Whose snapshot is being read, and the last packet that it takes account of. */
    private MarketBook target;
    private long upTo;

    LevelSnapshots(
            final FeedPosition position, final CurrentEvent event, final FeedBooks books, final BookStatuses statuses,
            final SnapshotRecovery recovery, final BookCounts counts, final BookListener listener) {
        this.position = position;
        this.event = event;
        this.books = books;
        this.statuses = statuses;
        this.recovery = recovery;
        this.counts = counts;
        this.listener = listener;
    }

    boolean wants(final long instrument) {
        if (position.sequence == FeedPosition.NO_SEQUENCE) {
            return false;
        }
        final MarketBook book = books.find(instrument);
        return book == null ? !position.anchored : lacksLevels(book) || book.statusDoubtful;
    }

    void begin(final long instrument, final long snapshotSequence, final long reportSequence) {
        final MarketBook book = books.book(instrument);
        target = null;
        if (snapshotSequence - position.sequence > SnapshotRecovery.LONGEST_LEAD) {
            counts.increment(BookCounter.BROKEN_SNAPSHOTS);
            recovery.pass();
            return;
        }
        target = book;
        upTo = snapshotSequence;
        if (lacksLevels(book)) {
            recovery.begin(
                    book, Math.max(position.sequence, position.lostUpTo), position.lostUpTo, snapshotSequence, reportSequence);
        } else {
            // It is whole; only its trading status is in doubt.
            recovery.pass();
        }
    }

    void level(final int side, final int level, final long price, final int quantity, final int orders) {
        recovery.level(side, level, price, quantity, orders);
    }

    void end(final int status, final long time) {
        final MarketBook made = recovery.end();
        final MarketBook book = target;
        target = null;
        if (book == null) {
            return;
        }
        // What the snapshot says of the status holds, whether or not its levels could be used.
        statuses.take(book, status, upTo);
        if (made != null) {
            // It may be ahead of an event that is not complete yet, whose end must not show it as that event's book.
            event.leave(book);
            event.settle(book);
            listener.onBookEvent(book, time);
        } else if (book.touched) {
            book.unsettled = true;
        } else {
            event.settle(book);
        }
    }

    private static boolean lacksLevels(final MarketBook book) {
        return !book.whole || book.suspect;
    }
}
