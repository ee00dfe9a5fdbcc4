package io.tickbridge.gateway.capture.udp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tickbridge.gateway.capture.CaptureException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One group's socket: bound to the group's own address, so that other groups on the same port stay out, and joined on one
 * interface alone.
 *
 * <p>The receive thread reads from it; what it says of drops may be asked for by another thread, one at a time.
 */
final class GroupSocket implements AutoCloseable {
    // socket(2): AF_INET; SOCK_DGRAM with SOCK_NONBLOCK and SOCK_CLOEXEC.
    private static final int AF_INET = 2;
    private static final int DATAGRAM = 2 | 0x800 | 0x80000;
    // ip(7): struct sockaddr_in is family, port, address (both big-endian), padding.
    private static final int ADDRESS_LENGTH = 16;
    // ip(7): IP_ADD_MEMBERSHIP takes struct ip_mreqn: group, local address, interface index (in host order).
    private static final int IPPROTO_IP = 0;
    private static final int IP_ADD_MEMBERSHIP = 35;
    private static final int IP_DROP_MEMBERSHIP = 36;
    private static final int MEMBERSHIP_LENGTH = 12;
    // Linux's sock_diag.h: SO_MEMINFO gives an array of u32; SK_MEMINFO_DROPS is its ninth.
    private static final int SOL_SOCKET = 1;
    private static final int SO_MEMINFO = 55;
    private static final int MEMINFO_DROPS = 8 * Integer.BYTES;
    private static final int MEMINFO_LENGTH = 9 * Integer.BYTES;

    private final Subscription subscription;
    private final int port;
    private final int socket;
    private final FrameHeader header;
    private final UnsafeBuffer memoryInfo = CallMemory.of(MEMINFO_LENGTH + Integer.BYTES); // and its length
    private final DropTotal dropTotal = new DropTotal();
    private int granted = Integer.MAX_VALUE;
    private int joined; // number of the interface; none is 0

    private GroupSocket(final Subscription subscription, final int port) {
        this.subscription = subscription;
        this.port = port;
        this.header = new FrameHeader(subscription.addressBits(), subscription.port());
        this.socket = SocketCalls.check(SocketCalls.calls().socket(AF_INET, DATAGRAM, 0), "socket");
    }

    /**
     * Binds and joins.
     *
     * @param port number of its interface, for frames
     * @throws CaptureException when it cannot be done; nothing stays open then
     */
    static GroupSocket open(final Subscription subscription, final int port, final UdpSettings settings) {
        try {
            final GroupSocket opened = new GroupSocket(subscription, port);
            try {
                opened.setUp(settings);
                return opened;
            } catch (final RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (final CaptureException e) {
            throw new CaptureException("cannot join " + subscription + ": " + e.getMessage(), e);
        }
    }

    private void setUp(final UdpSettings settings) {
        final int index = InterfaceIndex.of(subscription.networkInterface());
        SocketOption.SO_REUSEADDR.set(socket, 1);
        // Without it a socket would also hear its group from interfaces on which others joined it.
        SocketOption.IP_MULTICAST_ALL.set(socket, 0);
        // Only a nicety where the counters of the kernel can be asked for.
        SocketOption.SO_RXQ_OVFL.trySet(socket, 1);
        if (settings.receiveBuffer() > 0) {
            granted = receiveBuffer(settings.receiveBuffer());
        }
        if (settings.busyPoll() > 0) {
            SocketOption.SO_BUSY_POLL.set(socket, settings.busyPoll());
        }
        ControlMessages.request(socket, settings.timestamps());
        final UnsafeBuffer address = CallMemory.of(ADDRESS_LENGTH);
        address.putShort(0, (short) AF_INET);
        address.putShort(Short.BYTES, (short) subscription.port(), BIG_ENDIAN);
        address.putInt(Integer.BYTES, subscription.addressBits(), BIG_ENDIAN);
        SocketCalls.check(SocketCalls.calls().bind(socket, address.addressOffset(), ADDRESS_LENGTH), "bind");
        join(index);
    }

    /**
     * Joins the group on an interface, and leaves it on the one before: memberships outlive their interface, and the kernel
     * lets a socket have only a few (net.ipv4.igmp_max_memberships).
     *
     * @param index the kernel's number of it: an interface that only receives has no address to name it by
     * @throws CaptureException when it cannot be joined; it may be tried again
     */
    void join(final int index) {
        if (joined != 0 && joined != index) {
            membership(IP_DROP_MEMBERSHIP, joined); // the kernel may have done so itself
            joined = 0;
        }
        if (joined != index) {
            SocketCalls.check(membership(IP_ADD_MEMBERSHIP, index), "IP_ADD_MEMBERSHIP");
            joined = index;
        }
    }

    private int membership(final int option, final int index) {
        final UnsafeBuffer membership = CallMemory.of(MEMBERSHIP_LENGTH);
        membership.putInt(0, subscription.addressBits(), BIG_ENDIAN);
        membership.putInt(2 * Integer.BYTES, index);
        return SocketCalls.calls().setsockopt(
                socket, IPPROTO_IP, option, membership.addressOffset(), MEMBERSHIP_LENGTH);
    }

    private int receiveBuffer(final int wanted) {
        SocketOption.SO_RCVBUF.set(socket, wanted);
        if (SocketOption.SO_RCVBUF.get(socket) / 2 < wanted) {
            SocketOption.SO_RCVBUFFORCE.trySet(socket, wanted);
        }
        return SocketOption.SO_RCVBUF.get(socket) / 2;
    }

    /** Receive buffer that the kernel granted, bytes, counted as asked for; very large when nothing was asked for. */
    int grantedReceiveBuffer() {
        return granted;
    }

    /**
     * Datagrams that the kernel dropped at this socket, because the receive buffer was full or a checksum did not hold.
     * Not on the receive thread.
     */
    long drops() {
        memoryInfo.putInt(MEMINFO_LENGTH, MEMINFO_LENGTH);
        final int result = SocketCalls.calls().getsockopt(socket, SOL_SOCKET, SO_MEMINFO,
                memoryInfo.addressOffset(), memoryInfo.addressOffset() + MEMINFO_LENGTH);
        // A stack that is not the kernel's own may not know the question, but tells with the datagrams.
        return result == 0 && memoryInfo.getInt(MEMINFO_LENGTH) >= MEMINFO_LENGTH
                ? dropTotal.asked(memoryInfo.getInt(MEMINFO_DROPS)) : toldDrops();
    }

    /** The drops that datagrams told of. Not on the receive thread. */
    long toldDrops() {
        return dropTotal.told();
    }

    /** A datagram told of drops before it, on the receive thread. */
    void onDropsTold(final int total) {
        dropTotal.tell(total);
    }

    int descriptor() {
        return socket;
    }

    /** Number of its interface, for frames. */
    int port() {
        return port;
    }

    /** What to put in front of its payloads. */
    FrameHeader header() {
        return header;
    }

    Subscription subscription() {
        return subscription;
    }

    /** Leaves the group. */
    @Override
    public void close() {
        SocketCalls.calls().close(socket);
    }
}
