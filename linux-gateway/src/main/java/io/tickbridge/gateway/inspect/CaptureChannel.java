package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.filter.Ipv4Address;
import io.tickbridge.gateway.filter.UdpGroup;
import java.util.ArrayList;
import java.util.List;

/** One channel found in a capture: its lines, in the order in which they were first seen. */
public final class CaptureChannel {
    private final int number;
    private final List<Long> groups = new ArrayList<>();

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
