package io.tickbridge.gateway.book;

import io.tickbridge.gateway.book.order.OrderStore;
import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;

/** One instrument's book and the reasons to trust it or not. Changed by {@link MarketBooks} alone. */
final class MarketBook extends BookHead implements InstrumentBook {
    /** No update of this instrument was seen since start or reset: the next one may bear any number. */
    static final long ANY_REPORT = Long.MIN_VALUE;
    /** Before every packet, and before {@link HaltedGroups} of an earlier count. */
    private static final long NEVER = -2;
    /** A snapshot made it what it will be after packets to come: which update is next, is known when they have gone by. */
    static final long AHEAD_REPORT = ANY_REPORT + 1;
    /** Stands for a security group that is not known. */
    static final long NO_GROUP = 0;

    /** The sides of a book by price, or null. */
    final LevelsByPrice[] byPrice;
    /** Its single orders beside its levels by position, or null. */
    OrderBook orderBook;
    /** Security group, as {@link InstrumentKey#ofGroup}, or {@link #NO_GROUP}. */
    long group;
    /** Quotes tell of it, each complete in itself. */
    boolean quoted;
    /** Updates that a snapshot can be followed by, by report sequence: without a break in it they were seen from there on. */
    final PendingChain pending = new PendingChain(Long.MAX_VALUE);
    /** Last packet that the snapshot took account of on which the book stands; negative without one. */
    long snapshotSequence = -1;
    /** Packet that emptied it last; negative when none has. Report sequences of snapshots before it mean nothing. */
    long resetSequence = -1;
    /** Last update of this instrument that the snapshot took account of. */
    long snapshotReport;
    /** Packet that stated the trading status; negative when none has. */
    long statusSequence = -1;
    /** Its trading status may have changed in packets that were lost, or was never heard of. */
    boolean statusDoubtful = true;
    /** Last packet of which a snapshot has told that it trades; negative when none has. */
    long tradingUpTo = NEVER;
    /** What is known of its trading status, a snapshot said: whether of the instrument or of its group, it does not say. */
    boolean statusFromSnapshot;

    private final Venue venue;
    private final int feed;
    private final int index;
    /** Name that the configuration gives it, or null. */
    private final String configuredSymbol;
    private String symbol;
    private long tickSize;
    private final BookLevels[] sides;
    /** Why there is no best bid or offer, as long as that is so. */
    private BookState absence = BookState.NOT_YET_KNOWN;

    /**
     * A book of which nothing is known.
     *
     * @param orders where its orders are kept; null when its feed tells of none
     */
    MarketBook(final long instrument, final Venue venue, final int feed, final int index, final InstrumentFacts facts,
            final OrderStore orders) {
        this(instrument, venue, feed, index, facts, BookSides.of(venue, facts.marketDepth(), orders));
    }

    private MarketBook(final long instrument, final Venue venue, final int feed, final int index, final InstrumentFacts facts,
            final BookSides sides) {
        super(instrument, sides.byPosition(), sides.byOrder(), sides.all()[MarketDataListener.BID],
                sides.all()[MarketDataListener.ASK]);
        this.venue = venue;
        this.feed = feed;
        this.index = index;
        this.sides = sides.all();
        byPrice = sides.byPrice();
        configuredSymbol = facts.symbol();
        symbol = configuredSymbol == null ? InstrumentKey.text(venue, instrument) : configuredSymbol;
        tickSize = facts.tickSize();
        group = facts.group() == null ? NO_GROUP : InstrumentKey.ofGroup(facts.group());
        isDepthGuessed = byPosition != null && facts.marketDepth() <= 0;
    }

    /** What the exchange says of the instrument goes before what was configured, but for its name. */
    void define(final InstrumentDefinition definition) {
        if (configuredSymbol == null && !definition.symbol().isEmpty()) {
            symbol = definition.symbol();
        }
        tickSize = definition.tickSize();
        group = definition.group().isEmpty() ? NO_GROUP : InstrumentKey.ofGroup(definition.group());
        maintain(MarketDataListener.BID, MarketDataListener.ASK, definition.depth());
        isDepthGuessed &= definition.depth() <= 0;
        maintain(MarketDataListener.IMPLIED_BID, MarketDataListener.IMPLIED_ASK, definition.impliedDepth());
        if (definition.deleted()) {
            forget(BookState.NOT_YET_KNOWN);
            tradingStatus = MarketDataListener.STATUS_NOT_TRADING;
        }
    }

