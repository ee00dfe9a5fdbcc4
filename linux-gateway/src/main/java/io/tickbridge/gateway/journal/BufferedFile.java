package io.tickbridge.gateway.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A window onto a file that only moves forward. Reads, not a mapping: a mapped file that someone cuts short kills
 * the reader with SIGBUS, a read comes back short.
 */
final class BufferedFile implements Closeable {
    /** Long reads, short enough for the cache between disk and checksum. */
    private static final int WINDOW_BYTES = 2 * RecordLayout.MAX_RECORD_LENGTH;

    private final RecordMemory memory = new RecordMemory(WINDOW_BYTES);
    private final FileChannel channel;
    private final long size;
    private long windowStart;
    private int windowLength;

    BufferedFile(final Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
    }

    RecordMemory memory() {
        return memory;
    }

    /** Bytes in the file when it was opened. */
    long size() {
        return size;
    }

    /** Where a byte lies in {@link #memory}, once {@link #has} said that it is there. */
    int offsetOf(final long position) {
        return (int) (position - windowStart);
    }

    /**
     * Makes bytes present in memory; what lay before them may go.
     *
     * @param position first byte
     * @param length   bytes, at most {@link RecordLayout#MAX_RECORD_LENGTH} and a little
     * @return false when the file ends before
     */
    boolean has(final long position, final int length) throws IOException {
        if (position >= windowStart && position + length <= windowStart + windowLength) {
            return true;
        }
        return position + length <= size && fill(position) >= length;
    }

    /** What is in memory may have been changed in the file since. */
    void forget() {
        windowLength = 0;
    }

    private int fill(final long position) throws IOException {
        final ByteBuffer bytes = memory.bytes();
        bytes.clear();
        windowStart = position;
        while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) > 0) {
            continue;
        }
        windowLength = bytes.position();
        bytes.clear();
        return windowLength;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
