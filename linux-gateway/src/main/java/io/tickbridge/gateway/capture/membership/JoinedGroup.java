package io.tickbridge.gateway.capture.membership;

import java.util.List;

/**
 * A group that is to be delivered.
 *
 * @param address IPv4 multicast address, first octet highest
 * @param sources senders to be delivered, in IPv4; none stands for all
 */
public record JoinedGroup(int address, List<Integer> sources) {
    private static final int LINK_LOCAL = 0xe000_0000; // 224.0.0.0/24: RFC 5771, section 4
    private static final int LINK_LOCAL_MASK = 0xffff_ff00;

    /**
     * Whether an address is a group that is reported at all: multicast, and not of the block that every switch delivers
     * everywhere.
     *
     * @param address IPv4 address
     * @return true when it is
     */
    public static boolean isReported(final int address) {
        return address >>> 28 == 0xe && (address & LINK_LOCAL_MASK) != LINK_LOCAL;
    }
}
