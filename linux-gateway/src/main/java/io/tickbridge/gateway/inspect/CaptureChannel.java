package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.filter.Ipv4Address;
import io.tickbridge.gateway.filter.UdpGroup;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** One channel found in a capture: its lines, in the order in which they were first seen. */
public final class CaptureChannel {
    private final int number;
    private final List<Long> groups = new ArrayList<>();
    private boolean changes;
    private boolean states;

    CaptureChannel(final int number) {
        this.number = number;
    }

    /**
     * Its place among the file's channels.
     *
     * @return from 0, in order of first sight
     */
    public int number() {
        return number;
    }

    /**
     * Where its lines are sent to.
     *
     * @return in order of first sight
     */
    public List<UdpGroup> lines() {
        return groups.stream()
                .map(key -> UdpGroup.of(Ipv4Address.format((int) (key >>> Short.SIZE)), (int) (key & 0xffff)))
                .toList();
    }

    /** Whether no second line has shown so far. */
    boolean hasOneLine() {
        return groups.size() == 1;
    }

    /**
     * Whether a datagram of this channel is repeated all day: it is once one stated what is, until one tells of a change.
     *
     * @param feed   what the capture holds
     * @param buffer holds the datagram
     * @param offset where it begins
     * @param length its bytes
     * @return false once the channel is known to tell of changes
     */
    boolean isRepeated(final InspectedFeed feed, final DirectBuffer buffer, final int offset, final int length) {
        final InspectedFeed.Content content = feed.content(buffer, offset, length);
        changes |= content == InspectedFeed.Content.CHANGE;
        states |= content == InspectedFeed.Content.STATE;
        return states && !changes;
    }

    /**
     * The number of the line that is sent to a group; a new one when the group is new.
     *
     * @param group address and port as one number; any port, since what is captured need not be sensible
     * @return from 0
     */
    int line(final long group) {
        final int known = groups.indexOf(group);
        if (known >= 0) {
            return known;
        }
        groups.add(group);
        return groups.size() - 1;
    }
}
