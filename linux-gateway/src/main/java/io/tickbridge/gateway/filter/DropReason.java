package io.tickbridge.gateway.filter;

/** Why a frame was not let through, in the order in which the checks are made. */
public enum DropReason {
    /** The frame ends before the headers that it must have do. */
    SHORT_FRAME("frame too short"),
    /** More than two VLAN tags. */
    VLAN_DEPTH("too many VLAN tags"),
    /** ARP, IPv6, LLDP and whatever else shares the wire. */
    NOT_IPV4("not IPv4"),
    /** Version is not 4, or the header length is less than 20 bytes. */
    BAD_IP_HEADER("bad IPv4 header"),
    /** The total length is less than the header, or more than the frame holds. */
    BAD_IP_LENGTH("bad IPv4 length"),
    /** The IPv4 header checksum does not hold. */
    BAD_IP_CHECKSUM("bad IPv4 checksum"),
    /** Part of a fragmented datagram, its first fragment included. Exchanges do not fragment. */
    FRAGMENT("IPv4 fragment"),
    /** TCP, IGMP, ICMP and other protocols on IPv4. */
    NOT_UDP("not UDP"),
    /** The UDP length is less than its header, or more than the IPv4 packet holds. */
    BAD_UDP_LENGTH("bad UDP length"),
    /** No configured line is on this address and port. */
    OTHER_GROUP("other group"),
    /** The sender is not on the allow-list. */
    OTHER_SOURCE("source not allowed"),
    /** The UDP checksum does not hold. */
    BAD_UDP_CHECKSUM("bad UDP checksum");

    private final String label;

    DropReason(final String label) {
        this.label = label;
    }

    /**
     * Whether it is what any shared wire carries beside the configured lines, so that nothing was lost.
     *
     * @return false where a frame may have been meant for a line, or should not have been sent
     */
    public boolean isBackground() {
        return this == NOT_IPV4 || this == NOT_UDP || this == OTHER_GROUP;
    }

    /**
     * Name for people.
     *
     * @return a few words
     */
    public String label() {
        return label;
    }
}
