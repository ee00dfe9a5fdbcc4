package io.tickbridge.gateway.filter;

/**
 * Where datagrams are sent to: as a rule a multicast group and its port.
 *
 * @param address IPv4 address, first octet highest
 * @param port    UDP port, 1 to 65535
 */
public record UdpGroup(int address, int port) {
    private static final int MAX_PORT = 0xffff;

    /**
     * A group.
     *
     * @throws IllegalArgumentException when the port is out of range
     */
    public UdpGroup {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("UDP port " + port + " is not between 1 and " + MAX_PORT);
        }
    }

    /**
     * A group from configuration.
     *
     * @param address as {@link Ipv4Address#parse} takes it
     * @param port    UDP port, 1 to 65535
     * @return the group
     * @throws IllegalArgumentException when either is not valid
     */
    public static UdpGroup of(final String address, final int port) {
        return new UdpGroup(Ipv4Address.parse(address), port);
    }

    long key() {
        return key(address, port);
    }

    static long key(final int address, final int port) {
        return Integer.toUnsignedLong(address) << Short.SIZE | port;
    }

    @Override
    public String toString() {
        return Ipv4Address.format(address) + ":" + port;
    }
}
