package io.tickbridge.gateway.book;

/** What the books of a feed count, in the order in which it is shown. */
public enum BookCounter {
    /** Instruments heard of. */
    INSTRUMENTS("instruments"),
    /** Definitions of instruments, new or changed. */
    DEFINITIONS("definitions"),
    /** Complete events that touched at least one book. */
    EVENTS("events"),
    /** Level and quote updates taken. */
    LEVEL_UPDATES("level updates"),
    /** Trades. */
    TRADES("trades"),
    /** Trades that the exchange took back. */
    TRADE_BREAKS("trade breaks"),
    /** Updates that could not be applied; the book forgot its levels. */
    INVALID_UPDATES("invalid updates"),
    /** Removals of a price at which nothing stood; harmless. */
    ABSENT_REMOVALS("absent removals"),
    /** Updates whose report sequence had been seen before; ignored, and the book put in doubt. */
    REPEATED_UPDATES("repeated updates"),
    /** Updates of books by price or by order whose beginning was not seen; ignored. */
    UNANCHORED_UPDATES("unanchored updates"),
    /** Breaks in an instrument's own report sequence, forwards or back; its book forgot its levels. */
    REPORT_SEQUENCE_GAPS("report sequence gaps"),
    /** Books trusted again after lost packets because their report sequence ran on without a break. */
    HEALED("healed by report sequence"),
    /** Books made whole by a snapshot. */
    SNAPSHOTS("snapshots applied"),
    /** Snapshots that lay further back than the updates kept since; the next one is waited for. */
    OLD_SNAPSHOTS("snapshots too old"),
    /** Snapshots that contradict themselves, or the updates that follow; not applied. */
    BROKEN_SNAPSHOTS("broken snapshots"),
    /** Updates that a snapshot had taken account of before they came; passed over. */
    KNOWN_UPDATES("updates known from snapshots"),
    /** Updates kept for a snapshot that had to leave because the buffer was full. */
    RECOVERY_OVERFLOWS("recovery overflows"),
    /** Updates of single orders, where they come beside price levels. */
    ORDER_UPDATES("order updates"),
    /** Updates of single orders that contradict their book; it is not known before the next snapshot. */
    INVALID_ORDERS("invalid order updates"),
    /** Books of single orders made whole by a snapshot. */
    ORDER_SNAPSHOTS("order snapshots applied"),
    /** Resets of one book or of all. */
    RESETS("resets"),
    /** Times that memory for single orders was not there before it was needed: the receive thread took it itself. */
    LATE_MEMORY("late memory");

    private final String label;

    BookCounter(final String label) {
        this.label = label;
    }

    /**
     * Name for people.
     *
     * @return lower case words
     */
    public String label() {
        return label;
    }
}
