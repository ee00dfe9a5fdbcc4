package io.tickbridge.gateway.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * A frame or datagram that is checked once, when it is wrapped, to lie within its buffer, and then read without any
 * further check. Whoever reads must have compared each length on the wire with the range's end before; in the tests,
 * which run with assertions, every read is checked against the range.
 *
 * <p>Why not {@link DirectBuffer}: it checks every read, and since its memory may be an array or not, the compiler
 * must take each read for one that may touch any object, and loads every field anew after it. Reading through this
 * class instead took filter, arbiter and decoder from 31 to 23 ns a packet over a captured CME session. Agrona's own
 * switch for its checks would do half of that, and would do it for the whole process, the link and the journal too,
 * which rely on them.
 *
 * <p>Indices are those of the wrapped buffer. Memory outside the Java heap, which is all that a live source or a file
 * hands over, is read where it lies; an array is copied first. Single-threaded; allocates only when an array is
 * longer than a frame of ordinary size and than any before.
 */
public final class WireBytes {
    private static final int ETHERNET_FRAME = 2048;

    private ByteBuffer copy = ByteBuffer.allocateDirect(ETHERNET_FRAME);
    /** Address of what would be index 0. */
    private long origin;
    private int start;
    private int end;

    /**
     * Looks at a range, in place of the one before.
     *
     * @param buffer memory that holds it, valid as long as it is read
     * @param offset where it begins
     * @param length its bytes
     * @throws IndexOutOfBoundsException when it does not lie within the buffer
     */
    public void wrap(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        start = offset;
        end = offset + length;
        origin = buffer.byteArray() == null ? buffer.addressOffset() : copied(buffer, offset, length) - offset;
    }

    /**
     * Reads a byte.
     *
     * @param index within the range
     * @return the byte
     */
    public byte getByte(final int index) {
        assert isWithin(index, Byte.BYTES);
        return UnsafeApi.getByte(origin + index);
    }

    /**
     * Reads 16 bits.
     *
     * @param index within the range, as the byte that follows
     * @param order in which they lie there
     * @return the number
     */
    public short getShort(final int index, final ByteOrder order) {
        assert isWithin(index, Short.BYTES);
        final short bits = UnsafeApi.getShort(origin + index);
        return order == ByteOrder.nativeOrder() ? bits : Short.reverseBytes(bits);
    }

    /**
     * Reads 32 bits.
     *
     * @param index within the range, as the 3 bytes that follow
     * @param order in which they lie there
     * @return the number
     */
    public int getInt(final int index, final ByteOrder order) {
        assert isWithin(index, Integer.BYTES);
        final int bits = UnsafeApi.getInt(origin + index);
        return order == ByteOrder.nativeOrder() ? bits : Integer.reverseBytes(bits);
    }

    /**
     * Reads 64 bits.
     *
     * @param index within the range, as the 7 bytes that follow
     * @param order in which they lie there
     * @return the number
     */
    public long getLong(final int index, final ByteOrder order) {
        assert isWithin(index, Long.BYTES);
        final long bits = UnsafeApi.getLong(origin + index);
        return order == ByteOrder.nativeOrder() ? bits : Long.reverseBytes(bits);
    }

    private boolean isWithin(final int index, final int length) {
        return index >= start && index <= end - length;
    }

    private long copied(final DirectBuffer buffer, final int offset, final int length) {
        if (copy.capacity() < length) {
            copy = ByteBuffer.allocateDirect(length);
        }
        buffer.getBytes(offset, copy, 0, length);
        return BufferUtil.address(copy);
    }
}
