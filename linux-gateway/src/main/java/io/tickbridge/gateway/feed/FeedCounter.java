package io.tickbridge.gateway.feed;

/** What a feed counts, in the order in which it is shown. */
public enum FeedCounter {
    /** Datagrams taken from all lines. */
    DATAGRAMS("datagrams"),
    /** Packets processed, each once whatever the number of lines. */
    PACKETS("packets"),
    /** Datagrams that another line had delivered before. */
    DUPLICATES("duplicates"),
    /** Packets that came early and were held until their turn. */
    HELD_BACK("held back"),
    /** Sequence gaps on all lines together. */
    GAPS("gaps"),
    /** Packets, or for IEX messages, that no line delivered. */
    LOST("lost"),
    /** Messages decoded. */
    MESSAGES("messages"),
    /** Messages of a type or template that the decoder does not know; skipped by their length. */
    UNKNOWN_MESSAGES("unknown messages"),
    /** Datagrams or messages that make no sense; a message is skipped alone where its own size can be trusted. */
    MALFORMED("malformed"),
    /** Restarts of the sequence, or resets of the channel, that the exchange announced. */
    RESETS("resets"),
    /** Heartbeats. */
    HEARTBEATS("heartbeats"),
    /** Events of one book that the exchange left unfinished, and that were taken as complete after a while. */
    OVERDUE_EVENTS("overdue events"),
    /** Definitions and snapshots that came by on the feeds that repeat them, used or not. */
    REPEATED_MESSAGES("repeated messages"),
    /** Quantities beyond 32 bits, taken as the largest that fits. */
    CAPPED_QUANTITIES("capped quantities"),
    /** Messages that name an instrument which the exchange has not introduced to us; passed over. */
    UNKNOWN_INSTRUMENTS("unknown instruments"),
    /** Snapshots from a server with which all books were made whole. */
    REBUILDS("rebuilds"),
    /** Snapshots from a server that did not fit what the lines delivered, or broke off, or made no sense. */
    UNUSABLE_SNAPSHOTS("unusable snapshots"),
    /** Times that more arrived during a snapshot than could be kept until its end. */
    SNAPSHOT_OVERFLOWS("snapshot overflows");

    private final String label;

    FeedCounter(final String label) {
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
