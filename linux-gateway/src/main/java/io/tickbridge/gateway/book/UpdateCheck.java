package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;

/** Whether an update may be applied to its book, and what becomes of the book when not. */
final class UpdateCheck {
    private final FeedPosition position;
    private final CurrentEvent event;
    private final BookCounts counts;
    private final SnapshotRecovery recovery;

    UpdateCheck(
            final FeedPosition position, final CurrentEvent event, final BookCounts counts, final SnapshotRecovery recovery) {
        this.position = position;
        this.event = event;
        this.counts = counts;
        this.recovery = recovery;
    }

    /** Whether a book's beginning was seen, so that an update can be applied to it. */
    boolean isAnchored(final MarketBook book) {
        if (!book.anchored) {
            counts.increment(BookCounter.UNANCHORED_UPDATES);
            if (position.gapped) {
                book.forget(BookState.SEQUENCE_GAP);
            }
        }
        return book.anchored;
    }

    /** Checks an update's place in its instrument's report sequence; false when it is to be ignored. */
    boolean isNext(final MarketBook book, final long reportSequence) {
        if (book.nextReport == reportSequence && !book.suspect) {
            book.nextReport = reportSequence + 1;
            return true;
        }
        return isNextAfterAll(book, reportSequence);
    }

    /** The same for an update that changes no level. What it tells of the report sequence may change whether the book is trusted. */
    void passOther(final MarketBook book, final long reportSequence) {
        if (book.nextReport == reportSequence && !book.suspect) {
            book.nextReport = reportSequence + 1;
        } else if (isNextAfterAll(book, reportSequence)) {
            event.touch(book);
        }
    }

    private boolean isNextAfterAll(final MarketBook book, final long reportSequence) {
        if (reportSequence == MarketDataListener.NO_REPORT_SEQUENCE) {
            return true;
        }
        if (book.nextReport == MarketBook.AHEAD_REPORT) {
            // Whatever its number: updates may have been counted anew between this one and the snapshot.
            if (position.sequence <= book.snapshotSequence) {
                counts.increment(BookCounter.KNOWN_UPDATES);
                return false;
            }
            book.nextReport = book.snapshotReport + 1;
            if (book.nextReport == reportSequence && !book.suspect) {
                book.nextReport = reportSequence + 1;
                return true;
            }
        }
        if (reportSequence < book.nextReport && !book.suspect) {
            // After arbitration nothing comes twice. Should it, the next update is in turn and clears the suspicion.
            counts.increment(BookCounter.REPEATED_UPDATES);
            book.suspect = true;
            event.touch(book);
            return false;
        }
        // A number below the expected one on a book that is in doubt already: the exchange counts anew without having
        // said so, and to wait for the old number would be to trust, once it is reached, what stood there long ago.
        if (reportSequence == book.nextReport) {
            counts.increment(BookCounter.HEALED);
        } else if (book.suspect || book.nextReport != MarketBook.ANY_REPORT) {
            counts.increment(BookCounter.REPORT_SEQUENCE_GAPS);
            book.forget(BookState.SEQUENCE_GAP);
            recovery.drop(book, reportSequence);
        } else {
            // The first update seen of it.
            recovery.drop(book, reportSequence);
        }
        book.suspect = false;
        book.nextReport = reportSequence + 1;
        return true;
    }

    /** An update could not be applied. */
    void invalid(final MarketBook book) {
        counts.increment(BookCounter.INVALID_UPDATES);
        book.forget(BookState.INVALID_UPDATE);
        recovery.drop(book, book.nextReport);
    }
}
