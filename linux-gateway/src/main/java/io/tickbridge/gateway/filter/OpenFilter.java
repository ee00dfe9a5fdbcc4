package io.tickbridge.gateway.filter;

import org.agrona.DirectBuffer;

/**
 * Lets any whole IPv4/UDP datagram through, for commands that look into a capture without a configuration. Drops
 * are counted by reason as in {@link FrameFilter}. One thread uses it, but for {@link #counts}.
 */
public final class OpenFilter {
    private final UdpFrame frame;
    private final DropCounts counts = new DropCounts();

    /**
     * A filter.
     *
     * @param checksums whether IPv4 and UDP checksums are verified
     */
    public OpenFilter(final boolean checksums) {
        this.frame = new UdpFrame(checksums);
    }

    /**
     * Looks at one frame.
     *
     * @param buffer memory that holds it
     * @param offset where it begins, at the Ethernet header
     * @param length bytes captured
     * @return whether it is let through; then {@link #frame} shows its addresses and payload
     */
    public boolean accept(final DirectBuffer buffer, final int offset, final int length) {
        DropReason reason = frame.wrap(buffer, offset, length);
        if (reason == null && !frame.checksumHolds()) {
            reason = DropReason.BAD_UDP_CHECKSUM;
        }
        if (reason != null) {
            counts.dropped(reason);
            return false;
        }
        counts.accepted();
        return true;
    }

    /**
     * The frame accepted last.
     *
     * @return the same flyweight every time
     */
    public UdpFrame frame() {
        return frame;
    }

    /**
     * What was let through and dropped so far. Safe to read from any thread.
     *
     * @return the same object for the life of the filter
     */
    public DropCounts counts() {
        return counts;
    }
}
