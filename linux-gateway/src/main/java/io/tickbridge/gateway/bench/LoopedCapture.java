package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.filter.Ipv4Address;
import io.tickbridge.gateway.filter.UdpFrame;
import io.tickbridge.gateway.filter.UdpGroup;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A CME capture in memory that can be played again and again with the full work each time. Before each pass the packet
 * sequence numbers and times are moved past those of the last, and a ChannelReset packet goes first, which empties the
 * books and their report sequences; without that, every later pass would be dismissed as duplicates.
 *
 * <p>UDP checksums are set to 0, "not computed", since the payload changes.
 */
final class LoopedCapture {
    private static final int BURST = 256;
    private static final int IPV4_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int UDP_CHECKSUM = 6;
    private static final int SENDING_TIME = 4; // in the packet, after the 32-bit sequence number
    private static final long PAUSE = 1_000_000; // ns between two passes, in exchange time

    private final UnsafeBuffer memory;
    private final List<Frame> frames = new ArrayList<>();
    private final List<UdpGroup> groups = new ArrayList<>();
    private final int[] starts;
    private final int[] lengths;
    private final int[] payloads;
    private final long[] times;
    private final Frame reset;
    private long sequenceStep;
    private long timeStep;
    private boolean played;
    private int otherFrames;

    private record Frame(byte[] bytes, int payload, long time) {
    }

    LoopedCapture(final Path file) {
        final UdpFrame udp = new UdpFrame(false);
        try (PacketSource source = CaptureFiles.open(file)) {
            while (!source.isExhausted()) {
                source.poll((buffer, offset, length, time, port) -> {
                    if (udp.wrap(buffer, offset, length) != null) {
                        otherFrames++;
                        return;
                    }
                    final byte[] bytes = new byte[length];
                    buffer.getBytes(offset, bytes);
                    final int payload = udp.payloadOffset() - offset;
                    bytes[payload - UDP_HEADER + UDP_CHECKSUM] = 0;
                    bytes[payload - UDP_HEADER + UDP_CHECKSUM + 1] = 0;
                    frames.add(new Frame(bytes, payload, time));
                    final UdpGroup group = UdpGroup.of(Ipv4Address.format(udp.destinationAddress()), udp.destinationPort());
                    if (!groups.contains(group)) {
                        groups.add(group);
                    }
                }, BURST);
            }
        }
        if (frames.isEmpty()) {
            throw new IllegalArgumentException(file + ": holds no UDP datagram; a CME MDP 3.0 capture is wanted");
        }
        reset = resetFrame(frames.get(0));
        frames.add(0, reset);
        starts = new int[frames.size()];
        lengths = new int[frames.size()];
        payloads = new int[frames.size()];
        times = new long[frames.size()];
        memory = new UnsafeBuffer(ByteBuffer.allocateDirect(frames.stream().mapToInt(f -> f.bytes.length).sum()));
        layOut();
    }

    /** The capture's destination groups, in order of first sight: its lines. */
    List<UdpGroup> groups() {
        return groups;
    }

    /** Frames on the wire in one pass, the reset that goes before them not counted. */
    int frameCount() {
        return frames.size() - 1;
    }

    /** Moves sequence numbers and times on. Call before each pass; not part of what is measured. */
    void prepare() {
        if (played) {
            for (int i = 0; i < starts.length; i++) {
                advance(i);
            }
        }
        played = true;
    }

    private void advance(final int frame) {
        final int packet = starts[frame] + payloads[frame];
        final int sequence = memory.getInt(packet, ByteOrder.LITTLE_ENDIAN);
        memory.putInt(packet, (int) (sequence + sequenceStep), ByteOrder.LITTLE_ENDIAN);
        final long time = memory.getLong(packet + SENDING_TIME, ByteOrder.LITTLE_ENDIAN);
        memory.putLong(packet + SENDING_TIME, time + timeStep, ByteOrder.LITTLE_ENDIAN);
        times[frame] += timeStep;
    }

    /** The same for the reset alone, for who plays the frames from elsewhere. */
    void prepareReset() {
        if (played) {
            advance(0);
        }
        played = true;
    }

