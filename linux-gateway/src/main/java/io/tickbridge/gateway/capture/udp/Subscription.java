package io.tickbridge.gateway.capture.udp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * One multicast group to receive.
 *
 * @param group            IPv4 multicast address, four decimal numbers
 * @param port             UDP port, 1 to 65535
 * @param networkInterface name of the interface on which the group is joined
 */
public record Subscription(String group, int port, String networkInterface) {
    private static final int MAX_PORT = 0xffff;

    /**
     * A subscription.
     *
     * @throws IllegalArgumentException when the group is no IPv4 multicast address, the port is out of range, or
     *                                  the interface is missing
     */
    public Subscription {
        if (!parse(group).isMulticastAddress()) {
            throw new IllegalArgumentException(
                    "'" + group + "' is not a multicast address (224.0.0.0 to 239.255.255.255)");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("UDP port " + port + " is not between 1 and " + MAX_PORT);
        }
        if (networkInterface == null || networkInterface.isEmpty()) {
            throw new IllegalArgumentException(group + ":" + port + " names no network interface to join it on");
        }
    }

    /** The group as one number, its first octet highest. */
    int addressBits() {
        return ByteBuffer.wrap(parse(group).getAddress()).getInt();
    }

    @Override
    public String toString() {
        return group + ":" + port + " on " + networkInterface;
    }

    private static InetAddress parse(final String text) {
        if (!text.matches("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}")) {
            throw new IllegalArgumentException("'" + text + "' is not an IPv4 address");
        }
        try {
            return InetAddress.getByName(text);
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException("'" + text + "' is not an IPv4 address", e);
        }
    }
}
