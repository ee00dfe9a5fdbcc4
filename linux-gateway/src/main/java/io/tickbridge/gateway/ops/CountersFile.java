package io.tickbridge.gateway.ops;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * A file of counters, mapped by the gateway that writes it and by any process that reads it.
 *
 * <p>Layout: 64 bytes of header (8 bytes magic, 8 bytes process id, 8 bytes heartbeat in ns since the Unix epoch,
 * little-endian), then Agrona's counter metadata, then its values.
 */
public final class CountersFile implements AutoCloseable {
    private static final long MAGIC = 0x3130_544e_4352_4254L; // "TBRCNT01", first character lowest
    private static final int MAGIC_OFFSET = 0;
    private static final int PROCESS_OFFSET = 8;
    private static final int HEARTBEAT_OFFSET = 16;
    private static final int HEADER_LENGTH = 64;
    private static final int CAPACITY = 512; // counters; a gateway with eight feeds needs about 200
    private static final int METADATA_LENGTH = CAPACITY * CountersReader.METADATA_LENGTH;
    private static final int VALUES_LENGTH = CAPACITY * CountersReader.COUNTER_LENGTH;
    private static final int FILE_LENGTH = HEADER_LENGTH + METADATA_LENGTH + VALUES_LENGTH;

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer header;
    private final UnsafeBuffer metadata;
    private final UnsafeBuffer values;

    private CountersFile(final MappedByteBuffer mapped) {
        this.mapped = mapped;
        this.header = new UnsafeBuffer(mapped, 0, HEADER_LENGTH);
        this.metadata = new UnsafeBuffer(mapped, HEADER_LENGTH, METADATA_LENGTH);
        this.values = new UnsafeBuffer(mapped, HEADER_LENGTH + METADATA_LENGTH, VALUES_LENGTH);
    }

    /**
     * Creates the file anew, for the gateway.
     *
     * @param path where; its directory is created when absent
     * @return the file, empty of counters
     */
    public static CountersFile create(final Path path) {
        try {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            Files.deleteIfExists(path);
            final CountersFile file = new CountersFile(map(path, "rw", FileChannel.MapMode.READ_WRITE));
            file.header.putLong(PROCESS_OFFSET, ProcessHandle.current().pid(), ByteOrder.LITTLE_ENDIAN);
            file.header.putLongVolatile(MAGIC_OFFSET, MAGIC);
            return file;
        } catch (final IOException e) {
            throw new UncheckedIOException(path + ": cannot create the counters file", e);
        }
    }

    /**
     * Opens a file that a gateway writes.
     *
     * @param path where
     * @return the file, to read from
     */
    public static CountersFile open(final Path path) {
        try {
            if (!Files.isReadable(path) || Files.size(path) < FILE_LENGTH) {
                throw new IOException("no gateway's counters are there; is it running with this configuration?");
            }
            final CountersFile file = new CountersFile(map(path, "r", FileChannel.MapMode.READ_ONLY));
            if (file.header.getLongVolatile(MAGIC_OFFSET) != MAGIC) {
                throw new IOException("not a counters file of this version");
            }
            return file;
        } catch (final IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    private static MappedByteBuffer map(final Path path, final String mode, final FileChannel.MapMode mapMode)
            throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), mode)) {
            if (mapMode == FileChannel.MapMode.READ_WRITE) {
                file.setLength(FILE_LENGTH);
            }
            final MappedByteBuffer mapped = file.getChannel().map(mapMode, 0, FILE_LENGTH);
            mapped.order(ByteOrder.LITTLE_ENDIAN);
            return mapped;
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
    }
}
