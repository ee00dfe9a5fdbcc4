package io.tickbridge.gateway.config;

import java.nio.file.Path;

/**
 * The link to add-ons.
 *
 * @param enabled          whether it listens at all
 * @param listen           address to listen on
 * @param port             TCP port; 0 lets the system choose
 * @param transport        which Netty transport
 * @param keyFile          file with the pre-shared key, at least 32 bytes of hexadecimal text (64 digits)
 * @param heartbeat        ns between heartbeats; a peer silent for three of them is cut off
 * @param logonTimeout     ns a new connection has to log on
 * @param signalTimeToLive ns after receipt in which a signal may still be delivered on resumption
 * @param retain           sequenced frames kept for resumption, a power of two
 * @param maxPeers         add-ons logged on at once
 * @param peerBuffer       bytes that may wait for one slow peer before it is cut off
 * @param quotes           whether quotes are sent
 * @param trades           whether trades are sent
 * @param security         how it is protected
 * @param limits           what it puts up with
 * @param market           who sends what is received from the network
 */
public record LinkConfig(
        boolean enabled,
        String listen,
        int port,
        Transport transport,
        Path keyFile,
        long heartbeat,
        long logonTimeout,
        long signalTimeToLive,
        int retain,
        int maxPeers,
        int peerBuffer,
        boolean quotes,
        boolean trades,
        LinkSecurity security,
        LinkLimits limits,
        Market market) {

    /** Who sends what is received from the network. A capture file is a recording, whatever is configured. */
    public enum Market {
        /** The exchange. */
        LIVE,
        /** A simulator, or something that sends a recording: nothing of it is for a live account. */
        SIMULATED
    }

    /**
     * With the exchange as sender.
     *
     * @param enabled          whether it listens at all
     * @param listen           address to listen on
     * @param port             TCP port; 0 lets the system choose
     * @param transport        which Netty transport
     * @param keyFile          file with the pre-shared key
     * @param heartbeat        ns between heartbeats
     * @param logonTimeout     ns a new connection has to log on
     * @param signalTimeToLive ns after receipt in which a signal may still be delivered on resumption
     * @param retain           sequenced frames kept for resumption, a power of two
     * @param maxPeers         add-ons logged on at once
     * @param peerBuffer       bytes that may wait for one slow peer before it is cut off
     * @param quotes           whether quotes are sent
     * @param trades           whether trades are sent
     * @param security         how it is protected
     * @param limits           what it puts up with
     */
    public LinkConfig(
            final boolean enabled, final String listen, final int port, final Transport transport, final Path keyFile,
            final long heartbeat, final long logonTimeout, final long signalTimeToLive, final int retain, final int maxPeers,
            final int peerBuffer, final boolean quotes, final boolean trades, final LinkSecurity security, final LinkLimits limits) {
        this(enabled, listen, port, transport, keyFile, heartbeat, logonTimeout, signalTimeToLive, retain, maxPeers, peerBuffer,
                quotes, trades, security, limits, Market.LIVE);
    }

    /**
     * Silence after which a peer is cut off.
     *
     * @return ns
     */
    public long silenceLimit() {
        return limits.silence() == 0 ? 3 * heartbeat : limits.silence();
    }
}
