package io.tickbridge.gateway.filter;

import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Lets through what configured lines are to receive and counts everything else by reason. Used by the receive
 * thread only, but for {@link #counts}; allocates nothing after construction.
 *
 * <p>Structure comes first, then policy, and the UDP checksum, which costs most, last: a frame with a broken
 * payload for another group counts as {@link DropReason#OTHER_GROUP}.
 */
public final class FrameFilter {
    /** What {@link #accept} returns for a frame that is not let through. */
    public static final int DROPPED = -1;
    /**
     * What {@link #accept} returns for a frame dropped as {@link DropReason#NOT_UDP}, as negative as the other: it may be
     * something that a host has to answer.
     */
    public static final int OTHER_PROTOCOL = -2;

    private final UdpFrame frame;
    private final KeyTable groups;
    private final KeyTable sources;
    private final DropCounts counts = new DropCounts();
    private final OtherGroups others = new OtherGroups();

    /**
     * A filter.
     *
     * @param checksums whether IPv4 and UDP checksums are verified; off only for captures that have wrong ones
     * @param sources   IPv4 addresses that may send, as {@link Ipv4Address#parse} takes them; empty allows all
     * @param groups    what is let through; {@link #accept} returns places in this list
     * @throws IllegalArgumentException when an address cannot be read, or a source or a group is there twice
     */
    public FrameFilter(final boolean checksums, final List<String> sources, final List<UdpGroup> groups) {
        this.frame = new UdpFrame(checksums);
        this.groups = new KeyTable(groups.stream().mapToLong(UdpGroup::key).toArray());
        this.sources = sources.isEmpty() ? null : new KeyTable(
                sources.stream().mapToLong(source -> Integer.toUnsignedLong(Ipv4Address.parse(source))).toArray());
    }

    /**
     * Looks at one frame.
     *
     * @param buffer memory that holds it
     * @param offset where it begins, at the Ethernet header
     * @param length bytes captured
     * @return the place of its group in the list given at construction; then {@link #payloadOffset} and
     *         {@link #payloadLength} tell where the payload lies. {@link #DROPPED} or {@link #OTHER_PROTOCOL} when it is not let through
     */
    public int accept(final DirectBuffer buffer, final int offset, final int length) {
        final DropReason structure = frame.wrap(buffer, offset, length);
        if (structure != null) {
            drop(structure);
            return structure == DropReason.NOT_UDP ? OTHER_PROTOCOL : DROPPED;
        }
        final long key = UdpGroup.key(frame.destinationAddress(), frame.destinationPort());
        final int group = groups.find(key);
        if (group == KeyTable.MISSING) {
            others.add(key);
            return drop(DropReason.OTHER_GROUP);
        }
        if (sources != null && sources.find(Integer.toUnsignedLong(frame.sourceAddress())) == KeyTable.MISSING) {
            return drop(DropReason.OTHER_SOURCE);
        }
        if (!frame.checksumHolds()) {
            return drop(DropReason.BAD_UDP_CHECKSUM);
        }
        counts.accepted();
        return group;
    }

    /**
     * Where the payload of the frame accepted last begins.
     *
     * @return index into the buffer given to {@link #accept}
     */
    public int payloadOffset() {
        return frame.payloadOffset();
    }

    /**
     * Bytes of payload of the frame accepted last.
     *
     * @return 0 to 65507
     */
    public int payloadLength() {
        return frame.payloadLength();
    }

    /**
     * What was let through and dropped so far. Safe to read from any thread.
     *
     * @return the same object for the life of the filter
     */
    public DropCounts counts() {
        return counts;
    }

    /**
     * Where frames were sent to that were dropped as {@link DropReason#OTHER_GROUP}. Safe to read from any thread.
     *
     * @return the same object for the life of the filter
     */
    public OtherGroups otherGroups() {
        return others;
    }

    private int drop(final DropReason reason) {
        counts.dropped(reason);
        return DROPPED;
    }
}
