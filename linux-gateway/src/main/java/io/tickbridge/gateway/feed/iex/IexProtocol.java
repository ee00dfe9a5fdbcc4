package io.tickbridge.gateway.feed.iex;

/** The message protocols of IEX that are spoken here, as IEX-TP's header names them. */
public enum IexProtocol {
    /** Best bid and offer and trades: each quote complete in itself (IEX TOPS Specification 1.6). */
    TOPS(0x8003, "SDHOPQTXBAI"),
    /** Every displayed price level (IEX DEEP Specification 1.0). */
    DEEP(0x8004, "SDHOPE85TXBAI"),
    /** Every displayed order (IEX DEEP+ Specification 1.0). */
    DEEP_PLUS(0x8005, "SDHIOPEaMRLTBC");

    private final int id;
    private final int[] minimumLengths = new int[256];

    IexProtocol(final int id, final String types) {
        this.id = id;
        for (final char type : types.toCharArray()) {
            minimumLengths[type] = MessageLayout.length(type);
        }
    }

    /**
     * Message Protocol ID ("Protocol Identification on IEX-TP" in either specification).
     *
     * @return unsigned 16 bits
     */
    public int id() {
        return id;
    }

    /**
     * Shortest message of a type that holds all its fields. Longer ones are a later version's ("Architecture": a
     * message only ever grows at its end).
     *
     * @param type message type, unsigned byte
     * @return bytes, or 0 when this protocol does not know the type
     */
    int minimumLength(final int type) {
        return minimumLengths[type];
    }
}
