package io.tickbridge.gateway.ops;

import io.tickbridge.gateway.files.FileFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * A file of counters, mapped by the gateway that writes it and by any process that reads it.
 *
 * <p>Layout, little-endian: 64 bytes of header (8 bytes magic, 8 bytes process id, 8 bytes heartbeat in ns since the
 * Unix epoch, 4 bytes number of counters there is room for), then Agrona's metadata of that many counters, then their
 * values.
 */
public final class CountersFile implements AutoCloseable {
    private static final long MAGIC = 0x3130_544e_4352_4254L; // "TBRCNT01", first character lowest
    private static final int MAGIC_OFFSET = 0;
    private static final int PROCESS_OFFSET = 8;
    private static final int HEARTBEAT_OFFSET = 16;
    private static final int CAPACITY_OFFSET = 24;
    private static final int HEADER_LENGTH = 64;
    private static final int PER_COUNTER = CountersReader.METADATA_LENGTH + CountersReader.COUNTER_LENGTH;

    private final MappedByteBuffer mapped;
    private final CountersLock lock; // null for readers
    private final UnsafeBuffer header;
    private final UnsafeBuffer metadata;
    private final UnsafeBuffer values;

    private CountersFile(final MappedByteBuffer mapped, final int capacity, final CountersLock lock) {
        final int metadataLength = capacity * CountersReader.METADATA_LENGTH;
        this.mapped = mapped;
        this.lock = lock;
        this.header = new UnsafeBuffer(mapped, 0, HEADER_LENGTH);
        this.metadata = new UnsafeBuffer(mapped, HEADER_LENGTH, metadataLength);
        this.values = new UnsafeBuffer(
                mapped, HEADER_LENGTH + metadataLength, capacity * CountersReader.COUNTER_LENGTH);
    }

    /**
     * Creates the file anew, for the gateway, which holds it until it is closed.
     *
     * @param path     where; its directory is created when absent
     * @param capacity how many counters it can hold
     * @return the file, empty of counters
     * @throws UncheckedIOException when it cannot be created, or another gateway writes it
     */
    public static CountersFile create(final Path path, final int capacity) {
        CountersLock lock = null;
        try {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            lock = CountersLock.acquire(path);
            // A reader of the old file keeps it; the new one must not change under it.
            Files.deleteIfExists(path);
            final CountersFile file = new CountersFile(mapNew(path, length(capacity)), capacity, lock);
            file.header.putLong(PROCESS_OFFSET, ProcessHandle.current().pid(), ByteOrder.LITTLE_ENDIAN);
            file.header.putInt(CAPACITY_OFFSET, capacity, ByteOrder.LITTLE_ENDIAN);
            file.header.putLongVolatile(MAGIC_OFFSET, MAGIC); // last: with it the header is whole
            return file;
        } catch (final IOException e) {
            CloseHelper.quietClose(lock);
            throw new UncheckedIOException(path + ": cannot create the counters file (" + FileFailure.reason(e)
                    + "); name another place under `counters`", e);
        }
    }

    /**
     * Opens a file that a gateway writes.
     *
     * @param path where
     * @return the file, to read from
     * @throws UncheckedIOException when there is no such file, or it is another
     */
    public static CountersFile open(final Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new IOException("no counters are there; is a gateway running with this configuration?");
            }
            final MappedByteBuffer mapped = mapExisting(path);
            final int capacity = capacity(mapped);
            if (capacity < 0) {
                IoUtil.unmap(mapped);
                throw new IOException("not a counters file, or one of another version");
            }
            return new CountersFile(mapped, capacity, null);
        } catch (final IOException e) {
            throw new UncheckedIOException(path + ": " + FileFailure.reason(e), e);
        }
    }

    /** How many counters a file has room for; -1 when it is not a counters file, or not all there. */
    private static int capacity(final MappedByteBuffer mapped) {
        if (mapped.capacity() < HEADER_LENGTH) {
            return -1;
        }
        final UnsafeBuffer header = new UnsafeBuffer(mapped, 0, HEADER_LENGTH);
        if (header.getLongVolatile(MAGIC_OFFSET) != MAGIC) {
            return -1;
        }
        final int capacity = header.getInt(CAPACITY_OFFSET, ByteOrder.LITTLE_ENDIAN);
        return capacity >= 0 && length(capacity) == mapped.capacity() ? capacity : -1;
    }

    private static long length(final int capacity) {
        return HEADER_LENGTH + (long) capacity * PER_COUNTER;
    }

    private static MappedByteBuffer mapNew(final Path path, final long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(length);
            return file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, length);
        }
    }

    private static MappedByteBuffer mapExisting(final Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            final long length = Math.min(channel.size(), Integer.MAX_VALUE);
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
        }
    }

    /**
     * For the writer: allocates counters.
     *
     * @return a manager over this file
     */
    public CountersManager manager() {
        return new CountersManager(metadata, values);
    }

    /**
     * For readers: walks the counters.
     *
     * @return a reader over this file
     */
    public CountersReader reader() {
        return new CountersReader(metadata, values);
    }

    /**
     * Says that the writer is alive.
     *
     * @param time ns since the Unix epoch
     */
    public void heartbeat(final long time) {
        header.putLongVolatile(HEARTBEAT_OFFSET, time);
    }

    /**
     * When the writer was alive last.
     *
     * @return ns since the Unix epoch; 0 before the first heartbeat
     */
    public long lastHeartbeat() {
        return header.getLongVolatile(HEARTBEAT_OFFSET);
    }

    /**
     * Who writes the file.
     *
     * @return the gateway's process id
     */
    public long processId() {
        return header.getLong(PROCESS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
        CloseHelper.quietClose(lock);
    }
}
