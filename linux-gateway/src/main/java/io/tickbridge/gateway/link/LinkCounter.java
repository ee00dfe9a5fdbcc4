package io.tickbridge.gateway.link;

/** What the link counts, in the order in which it is shown. */
public enum LinkCounter {
    /** Connections accepted by the system. */
    CONNECTIONS("connections"),
    /** Add-ons that proved the key. */
    LOGONS("logons"),
    /** Logons turned away because every place was taken. */
    REJECTED_TOO_MANY_PEERS("rejected: too many peers"),
    /** Logons whose proof did not fit the key. */
    REJECTED_AUTHENTICATION("rejected: authentication failed"),
    /** Logons with a version that this gateway does not speak. */
    REJECTED_VERSION("rejected: version not supported"),
    /** Connections that sent no Logon in time. */
    REJECTED_TIMEOUT("rejected: logon timeout"),
    /** Connections closed before logon because too many newer ones waited to log on too. */
    DISPLACED("displaced before logon"),
    /** Connections that ended by themselves before logon. */
    LEFT_BEFORE_LOGON("left before logon"),
    /** Frames that break the framing rules; each ended its connection. */
    MALFORMED_FRAMES("malformed frames"),
    /** Messages that no add-on sends, or not then; each ended its connection. */
    UNEXPECTED_MESSAGES("unexpected messages"),
    /** Messages of an unknown type, skipped by their length. */
    UNKNOWN_MESSAGES("unknown messages"),
    /** Peers cut off because nothing came from them. */
    SILENT_PEERS("silent peers"),
    /** Peers cut off because too much waited for them. */
    SLOW_PEERS("slow peers"),
    /** Connections that ended with an error, of the operating system or in what was made of them. */
    CONNECTION_ERRORS("connection errors"),
    /** Signals numbered, whether or not anybody was connected. */
    SIGNALS("signals"),
    /** Changes of instrument state numbered. */
    STATES("states"),
    /** Sequenced frames written to peers as they came. */
    SENT_LIVE("sequenced frames sent live"),
    /** Sequenced frames written to peers that had missed them. */
    SENT_RESUMED("sequenced frames resumed"),
    /** Signals that a resuming peer did not get because they were too old. */
    EXPIRED("sequenced frames expired"),
    /** Sequenced frames that a resuming peer did not get because they are no longer kept. */
    NOT_RETAINED("sequenced frames not retained"),
    /** Sequenced frames discarded when a slow peer was cut off; it may resume them. */
    DISCARDED("sequenced frames discarded"),
    /** Quotes written to peers. */
    QUOTES("quotes sent"),
    /** Quotes that a later one replaced before a peer could take them. */
    QUOTES_CONFLATED("quotes conflated"),
    /** Trades written to peers. */
    TRADES("trades sent"),
    /** Trades that a peer could not take. */
    TRADES_SKIPPED("trades skipped"),
    /** Clock probes answered. */
    CLOCK_PROBES("clock probes"),
    /** Reports of add-ons taken and handed to the journal. */
    REPORTS("reports"),
    /** Reports that had been taken before; they came again after a reconnect. */
    REPORTS_DUPLICATE("reports duplicate"),
    /** Reports that an add-on numbered and never sent. */
    REPORTS_MISSING("reports missing"),
    /** Reports refused because the add-on may only view. */
    REPORTS_NOT_PERMITTED("reports not permitted"),
    /** Reports that no journal keeps. */
    REPORTS_NOT_JOURNALLED("reports not journalled"),
    /** Reports for which the way into the journal was full; each ended its connection, and comes again. */
    REPORTS_TURNED_AWAY("reports turned away"),
    /** Connections closed at once because too many came in a second. */
    REFUSED_RATE("refused: too many a second"),
    /** Connections closed at once because their address has too many. */
    REFUSED_ADDRESS("refused: too many from one address"),
    /** Peers logged out because they sent too many frames in a second. */
    TOO_MANY_FRAMES("peers that sent too many frames"),
    /** Logons of a name that is unknown, revoked, or not its certificate's. */
    REJECTED_NAME("rejected: not permitted"),
    /** Peers logged out because a frame of theirs was not sealed by them, or not as the next one. */
    BROKEN_SEALS("peers with a broken seal"),
    /** Peers logged out because what they logged on with was taken back or has expired. */
    NO_LONGER_PERMITTED("peers no longer permitted"),
    /** Connections whose TLS handshake failed. */
    TLS_FAILURES("tls handshakes failed");

    private final String label;

    LinkCounter(final String label) {
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
