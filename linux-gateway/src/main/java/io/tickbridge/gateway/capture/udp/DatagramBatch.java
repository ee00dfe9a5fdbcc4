package io.tickbridge.gateway.capture.udp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.config.ReceiveTimestamps;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory into which one call takes many datagrams, and from which they are handed over where they lie: each slot leaves
 * room for the headers in front of the payload. Everything that recvmmsg(2) wants is laid out once.
 *
 * <p>All sockets share it, one after the other, so that the same first slots are used again and stay in the cache.
 * Receive thread only.
 */
final class DatagramBatch {
    /** Most datagrams of one call. Those that do not come cost nothing. */
    static final int CAPACITY = 64;

    /**
     * The largest payload that is received, bytes: above the 8,972 that fill a jumbo frame. What does not fit one frame
     * would be fragmented, and no exchange does that.
     */
    static final int LARGEST_PAYLOAD = 9_216;

    // A payload lies at a multiple of 64, which keeps fixed-layout messages' fields aligned.
    private static final int LEAD = 64;
    private static final int SLOT = LEAD + LARGEST_PAYLOAD;
    private static final int HEADER_AT = LEAD - FrameHeader.LENGTH;

    // struct mmsghdr on 64-bit machines: struct msghdr of name, its length, vector, its length, control, its length,
    // flags; then the datagram's length.
    private static final int MESSAGE = 64;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTOR_LENGTH = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int PAYLOAD_LENGTH = 56;
    // struct iovec: address, length.
    private static final int IOVEC = 16;
    // struct sockaddr_in: family, port and address, both big-endian, padding.
    private static final int ADDRESS = 16;
    private static final int ADDRESS_PORT = 2;
    private static final int ADDRESS_BITS = 4;

    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_TRUNC = 0x20;

    private final SocketCalls.Calls calls = SocketCalls.calls();
    private final ReceiveTimestamps timestamps;
    private final EpochNanoClock clock;
    private final SourceCounts counts;
    private final UnsafeBuffer messages = CallMemory.of(CAPACITY * MESSAGE);
    private final UnsafeBuffer vectors = CallMemory.of(CAPACITY * IOVEC);
    private final UnsafeBuffer senders = CallMemory.of(CAPACITY * ADDRESS);
    private final UnsafeBuffer control = CallMemory.of(CAPACITY * ControlMessages.ROOM);
    private final UnsafeBuffer slots = CallMemory.of(CAPACITY * SLOT);
    private final ControlMessages controlMessages = new ControlMessages();
    private volatile TimestampSource timeSource;
    private final int fallbackTimes;
    private final TimestampSource wantedSource;
    private TimestampSource lastTimeSource;
    private long fallbacks;
    private int used = CAPACITY;

    /**
     * Memory for one source.
     *
     * @param timestamps    whose clock is wanted
     * @param clock         read when a call has brought something
     * @param counts        told of each datagram
     * @param fallbackTimes number of the figure that counts datagrams which came without the wanted time
     */
    DatagramBatch(final ReceiveTimestamps timestamps, final EpochNanoClock clock, final SourceCounts counts,
            final int fallbackTimes) {
        this.timestamps = timestamps;
        this.clock = clock;
        this.counts = counts;
        this.fallbackTimes = fallbackTimes;
        this.wantedSource = switch (timestamps) {
            case BURST -> TimestampSource.BURST;
            case KERNEL -> TimestampSource.KERNEL;
            case NIC -> TimestampSource.NIC_UNSYNCED;
        };
        this.lastTimeSource = wantedSource;
        this.timeSource = wantedSource;
        for (int i = 0; i < CAPACITY; i++) {
            final int message = i * MESSAGE;
            messages.putLong(message + NAME, senders.addressOffset() + (long) i * ADDRESS);
            messages.putLong(message + VECTOR, vectors.addressOffset() + (long) i * IOVEC);
            messages.putLong(message + VECTOR_LENGTH, 1);
            messages.putLong(message + CONTROL, control.addressOffset() + (long) i * ControlMessages.ROOM);
            vectors.putLong(i * IOVEC, slots.addressOffset() + (long) i * SLOT + LEAD);
            vectors.putLong(i * IOVEC + Long.BYTES, LARGEST_PAYLOAD);
        }
    }

