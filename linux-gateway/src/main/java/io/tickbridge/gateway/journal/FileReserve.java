package io.tickbridge.gateway.journal;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps zeroed bytes on disk ahead of the append position.
 *
 * <p>Chronicle grows its file as a hole and lets page faults fill it. Two things follow that this prevents. A store
 * into a hole on a full disk kills the JVM with SIGBUS, while a write that finds no space fails with an exception;
 * and the block allocation of a fault falls into the append, while a write ahead does it between drains. (What
 * Chronicle offers for this, {@code ExcerptAppender.pretouch()}, recurses until the stack overflows in the open
 * source edition 2026.4.)
 *
 * <p>Only the thread that appends may call it: it writes where that thread has not been yet.
 */
final class FileReserve implements Closeable {
    /** Most that an append may use up: a record, and two of the queue's index pages of 256 KiB. */
    static final int APPEND_BYTES = RecordLayout.MAX_RECORD_LENGTH + (1 << 20);

    /** One write. Small enough that the ring hardly fills meanwhile. */
    private static final int STEP_BYTES = 1 << 20;
    /** How far ahead it gets in idle moments. */
    private static final int AHEAD_BYTES = 8 << 20;
    /** Begins on the next page: the one being appended to is on disk already, and holds the queue's own bytes. */
    private static final int PAGE_BYTES = 4096;

    private final FreeSpace freeSpace;
    private final long minFree;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(STEP_BYTES);
    private FileChannel channel;
    private Path file;
    private long end;

    /** Tells how much room the disk has. */
    @FunctionalInterface
    interface FreeSpace {
        /** Bytes that this process may still use. */
        long bytes() throws IOException;
    }

    /**
     * Over no file yet.
     *
     * @param minFree bytes that must remain, so that a new day's file, which begins as a hole, can still be begun
     */
    FileReserve(final FreeSpace freeSpace, final long minFree) {
        this.freeSpace = freeSpace;
        this.minFree = minFree;
    }

    /**
     * Looks whether a new file can be begun. Until {@link #begin} it is a hole, which must not meet a disk that somebody
     * else has filled.
     *
     * @throws IOException when less is free than must remain
     */
    void checkRoom() throws IOException {
        final long free = freeSpace.bytes();
        if (free < minFree) {
            throw new IOException("only " + free + " bytes are free for a new file, and " + minFree + " must remain (journal.min-free)");
        }
    }

    /**
     * Turns to a file.
     *
     * @param next     file that is appended to from now on
     * @param position end of what is written in it
     */
    void begin(final File next, final long position) throws IOException {
        close();
        file = next.toPath();
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        end = (position + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
        // The queue has laid down its first index pages, 256 KiB each, and touched their headers only: the rest of them is a
        // hole until thousands of records are indexed, on a disk that somebody may have filled by then.
        FileHoles.fill(file, position);
        cover(position);
    }

    /** Whether the next append stays within what is reserved. */
    boolean covers(final long position) {
        return position + APPEND_BYTES <= end;
    }

    /** Reserves until the next append is covered. Called when it is not. */
    void cover(final long position) throws IOException {
        while (!covers(position)) {
            step();
        }
    }

    /** Reserves one step more if there is less than wanted. For idle moments. */
    void work(final long position) throws IOException {
        if (position + AHEAD_BYTES > end) {
            step();
        }
    }

    private void step() throws IOException {
        final long free = freeSpace.bytes();
        if (free < minFree + STEP_BYTES) {
            throw new IOException("only " + free + " bytes are free for " + file + ", and " + minFree
                    + " must remain (journal.min-free)");
        }
        zeros.clear();
        long position = end;
        while (zeros.hasRemaining()) {
            position += channel.write(zeros, position);
        }
        end = position;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
