package io.tickbridge.gateway.recovery;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tickbridge.gateway.capture.FrameHandler;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Datagrams of answers on their way to the receive thread, each made a frame: Ethernet II, IPv4 without options (RFC 791,
 * 3.1), UDP without checksum (RFC 768), from the server to the recovery line. MAC addresses are zero.
 */
final class RecoveredFrames implements MessageHandler {
    /** Bytes of frames that wait at most: three thousand of the usual size. */
    private static final int RING = 1 << 22;
    private static final int FRAME = 1;
    private static final int HEADERS = 42;
    private static final int IP = 14;
    private static final int IP_HEADER = 20;
    private static final int UDP = IP + IP_HEADER;
    private static final int UDP_HEADER = 8;
    private static final int LARGEST_PAYLOAD = 65_507;

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(RING + RingBufferDescriptor.TRAILER_LENGTH)));
    private final UnsafeBuffer frame = new UnsafeBuffer(ByteBuffer.allocateDirect(HEADERS + LARGEST_PAYLOAD));
    private final int destinationAddress;
    private final int destinationPort;
    private final EpochNanoClock clock;
    private FrameHandler handler;
    private long receiveTime;

    RecoveredFrames(final int destinationAddress, final int destinationPort, final EpochNanoClock clock) {
        this.destinationAddress = destinationAddress;
        this.destinationPort = destinationPort;
        this.clock = clock;
    }

    /** Puts a datagram in, on the asking thread; false when there is no room. */
    boolean put(final int sourceAddress, final int sourcePort, final DirectBuffer payload, final int length) {
        if (length > LARGEST_PAYLOAD) {
            return false;
        }
        final int total = IP_HEADER + UDP_HEADER + length;
        frame.setMemory(0, HEADERS, (byte) 0);
        frame.putShort(12, (short) 0x0800, BIG_ENDIAN);
        // Version 4, five words; Don't Fragment; time to live 1, protocol 17.
        frame.putShort(IP, (short) 0x4500, BIG_ENDIAN);
        frame.putShort(IP + 2, (short) total, BIG_ENDIAN);
        frame.putShort(IP + 6, (short) 0x4000, BIG_ENDIAN);
        frame.putShort(IP + 8, (short) 0x0111, BIG_ENDIAN);
        frame.putInt(IP + 12, sourceAddress, BIG_ENDIAN);
        frame.putInt(IP + 16, destinationAddress, BIG_ENDIAN);
        frame.putShort(IP + 10, checksum(), BIG_ENDIAN);
        frame.putShort(UDP, (short) sourcePort, BIG_ENDIAN);
        frame.putShort(UDP + 2, (short) destinationPort, BIG_ENDIAN);
        frame.putShort(UDP + 4, (short) (UDP_HEADER + length), BIG_ENDIAN);
        frame.putBytes(HEADERS, payload, 0, length);
        return ring.write(FRAME, frame, 0, HEADERS + length);
    }

    /** Hands over what waits, on the receive thread. */
    int poll(final FrameHandler target, final int limit) {
        handler = target;
        receiveTime = 0;
        return ring.read(this, limit);
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        if (receiveTime == 0) {
            receiveTime = clock.nanoTime();
        }
        handler.onFrame(buffer, index, length, receiveTime, 0);
    }

    private short checksum() {
        int sum = 0;
        for (int i = IP; i < UDP; i += Short.BYTES) {
            sum += frame.getShort(i, BIG_ENDIAN) & 0xffff;
        }
        sum = (sum >>> Short.SIZE) + (sum & 0xffff);
        sum += sum >>> Short.SIZE;
        return (short) ~sum;
    }
}