    /**
     * Takes what one socket has and hands it over.
     *
     * @param limit most datagrams to take
     * @return frames handed over
     * @throws CaptureException when the socket cannot be read any more
     */
    int receive(final GroupSocket socket, final FrameHandler handler, final int limit) {
        reset();
        final int received =
                calls.recvmmsg(socket.descriptor(), messages.addressOffset(), Math.min(limit, CAPACITY), MSG_DONTWAIT, 0);
        if (received <= 0) {
            checkError(socket, received);
            return 0;
        }
        used = received;
        final long now = clock.nanoTime();
        int truncated = 0;
        for (int i = 0; i < received; i++) {
            truncated += isTruncated(i) ? 1 : 0;
        }
        // Before they are handed over: what was taken from the socket is counted even when a handler throws.
        counts.framesReceived(received - truncated);
        for (int i = 0; i < received; i++) {
            handOver(socket, handler, i, now);
        }
        return received - truncated;
    }

    private boolean isTruncated(final int index) {
        return (messages.getInt(index * MESSAGE + FLAGS) & MSG_TRUNC) != 0;
    }

    /** The kernel writes lengths where it reads room: what the last call used is set up again. */
    private void reset() {
        for (int i = 0; i < used; i++) {
            final int message = i * MESSAGE;
            messages.putInt(message + NAME_LENGTH, ADDRESS);
            messages.putLong(message + CONTROL_LENGTH, ControlMessages.ROOM);
        }
        used = 0;
    }

    private void handOver(final GroupSocket socket, final FrameHandler handler, final int index, final long now) {
        final int message = index * MESSAGE;
        long time = now;
        final int controlLength = (int) messages.getLong(message + CONTROL_LENGTH);
        if (controlLength > 0 || timestamps != ReceiveTimestamps.BURST) {
            controlMessages.read(control, index * ControlMessages.ROOM, controlLength, socket);
            time = timeOr(now);
        }
        if (isTruncated(index)) {
            counts.frameTruncated();
            return;
        }
        final int payload = messages.getInt(message + PAYLOAD_LENGTH);
        final int frame = index * SLOT + HEADER_AT;
        socket.header().write(slots, frame, senders.getInt(index * ADDRESS + ADDRESS_BITS, BIG_ENDIAN),
                senders.getShort(index * ADDRESS + ADDRESS_PORT, BIG_ENDIAN), payload);
        handler.onFrame(slots, frame, FrameHeader.LENGTH + payload, time, socket.port());
    }

    private long timeOr(final long now) {
        if (timestamps == ReceiveTimestamps.BURST) {
            return now;
        }
        final TimestampSource source = controlMessages.timeSource();
        if (source != lastTimeSource) {
            lastTimeSource = source;
            timeSource = source;
        }
        if (source != wantedSource) {
            counts.figure(fallbackTimes, ++fallbacks);
        }
        return controlMessages.time() == ControlMessages.NO_TIME ? now : controlMessages.time();
    }

    private static void checkError(final GroupSocket socket, final int received) {
        if (received < 0) {
            final int error = SocketCalls.lastError();
            if (error != SocketCalls.EAGAIN && error != SocketCalls.EINTR) {
                throw new CaptureException("cannot receive " + socket.subscription() + " any more: "
                        + SocketCalls.calls().strerror(error), null);
            }
        }
    }

    /** Whose clock the newest frame's time was read from; what is asked for, before the first. Any thread. */
    TimestampSource timeSource() {
        return timeSource;
    }
}
