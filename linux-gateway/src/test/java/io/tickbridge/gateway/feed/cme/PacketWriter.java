package io.tickbridge.gateway.feed.cme;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes CME packets byte by byte, from the layouts in the exchange's documentation, without generated code. */
final class PacketWriter {
    static final long NULL_PRICE = Long.MAX_VALUE;
    static final int NULL_INT = Integer.MAX_VALUE;

    private final ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    private int message = -1;

    PacketWriter(final long sequence, final long sendingTime) {
        bytes.putInt((int) sequence).putLong(sendingTime);
    }

    /** Begins a message; its size is filled in when the next one begins or the packet is done. */
    PacketWriter message(final int template, final int version, final int blockLength) {
        endMessage();
        message = bytes.position();
        return u16(0).u16(blockLength).u16(template).u16(1).u16(version);
    }

    /** A block of TransactTime and MatchEventIndicator. */
    PacketWriter incremental(final int template, final int version, final long time, final int indicator) {
        return message(template, version, 11).u64(time).u8(indicator).u16(0);
    }

    PacketWriter group(final int entryLength, final int count) {
        return u16(entryLength).u8(count);
    }

    PacketWriter paddedGroup(final int entryLength, final int count) {
        return u16(entryLength).zeros(5).u8(count);
    }

    PacketWriter u8(final int value) {
        bytes.put((byte) value);
        return this;
    }

    PacketWriter u16(final int value) {
        bytes.putShort((short) value);
        return this;
    }

    PacketWriter u32(final long value) {
        bytes.putInt((int) value);
        return this;
    }

    PacketWriter u64(final long value) {
        bytes.putLong(value);
        return this;
    }

    PacketWriter zeros(final int count) {
        bytes.put(new byte[count]);
        return this;
    }

    PacketWriter text(final String text, final int length) {
        bytes.put(text.getBytes(StandardCharsets.US_ASCII));
        return zeros(length - text.length());
    }

    /** The 27 bytes of a book entry that every version has. */
    PacketWriter bookEntry(
            final long price, final int size, final int instrument, final long rptSeq, final int orders,
            final int level, final int action, final char type) {
        return u64(price).u32(size).u32(instrument).u32(rptSeq).u32(orders).u8(level).u8(action).u8(type);
    }

    /** Overwrites 2 bytes, counted from the begin of the message being written. */
    PacketWriter patch16(final int offset, final int value) {
        bytes.putShort(message + offset, (short) value);
        return this;
    }

    byte[] packet() {
        endMessage();
        final byte[] packet = new byte[bytes.position()];
        bytes.get(0, packet);
        return packet;
    }

    /** Hands the packet over in memory that ends where it ends, so that a read past it fails. */
    void sendTo(final CmeFeedHandler feed) {
        send(packet(), feed);
    }

    static void send(final byte[] packet, final CmeFeedHandler feed) {
        final byte[] memory = new byte[packet.length + 3];
        System.arraycopy(packet, 0, memory, 3, packet.length);
        feed.onDatagram(new UnsafeBuffer(memory), 3, packet.length, 1, 0);
    }

    private void endMessage() {
        if (message >= 0 && bytes.getShort(message) == 0) {
            bytes.putShort(message, (short) (bytes.position() - message));
        }
    }
}
