package io.tickbridge.gateway.book;

import io.tickbridge.protocol.Venue;
import java.util.Arrays;
import java.util.Map;

/** The books of a feed: found by instrument, made when one is heard of first. */
final class FeedBooks {
    private static final int FIRST_CAPACITY = 64;

    private final Venue venue;
    private final int feed;
    private final Map<Long, InstrumentFacts> facts;
    private final InstrumentFacts others;
    private final FeedPosition position;
    private final CurrentEvent event;
    private final BookCounts counts;
    private final BookListener listener;
    private final HaltedGroups haltedGroups;
    /** Null when the venue's books are not kept order by order. */
    private final BookOrders orders;
    /** Null when single orders are not followed beside price levels. */
    private final OrderBooks orderBooks;

    private final BookTable byInstrument = new BookTable();
    /** In order of first sight: the order of everything that concerns all books. */
    private MarketBook[] books = new MarketBook[FIRST_CAPACITY];
    private int size;
    /** Updates come in runs of one instrument: asked before the table. */
    private MarketBook latest;

    FeedBooks(
            final Venue venue, final int feed, final Map<Long, InstrumentFacts> facts, final InstrumentFacts others,
            final FeedPosition position, final CurrentEvent event, final BookCounts counts, final BookListener listener,
            final HaltedGroups haltedGroups, final BookOrders orders, final OrderBooks orderBooks) {
        this.venue = venue;
        this.feed = feed;
        this.facts = Map.copyOf(facts);
        this.others = others;
        this.position = position;
        this.event = event;
        this.counts = counts;
        this.listener = listener;
        this.haltedGroups = haltedGroups;
        this.orders = orders;
        this.orderBooks = orderBooks;
        event.makeRoom(FIRST_CAPACITY);
    }

    int size() {
        return size;
    }

    /** A book by its place, from 0. */
    MarketBook at(final int index) {
        return books[index];
    }

    /** The book of an instrument, or null when it was not heard of. */
    MarketBook find(final long instrument) {
        return byInstrument.get(instrument);
    }

    /** As {@link #book}, where the one before tells nothing of the next: messages of single orders. */
    MarketBook anyBook(final long instrument) {
        final MarketBook book = byInstrument.get(instrument);
        return book == null ? add(instrument) : book;
    }

    /** The book of an instrument; a new one when it was not heard of. */
    MarketBook book(final long instrument) {
        final MarketBook candidate = latest;
        return candidate != null && candidate.instrument == instrument ? candidate : lookUp(instrument);
    }

    private MarketBook lookUp(final long instrument) {
        final MarketBook book = byInstrument.get(instrument);
        latest = book == null ? add(instrument) : book;
        return latest;
    }

    private MarketBook add(final long instrument) {
        final MarketBook book = new MarketBook(
                instrument, venue, feed, size, facts.getOrDefault(instrument, others),
                orders == null ? null : orders.store());
        if (orders != null) {
            orders.own(book);
        }
        if (orderBooks != null) {
            book.orderBook = orderBooks.open(instrument, position.anchored);
        }
        book.anchored = position.anchored;
        book.whole = position.anchored;
        book.suspect = position.rebuilding;
        book.groupHalted = haltedGroups.include(book);
        byInstrument.add(book);
        if (size == books.length) {
            books = Arrays.copyOf(books, size * 2);
            event.makeRoom(size * 2);
        }
        books[size++] = book;
        counts.increment(BookCounter.INSTRUMENTS);
        listener.onInstrument(book);
        return book;
    }
}
