package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.config.ReceiveTimestamps;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the kernel says beside a datagram: times of receipt and dropped predecessors (recvmsg(2), cmsg(3), and Linux's
 * timestamping.rst). Reads one datagram's messages at a time, on the receive thread.
 */
final class ControlMessages {
    /** Room for one datagram's: three times (64 bytes) and a count (24 bytes), and as much again. */
    static final int ROOM = 128;

    /** There is no such time with this datagram. */
    static final long NO_TIME = 0;

    // struct cmsghdr on 64-bit machines: length with header (8 bytes), level (4), type (4), data.
    private static final int LEVEL = 8;
    private static final int TYPE = 12;
    private static final int DATA = 16;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_TIMESTAMPNS = 35;
    private static final int SCM_TIMESTAMPING = 37;
    private static final int SO_RXQ_OVFL = 40;
    // struct scm_timestamping: the kernel's time, a disused one, the NIC's; each a struct timespec of 16 bytes.
    private static final int NIC_TIME = 32;
    private static final long SECOND = 1_000_000_000L;
    // SOF_TIMESTAMPING_RX_HARDWARE, _RX_SOFTWARE: make them; _SOFTWARE, _RAW_HARDWARE: report them.
    private static final int TIMESTAMPING = 1 << 2 | 1 << 3 | 1 << 4 | 1 << 6;

    private long time;
    private TimestampSource timeSource;

    /** Asks the kernel for the times that are wanted. */
    static void request(final int socket, final ReceiveTimestamps wanted) {
        switch (wanted) {
            case KERNEL -> SocketOption.SO_TIMESTAMPNS.set(socket, 1);
            case NIC -> SocketOption.SO_TIMESTAMPING.set(socket, TIMESTAMPING);
            case BURST -> { }
        }
    }

    /** Reads the messages of one datagram. */
    void read(final UnsafeBuffer memory, final int offset, final int length, final GroupSocket socket) {
        time = NO_TIME;
        timeSource = TimestampSource.BURST;
        final int end = offset + length;
        int message = offset;
        while (message + DATA <= end) {
            final long messageLength = memory.getLong(message);
            if (messageLength < DATA || messageLength > end - message) {
                return; // the kernel writes no such thing; a stack in its place must not lead out of the buffer
            }
            if (memory.getInt(message + LEVEL) == SOL_SOCKET) {
                onSocketMessage(memory, message, (int) messageLength - DATA, socket);
            }
            message += (int) messageLength + Long.BYTES - 1 & -Long.BYTES;
        }
    }

    private void onSocketMessage(final UnsafeBuffer memory, final int message, final int length, final GroupSocket socket) {
        final int data = message + DATA;
        switch (memory.getInt(message + TYPE)) {
            case SO_RXQ_OVFL -> {
                if (length >= Integer.BYTES) {
                    socket.onDropsTold(memory.getInt(data));
                }
            }
            case SCM_TIMESTAMPNS -> {
                if (length >= 2 * Long.BYTES) {
                    take(nanoseconds(memory, data), TimestampSource.KERNEL);
                }
            }
            case SCM_TIMESTAMPING -> {
                if (length >= NIC_TIME + 2 * Long.BYTES) {
                    take(nanoseconds(memory, data), TimestampSource.KERNEL);
                    take(nanoseconds(memory, data + NIC_TIME), TimestampSource.NIC_UNSYNCED);
                }
            }
            default -> { } // what was not asked for
        }
    }

    private void take(final long nanoseconds, final TimestampSource source) {
        if (nanoseconds != NO_TIME) {
            time = nanoseconds;
            timeSource = source;
        }
    }

    /** The datagram's time of receipt, ns since the Unix epoch, or {@link #NO_TIME}. */
    long time() {
        return time;
    }

    /** Whose clock that time was read from. */
    TimestampSource timeSource() {
        return timeSource;
    }

    private static long nanoseconds(final UnsafeBuffer memory, final int offset) {
        return memory.getLong(offset) * SECOND + memory.getLong(offset + Long.BYTES);
    }
}