    private void maintain(final int one, final int other, final int levels) {
        // A definition without a number of levels leaves what was learnt.
        if (byPosition != null && levels > 0) {
            byPosition[one].maintain(Math.min(levels, LevelsByPosition.MAX_POSITIONS));
            byPosition[other].maintain(Math.min(levels, LevelsByPosition.MAX_POSITIONS));
        }
    }

    /** Nothing of the book is known any more, for this reason. */
    void forget(final BookState reason) {
        whole = false;
        unsettled = true;
        for (final BookLevels levels : sides) {
            levels.clear();
        }
        absence = reason;
    }

    /** Known to be empty, whatever was lost before this packet. */
    void reset(final long sequence) {
        forget(BookState.NOT_YET_KNOWN);
        if (byOrder != null) {
            byOrder[MarketDataListener.BID].reset();
            byOrder[MarketDataListener.ASK].reset();
        }
        resetSequence = sequence;
        suspect = false;
        anchored = true;
        whole = true;
        snapshotSequence = -1;
        // The reset counts in the report sequence too, but does not say its number.
        nextReport = ANY_REPORT;
    }

    /** Neither its levels nor its place in the report sequence are sure any more: it is learnt like a new one. */
    void unlearn() {
        forget(BookState.SEQUENCE_GAP);
        suspect = false;
        anchored = false;
        nextReport = ANY_REPORT;
        pending.from = Long.MAX_VALUE;
        snapshotSequence = -1;
        resetSequence = -1;
        statusSequence = -1;
        statusDoubtful = true;
        tradingUpTo = NEVER;
    }

    /** Whether levels may be missing that nothing was lost of, because the exchange's depth was not known. */
    boolean isShortened() {
        return byPosition != null
                && (byPosition[MarketDataListener.BID].isShortened() || byPosition[MarketDataListener.ASK].isShortened());
    }

    /** Whether an update that made no sense is why it has no top. */
    boolean isSpoilt() {
        return absence == BookState.INVALID_UPDATE;
    }

    /** Whether anything of it is known. */
    boolean hasLevels() {
        return (bid.known | ask.known | sides[MarketDataListener.IMPLIED_BID].known
                | sides[MarketDataListener.IMPLIED_ASK].known) != 0;
    }

    /** The state that follows from all that is known now. The order of the reasons is the package's. */
    BookState assess() {
        if (tradingStatus == MarketDataListener.STATUS_NOT_TRADING || groupHalted) {
            return BookState.NOT_TRADING;
        }
        final boolean top = hasTop();
        if (top && bid.price(0) >= ask.price(0)) {
            return BookState.CROSSED;
        }
        if (suspect) {
            return BookState.SEQUENCE_GAP;
        }
        if (!top) {
            return absence;
        }
        // Relearnt: a side that empties from now on is no longer the old loss's doing.
        absence = BookState.NOT_YET_KNOWN;
        return bid.isOrdered(true) && ask.isOrdered(false) ? BookState.TRUSTED : BookState.INVALID_UPDATE;
    }

    @Override
    public long instrument() {
        return instrument;
    }

    @Override
    public Venue venue() {
        return venue;
    }

    @Override
    public int feed() {
        return feed;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public String symbol() {
        return symbol;
    }

    @Override
    public long tickSize() {
        return tickSize;
    }

    @Override
    public BookState state() {
        return state;
    }

    @Override
    public BookSide side(final int side) {
        // The two that everybody asks for lie with the rest of what an update looks at.
        return side == MarketDataListener.BID ? bid : side == MarketDataListener.ASK ? ask : sides[side];
    }

    @Override
    public OrderedSide orders(final int side) {
        if (side > MarketDataListener.ASK) {
            return null;
        }
        return orderBook == null ? byOrder == null ? null : byOrder[side] : orderBook.sides[side];
    }

    @Override
    public boolean knowsOrders() {
        return orderBook == null ? byOrder != null && anchored : orderBook.whole;
    }

    @Override
    public boolean hasTop() {
        return (bid.known & ask.known & 1) != 0;
    }

    @Override
    public String toString() {
        return venue + " " + symbol + " " + state;
    }
}
