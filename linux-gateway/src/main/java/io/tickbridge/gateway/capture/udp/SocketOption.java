package io.tickbridge.gateway.capture.udp;

import org.agrona.concurrent.UnsafeBuffer;

/** Socket options that are one integer, by the numbers of Linux's socket(7) and ip(7) on x86-64 and arm64. */
enum SocketOption {
    /** Several sockets, also of other processes, may receive one group. */
    SO_REUSEADDR(1, 2),
    /** Receive buffer, as far as net.core.rmem_max allows. The kernel doubles it, for its own overhead. */
    SO_RCVBUF(1, 8),
    /** Receive buffer without that limit, for those with CAP_NET_ADMIN. */
    SO_RCVBUFFORCE(1, 33),
    /** Each datagram brings the kernel's time of receipt, in ns. */
    SO_TIMESTAMPNS(1, 35),
    /** Each datagram brings the times that its value asks for. */
    SO_TIMESTAMPING(1, 37),
    /** A datagram that comes after dropped ones brings their running total. */
    SO_RXQ_OVFL(1, 40),
    /** Asking for data polls the NIC's queue for up to so many µs. */
    SO_BUSY_POLL(1, 46),
    /** Off: only groups that this very socket joined, on the interface where it did. */
    IP_MULTICAST_ALL(0, 49);

    private final int level;
    private final int number;

    SocketOption(final int level, final int number) {
        this.level = level;
        this.number = number;
    }

    /** Whether the kernel took it. */
    boolean trySet(final int socket, final int value) {
        final UnsafeBuffer memory = CallMemory.ofInt(value);
        return SocketCalls.calls().setsockopt(socket, level, number, memory.addressOffset(), Integer.BYTES) == 0;
    }

    void set(final int socket, final int value) {
        SocketCalls.check(trySet(socket, value) ? 0 : -1, name());
    }

    int get(final int socket) {
        final UnsafeBuffer memory = CallMemory.of(2 * Integer.BYTES); // the value, and its length
        memory.putInt(Integer.BYTES, Integer.BYTES);
        SocketCalls.check(SocketCalls.calls().getsockopt(
                socket, level, number, memory.addressOffset(), memory.addressOffset() + Integer.BYTES), name());
        return memory.getInt(0);
    }
}
