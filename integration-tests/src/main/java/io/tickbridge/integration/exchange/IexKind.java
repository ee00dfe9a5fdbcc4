package io.tickbridge.integration.exchange;

/** What an IEX feed tells of the market; the number is its Message Protocol ID on IEX-TP. */
enum IexKind {
    /** Best bid and offer, TOPS 1.6. */
    TOPS(0x8003),
    /** Price levels, DEEP 1.0. */
    DEEP(0x8004),
    /** Orders, DEEP+ 1.0. */
    DEEP_PLUS(0x8005);

    private final int protocol;

    IexKind(final int protocol) {
        this.protocol = protocol;
    }

    int protocol() {
        return protocol;
    }
}
