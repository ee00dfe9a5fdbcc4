package io.tickbridge.gateway.book;

import io.tickbridge.protocol.BookState;

/** What resets, losses and restarts of a feed do to its books. */
final class FeedBreaks {
    private final FeedPosition position;
    private final CurrentEvent event;
    private final FeedBooks books;
    private final BookStatuses statuses;
    private final SnapshotRecovery recovery;
    private final BookCounts counts;
    private final BookListener listener;
    /** Null when the venue's books are not kept order by order. */
    private final BookOrders orders;
    /** Null when single orders are not followed beside price levels. */
    private final OrderBooks orderBooks;

    FeedBreaks(
            final FeedPosition position, final CurrentEvent event, final FeedBooks books, final BookStatuses statuses,
            final SnapshotRecovery recovery, final BookCounts counts, final BookListener listener, final BookOrders orders,
            final OrderBooks orderBooks) {
        this.position = position;
        this.event = event;
        this.books = books;
        this.statuses = statuses;
        this.recovery = recovery;
        this.counts = counts;
        this.listener = listener;
        this.orders = orders;
        this.orderBooks = orderBooks;
    }

    /** One book is known to be empty. */
    void reset(final MarketBook book) {
        counts.increment(BookCounter.RESETS);
        empty(book);
    }

    /** All books are known to be empty. */
    void resetAll() {
        emptyAll(false);
    }

    /** All books are made anew from the beginning, and none may be relied upon before that is done. */
    void startRebuild() {
        emptyAll(true);
    }

    private void emptyAll(final boolean rebuilding) {
        counts.increment(BookCounter.RESETS);
        position.rebuilding = rebuilding;
        position.anchored = true;
        position.gapped = false;
        if (orders != null) {
            orders.store().clear();
        }
        for (int i = 0; i < books.size(); i++) {
            empty(books.at(i));
        }
    }

    /** All books are made. */
    void endRebuild(final long exchangeTime) {
        position.rebuilding = false;
        event.at(exchangeTime);
        for (int i = 0; i < books.size(); i++) {
            books.at(i).suspect = false;
            event.settle(books.at(i));
            listener.onBookEvent(books.at(i), exchangeTime);
        }
    }

    /** Packets up to this one were lost. */
    void lose(final long toSequence) {
        position.rebuilding = false;
        position.lostUpTo = toSequence;
        position.anchored = false;
        position.gapped = true;
        for (int i = 0; i < books.size(); i++) {
            final MarketBook book = books.at(i);
            // What a snapshot took account of before it was lost here is not lost.
            book.suspect |= toSequence > book.snapshotSequence;
            book.statusDoubtful |= toSequence > book.statusSequence;
            book.anchored = false;
            if (book.orderBook != null) {
                orderBooks.onGap(book.orderBook, toSequence);
            }
            if (book.byPosition == null && !book.quoted && book.hasLevels()) {
                // Nothing but a reset can show what of it is still true.
                book.forget(BookState.SEQUENCE_GAP);
                event.touch(book);
            }
            event.settle(book);
        }
    }

    /** The sender counts anew, and nothing that was learnt before is sure. */
    void restart() {
        position.sequence = FeedPosition.NO_SEQUENCE;
        statuses.restart();
        position.anchored = false;
        position.gapped = true;
        for (int i = 0; i < books.size(); i++) {
            final MarketBook book = books.at(i);
            if (book.hasLevels()) {
                event.touch(book);
            }
            book.unlearn();
            recovery.drop(book, Long.MAX_VALUE);
            if (book.orderBook != null) {
                orderBooks.onRestart(book.orderBook);
            }
            event.settle(book);
        }
        if (orderBooks != null) {
            orderBooks.forgetParts();
        }
    }

    private void empty(final MarketBook book) {
        if (book.orderBook != null) {
            orderBooks.reset(book.orderBook, position.sequence);
        }
        if (position.sequence != FeedPosition.NO_SEQUENCE && position.sequence <= book.snapshotSequence) {
            return; // it stands on a snapshot that was taken after the reset
        }
        if (book.hasLevels()) {
            event.touch(book);
        }
        book.reset(position.sequence);
        // Before its state is looked at: a book that was in doubt goes on so, and nobody need be told of it anew.
        book.suspect = position.rebuilding;
        recovery.drop(book, Long.MAX_VALUE);
        event.settle(book);
    }
}
