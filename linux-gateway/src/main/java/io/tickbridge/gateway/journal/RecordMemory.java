package io.tickbridge.gateway.journal;

import static io.tickbridge.gateway.journal.RecordLayout.CHECKSUM_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.LENGTH_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.NUMBER_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.ORDER;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Off-heap memory that holds records, seen by the three libraries that touch it: Agrona writes and reads fields,
 * the JDK computes checksums, Chronicle copies out. Used by one thread at a time; allocates nothing after
 * construction.
 */
final class RecordMemory {
    private static final int CHECKSUMMED_OFFSET = CHECKSUM_OFFSET + Integer.BYTES;
    private static final int CACHE_LINE = 64;

    private final UnsafeBuffer buffer;
    private final ByteBuffer bytes;
    private final BytesStore<?, ByteBuffer> store;
    private final CRC32C crc = new CRC32C();

    /**
     * Allocates, zeroed, and aligned to a cache line.
     *
     * @param capacity bytes
     */
    RecordMemory(final int capacity) {
        bytes = BufferUtil.allocateDirectAligned(capacity, CACHE_LINE);
        buffer = new UnsafeBuffer(bytes);
        store = BytesStore.wrap(bytes);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** For reading a file into this memory: the caller sets position and limit. */
    ByteBuffer bytes() {
        return bytes;
    }

    /**
     * Completes a record: writes its number, then the checksum of everything.
     *
     * @param offset of the record
     * @param length of the record, header included
     * @param number its place in the run
     */
    void seal(final int offset, final int length, final int number) {
        buffer.putInt(offset + NUMBER_OFFSET, number, ORDER);
        buffer.putInt(offset + CHECKSUM_OFFSET, checksum(offset, length), ORDER);
    }

    /**
     * Whether a record is as it was sealed.
     *
     * @param offset of the record
     * @return false when a bit of it changed
     */
    boolean isSound(final int offset) {
        final int length = RecordLayout.HEADER_LENGTH + buffer.getInt(offset + LENGTH_OFFSET, ORDER);
        return buffer.getInt(offset + CHECKSUM_OFFSET, ORDER) == checksum(offset, length);
    }

    /**
     * Appends bytes of this memory to Chronicle's.
     *
     * @param offset first byte
     * @param length bytes
     * @param target at its write position
     */
    void copyTo(final int offset, final int length, final Bytes<?> target) {
        target.write(store, (long) offset, (long) length);
    }

    private int checksum(final int offset, final int length) {
        crc.reset();
        bytes.limit(offset + length).position(offset + CHECKSUMMED_OFFSET);
        crc.update(bytes);
        bytes.clear();
        return (int) crc.getValue();
    }
}
