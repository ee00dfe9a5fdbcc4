package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.filter.UdpGroup;
import java.util.ArrayList;
import java.util.List;

/** One channel found in a capture: its lines, in the order in which they were first seen. */
public final class CaptureChannel {
    private final int number;
    private final List<UdpGroup> lines = new ArrayList<>();

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
     * @return in order of first sight; grows while the file is read
     */
    public List<UdpGroup> lines() {
        return lines;
    }

    /** The line's number, from 0; a new one when the group is new. */
    int line(final UdpGroup group) {
        final int known = lines.indexOf(group);
        if (known >= 0) {
            return known;
        }
        lines.add(group);
        return lines.size() - 1;
    }
}
