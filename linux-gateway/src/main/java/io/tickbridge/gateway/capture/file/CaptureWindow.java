package io.tickbridge.gateway.capture.file;

import io.tickbridge.gateway.capture.CaptureException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A window that moves over a file: whatever is asked for lies in one piece of memory, and memory stays the same
 * however long the file is. Reading beats mapping here because a mapped file that shrinks kills the process.
 */
final class CaptureWindow implements AutoCloseable {
    /** Most bytes that can be asked for in one piece. */
    static final int CAPACITY = 1 << 20;

    private final Path file;
    private final ReadableByteChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(CAPACITY);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private long base;
    private int position;
    private int limit;
    private boolean ended;
    private boolean cutBelow;

    CaptureWindow(final Path file, final ReadableByteChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    Path file() {
        return file;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** Index of the current byte in {@link #buffer}. */
    int position() {
        return position;
    }

    /** The current byte's place in the file, after decompression. */
    long fileOffset() {
        return base + position;
    }

    /** Bytes from the current one on that are in memory. */
    int available() {
        return limit - position;
    }

    /** Whether the compressed stream broke off before its end. */
    boolean isCutBelow() {
        return cutBelow;
    }

    /**
     * Brings bytes into memory; moves what {@link #buffer} holds.
     *
     * @return whether that many are there from the current one on; false only at the file's end
     */
    boolean require(final int count) {
        while (limit - position < count) {
            if (ended) {
                return false;
            }
            fill(count);
        }
        return true;
    }

    void advance(final int count) {
        position += count;
    }

    /** Passes over bytes, whether or not they fit in memory; false when the file ends before. */
    boolean skip(final long count) {
        long left = count;
        while (left > available()) {
            left -= available();
            position = limit;
            if (!require(1)) {
                return false;
            }
        }
        position += (int) left;
        return true;
    }

    CaptureException invalid(final long offset, final String found, final String wanted) {
        return new CaptureException(file, offset, found, wanted);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new CaptureException(file + ": cannot be closed: " + e.getMessage(), e);
        }
    }

    private void fill(final int count) {
        if (position + count > CAPACITY) {
            bytes.limit(limit).position(position).compact();
            base += position;
            limit -= position;
            position = 0;
        }
        bytes.limit(CAPACITY).position(limit);
        try {
            final int read = channel.read(bytes);
            ended = read < 0;
            limit += Math.max(0, read);
        } catch (final EOFException e) {
            ended = true;
            cutBelow = true;
        } catch (final IOException e) {
            throw new CaptureException(
                    file + ": cannot be read beyond byte " + (base + limit) + ": " + e.getMessage(), e);
        }
    }
}
