package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.capture.CaptureException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the kernel knows of a network interface, in the network namespace of the thread that asks; {@code /sys} need not
 * show that one's, and Java's NetworkInterface knows only interfaces that have an address, which a port that does nothing
 * but receive needs none of. Asked by rtnetlink(7), RTM_GETLINK, which waits for whoever changes an interface just now: not
 * for the receive thread.
 *
 * @param index        the kernel's number of it
 * @param carrier      whether it is up and its cable carries a signal
 * @param rxMissed     frames that the host was too slow to take from the NIC (rx_missed_errors), since the interface was made
 * @param carrierDowns how often the signal went away, since the interface was made
 */
public record NetworkLink(int index, boolean carrier, long rxMissed, long carrierDowns) {
    // Linux's socket.h and netlink.h.
    private static final int AF_NETLINK = 16;
    private static final int RAW = 3 | 0x80000; // SOCK_RAW, SOCK_CLOEXEC
    private static final int NETLINK_ROUTE = 0;
    // struct nlmsghdr: length (4), type (2), flags (2), sequence (4), port (4); then struct ifinfomsg: family (1), padding
    // (1), type (2), index (4), flags (4), change mask (4); then attributes: length (2), type (2), value, padded to 4.
    private static final int TYPE = 4;
    private static final int FLAGS = 6;
    private static final int HEADER = 16;
    private static final int INDEX = HEADER + 4;
    private static final int LINK_FLAGS = HEADER + 8;
    private static final int UP = 1; // IFF_UP of netdevice(7)
    private static final int ATTRIBUTES = HEADER + 16;
    private static final int ATTRIBUTE = 4;
    private static final short REQUEST = 1;
    private static final short NEW_LINK = 16;
    private static final short GET_LINK = 18;
    private static final short ERROR = 2;
    private static final int NO_SUCH_DEVICE = -19; // ENODEV
    // if_link.h
    private static final int NAME = 3;
    private static final int STATS_64 = 23;
    private static final int CARRIER = 33;
    private static final int CARRIER_DOWNS = 48;
    private static final int RX_MISSED = 15 * Long.BYTES; // in struct rtnl_link_stats64
    /** As IFNAMSIZ, with the zero behind it. */
    private static final int NAME_LENGTH = 16;
    private static final int ROOM = 1 << 15; // what iproute2 reads at once

    /**
     * Looks whether there is such an interface now.
     *
     * @param name as the kernel shows it, for example {@code eth0}
     * @return what is known of it; empty when there is none
     * @throws CaptureException when that cannot be found out
     */
    public static Optional<NetworkLink> find(final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length >= NAME_LENGTH) {
            return Optional.empty(); // no interface can be called so
        }
        try {
            final UnsafeBuffer message = CallMemory.of(ROOM);
            final int length = ask(message, request(message, bytes));
            return answer(message, length);
        } catch (final CaptureException e) {
            throw new CaptureException("interface " + name + " cannot be looked up: " + e.getMessage(), e);
        }
    }

    private static int request(final UnsafeBuffer message, final byte[] name) {
        final int length = ATTRIBUTES + ATTRIBUTE + NAME_LENGTH;
        message.putInt(0, length);
        message.putShort(TYPE, GET_LINK);
        message.putShort(FLAGS, REQUEST);
        message.putShort(ATTRIBUTES, (short) (ATTRIBUTE + name.length + 1));
        message.putShort(ATTRIBUTES + 2, (short) NAME);
        message.putBytes(ATTRIBUTES + ATTRIBUTE, name);
        return length;
    }

    private static int ask(final UnsafeBuffer message, final int length) {
        final SocketCalls.Calls calls = SocketCalls.calls();
        final int socket = SocketCalls.check(calls.socket(AF_NETLINK, RAW, NETLINK_ROUTE), "socket");
        try {
            SocketCalls.check((int) calls.send(socket, message.addressOffset(), length, 0), "send");
            return SocketCalls.check((int) calls.recv(socket, message.addressOffset(), ROOM, 0), "recv");
        } finally {
            calls.close(socket);
        }
    }

    private static Optional<NetworkLink> answer(final UnsafeBuffer message, final int length) {
        if (length >= HEADER + Integer.BYTES && message.getShort(TYPE) == ERROR) {
            final int error = message.getInt(HEADER);
            if (error == NO_SUCH_DEVICE) {
                return Optional.empty();
            }
            throw new CaptureException(SocketCalls.calls().strerror(-error), null);
        }
        if (length < ATTRIBUTES || message.getShort(TYPE) != NEW_LINK) {
            throw new CaptureException("an answer of " + length + " bytes that is none", null);
        }
        boolean carrier = false;
        long missed = 0;
        long downs = 0;
        for (int at = ATTRIBUTES; at + ATTRIBUTE <= length;) {
            final int size = message.getShort(at) & 0xffff;
            if (size < ATTRIBUTE || size > length - at) {
                throw new CaptureException("an answer that cannot be read", null);
            }
            switch (message.getShort(at + 2)) {
                case CARRIER -> carrier = message.getByte(at + ATTRIBUTE) != 0;
                case CARRIER_DOWNS -> downs = message.getInt(at + ATTRIBUTE) & 0xffff_ffffL;
                case STATS_64 -> missed = size >= ATTRIBUTE + RX_MISSED + Long.BYTES
                        ? message.getLong(at + ATTRIBUTE + RX_MISSED) : 0;
                default -> { } // what is not asked for
            }
            at += size + ATTRIBUTE - 1 & -ATTRIBUTE;
        }
        final boolean up = (message.getInt(LINK_FLAGS) & UP) != 0;
        return Optional.of(new NetworkLink(message.getInt(INDEX), up && carrier, missed, downs));
    }

    /** The number alone; empty when there is no such interface. */
    static OptionalInt indexOf(final String name) {
        return find(name).map(link -> OptionalInt.of(link.index())).orElseGet(OptionalInt::empty);
    }
}
