package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.feed.MarketDataListener;

/** What is known of each book's trading status, from the feed, from snapshots, and from what is said of its group. */
final class BookStatuses {
    private final FeedPosition position;
    private final CurrentEvent event;
    private final HaltedGroups haltedGroups;
    private final FeedBooks books;

    BookStatuses(
            final FeedPosition position, final CurrentEvent event, final HaltedGroups haltedGroups, final FeedBooks books) {
        this.position = position;
        this.event = event;
        this.haltedGroups = haltedGroups;
        this.books = books;
    }

    /** The exchange states an instrument's own status. */
    void state(final MarketBook book, final int status) {
        if (position.sequence < book.statusSequence) {
            // A snapshot from further on has told of it: the book is ahead of this event, and no news of it.
            return;
        }
        event.touch(book);
        book.tradingStatus = status;
        book.statusSequence = position.sequence;
        book.statusFromSnapshot = false;
        // It says nothing of the group, and trades although that is halted by all that is known.
        book.statusDoubtful |= book.groupHalted && status == MarketDataListener.STATUS_TRADING;
    }

    /** The exchange states the status of a whole group. */
    void stateGroup(final long group, final int status) {
        haltedGroups.state(group, status != MarketDataListener.STATUS_TRADING, position.sequence);
        for (int i = 0; i < books.size(); i++) {
            final MarketBook book = books.at(i);
            if (position.sequence >= book.statusSequence && (book.group == group || book.group == MarketBook.NO_GROUP)) {
                book.groupHalted = haltedGroups.include(book);
                book.statusSequence = position.sequence;
                // The halt that a snapshot told of may have been the group's, and over now; or another group's.
                book.statusDoubtful |= book.statusFromSnapshot && book.tradingStatus == MarketDataListener.STATUS_NOT_TRADING
                        || book.groupHalted
                                && (status == MarketDataListener.STATUS_TRADING || book.group == MarketBook.NO_GROUP);
            }
            if (book.touched) {
                book.unsettled = true;
            } else {
                event.settle(book);
            }
        }
    }

    /** What a snapshot that takes account of packets up to this one says of the status. */
    void take(final MarketBook book, final int status, final long upTo) {
        // A status that was stated after the snapshot was taken is newer than the snapshot's.
        if (status == MarketDataListener.STATUS_UNKNOWN || upTo < book.statusSequence) {
            return;
        }
        book.tradingStatus = status;
        book.statusSequence = upTo;
        book.statusFromSnapshot = true;
        book.tradingUpTo = status == MarketDataListener.STATUS_TRADING ? upTo : book.tradingUpTo;
        book.groupHalted = haltedGroups.include(book);
        book.statusDoubtful &= upTo < position.lostUpTo;
    }

    /** The exchange defines an instrument, which may put it into another group. */
    void define(final MarketBook book, final InstrumentDefinition definition) {
        final long group = book.group;
        book.define(definition);
        if (book.group != group) {
            book.groupHalted = haltedGroups.include(book);
            // What was heard of its group may be old: a snapshot tells.
            book.statusDoubtful |= book.groupHalted;
        }
        if (book.touched) {
            book.unsettled = true;
        } else {
            event.settle(book);
        }
    }

    /** The count of packets has ended. */
    void restart() {
        haltedGroups.restart();
    }
}
