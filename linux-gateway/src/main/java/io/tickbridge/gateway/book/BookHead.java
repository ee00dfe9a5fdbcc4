package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;

/**
 * What every update of a book looks at. Apart, since a JVM lays a superclass's fields out before all others: so these lie
 * together, in the 64 bytes of one cache line's worth, and not scattered over all that is kept of an instrument.
 */
abstract class BookHead {
    final long instrument;
    /** Report sequence that the next update must bear. */
    long nextReport = MarketBook.ANY_REPORT;
    /** Last stated status of this instrument. */
    int tradingStatus = MarketDataListener.STATUS_UNKNOWN;
    /** Number of its bids among the sides of a store of orders; that of its offers is the next. */
    int firstSide;
    /** In the list of books that the current event touched. */
    boolean touched;
    /** Something has changed from which its state follows. */
    boolean unsettled;
    /** Packets were lost, and nothing has shown yet that none of this instrument was among them. */
    boolean suspect;
    /** For a book by price or by order: every update since it was known to be empty was seen. */
    boolean anchored;
    /** Every level of it is known: from a reset or a snapshot on, every update was seen. */
    boolean whole;
    /** Its group, or where that is not known any group of the feed, is halted. */
    boolean groupHalted;
    /** Neither the exchange nor the configuration has said how many levels there are. */
    boolean isDepthGuessed;
    /** State after the last assessment that was announced. */
    BookState state = BookState.NOT_YET_KNOWN;
    /** The sides of a book by position, or null. */
    final LevelsByPosition[] byPosition;
    /** Bids and offers of a book by order, or null. */
    final LevelsByOrder[] byOrder;
    /** Bids of the base book. */
    final BookLevels bid;
    /** Offers of the base book. */
    final BookLevels ask;

    BookHead(
            final long instrument, final LevelsByPosition[] byPosition, final LevelsByOrder[] byOrder, final BookLevels bid,
            final BookLevels ask) {
        this.instrument = instrument;
        this.byPosition = byPosition;
        this.byOrder = byOrder;
        this.bid = bid;
        this.ask = ask;
    }
}
