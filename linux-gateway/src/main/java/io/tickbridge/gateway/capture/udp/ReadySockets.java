package io.tickbridge.gateway.capture.udp;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which sockets have something to read: one call for all of them, in the order in which they became ready. An idle poll
 * thus costs one call however many groups there are. Receive thread only.
 */
final class ReadySockets implements AutoCloseable {
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLLIN = 1;
    // struct epoll_event: events (4 bytes), then 8 bytes of our own. On x86-64 alone it is packed.
    private static final boolean PACKED = "amd64".equals(System.getProperty("os.arch"));
    private static final int DATA = PACKED ? 4 : 8;
    private static final int EVENT = DATA + Long.BYTES;

    private final SocketCalls.Calls calls = SocketCalls.calls();
    private final int epoll;
    private final int capacity;
    private final UnsafeBuffer events;

    ReadySockets(final List<GroupSocket> sockets) {
        capacity = sockets.size();
        events = CallMemory.of(capacity * EVENT);
        epoll = SocketCalls.check(calls.epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
        for (int i = 0; i < capacity; i++) {
            final UnsafeBuffer event = CallMemory.of(EVENT);
            event.putInt(0, EPOLLIN);
            event.putLong(DATA, i);
            SocketCalls.check(
                    calls.epoll_ctl(epoll, EPOLL_CTL_ADD, sockets.get(i).descriptor(), event.addressOffset()), "epoll_ctl");
        }
    }

    /** Looks, without waiting; returns how many are ready. */
    int find() {
        return calls.epoll_wait(epoll, events.addressOffset(), capacity, 0);
    }

    /** Number of one that is ready, in the order in which they were given. */
    int get(final int index) {
        return (int) events.getLong(index * EVENT + DATA);
    }

    /** Where one is listed among those found that comes behind a socket, round the end; the first when it is not there. */
    int behind(final int socket, final int found) {
        for (int i = 0; i < found - 1; i++) {
            if (get(i) == socket) {
                return i + 1;
            }
        }
        return 0;
    }

    @Override
    public void close() {
        calls.close(epoll);
    }
}