    /** Frames in the file that are no UDP datagrams, and are not here. */
    int otherFrames() {
        return otherFrames;
    }

    /** Where a frame's packet begins, bytes from its Ethernet header; frames are counted from 0. */
    int payloadOf(final int frame) {
        return payloads[frame + 1];
    }

    /** A frame's packet sequence number before anything was moved. */
    int sequenceOf(final int frame) {
        return memory.getInt(starts[frame + 1] + payloads[frame + 1], ByteOrder.LITTLE_ENDIAN);
    }

    /** A frame's receive time, ns since the Unix epoch, before anything was moved. */
    long timeOf(final int frame) {
        return times[frame + 1];
    }

    /** What each pass adds to sequence numbers. */
    long sequenceStep() {
        return sequenceStep;
    }

    /** What each pass adds to times, ns. */
    long timeStep() {
        return timeStep;
    }

    /** The reset that starts a pass. */
    void playReset(final FrameHandler handler) {
        handler.onFrame(memory, starts[0], lengths[0], times[0], 0);
    }

    /** Every frame of the capture, in its order. */
    void play(final FrameHandler handler) {
        play(handler, 0, frameCount());
    }

    /** The frames from one up to before another, counted from 0. */
    void play(final FrameHandler handler, final int from, final int to) {
        for (int i = from + 1; i <= to; i++) {
            handler.onFrame(memory, starts[i], lengths[i], times[i], 0);
        }
    }

    private void layOut() {
        int position = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < starts.length; i++) {
            final Frame frame = frames.get(i);
            starts[i] = position;
            lengths[i] = frame.bytes.length;
            payloads[i] = frame.payload;
            times[i] = frame.time;
            memory.putBytes(position, frame.bytes);
            final long sequence = Integer.toUnsignedLong(memory.getInt(position + frame.payload, ByteOrder.LITTLE_ENDIAN));
            final long time = memory.getLong(position + frame.payload + SENDING_TIME, ByteOrder.LITTLE_ENDIAN);
            first = Math.min(first, sequence);
            last = Math.max(last, sequence);
            earliest = Math.min(earliest, time);
            latest = Math.max(latest, time);
            position += frame.bytes.length;
        }
        sequenceStep = last - first + 1;
        timeStep = latest - earliest + PAUSE;
    }

    /** ChannelReset (template 4, schema version 6) with the number before the capture's first packet, on its first line. */
    private static Frame resetFrame(final Frame first) {
        final ByteBuffer old = ByteBuffer.wrap(first.bytes).order(ByteOrder.LITTLE_ENDIAN);
        final int packetLength = 12 + 24; // packet header, one message
        final ByteBuffer bytes = ByteBuffer.allocate(first.payload + packetLength).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(first.bytes, 0, first.payload);
        bytes.putInt(old.getInt(first.payload) - 1).putLong(old.getLong(first.payload + SENDING_TIME));
        bytes.putShort((short) 24); // MsgSize
        bytes.putShort((short) 9).putShort((short) 4).putShort((short) 1).putShort((short) 6); // SBE header
        bytes.putLong(old.getLong(first.payload + SENDING_TIME)).put((byte) 0x80); // TransactTime, end of event
        bytes.putShort((short) 2).put((byte) 1).putShort((short) 0); // one entry of 2 bytes: ApplID
        final int udp = first.payload - UDP_HEADER;
        bytes.order(ByteOrder.BIG_ENDIAN).putShort(udp + 4, (short) (UDP_HEADER + packetLength));
        final int ip = udp - IPV4_HEADER;
        bytes.putShort(ip + 2, (short) (IPV4_HEADER + UDP_HEADER + packetLength));
        bytes.putShort(ip + 10, (short) 0);
        bytes.putShort(ip + 10, ipv4Checksum(bytes, ip));
        return new Frame(bytes.array(), first.payload, first.time);
    }

    /** RFC 791: ones' complement of the ones' complement sum of the header's 16-bit words. */
    private static short ipv4Checksum(final ByteBuffer bytes, final int header) {
        int sum = 0;
        for (int i = 0; i < IPV4_HEADER; i += Short.BYTES) {
            sum += Short.toUnsignedInt(bytes.getShort(header + i));
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
