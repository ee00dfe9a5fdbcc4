package io.tickbridge.gateway.link;

import io.tickbridge.gateway.config.LinkConfig;

/** What a link takes of the memory outside the heap. */
public final class LinkMemory {
    private static final int BUFFERS_PER_PEER = 2; // one is filled while the other is written, see PeerOutbox

    private LinkMemory() {
    }

    /**
     * What is taken at start, for frames kept for resumption.
     *
     * @param config the link's part of the configuration
     * @return bytes
     */
    public static long retained(final LinkConfig config) {
        return (long) config.retain() * RetainedFrames.SLOT_LENGTH;
    }

    /**
     * What is taken once as many add-ons are connected as may be.
     *
     * @param config the link's part of the configuration
     * @return bytes
     */
    public static long peers(final LinkConfig config) {
        return (long) config.maxPeers() * BUFFERS_PER_PEER * config.peerBuffer();
    }
}
