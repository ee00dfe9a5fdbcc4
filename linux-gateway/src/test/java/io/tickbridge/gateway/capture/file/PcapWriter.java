package io.tickbridge.gateway.capture.file;

import io.tickbridge.gateway.capture.CaptureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;

/**
 * Writes Ethernet frames to a pcap file: little-endian, timestamps in ns (draft-ietf-opsawg-pcap). Not safe for
 * threads. What was written is in the file after {@link #close}.
 */
public final class PcapWriter implements AutoCloseable {
    private static final int MAGIC_NANOSECONDS = 0xA1B2_3C4D;
    private static final int RECORD_HEADER = 16;
    private static final long NANOS_A_SECOND = 1_000_000_000;
    private static final long MAX_SECONDS = 0xffff_ffffL;
    private static final int BUFFERED = 1 << 19;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFERED).order(ByteOrder.LITTLE_ENDIAN);

    private PcapWriter(final Path file, final FileChannel channel) {
        this.file = file;
        this.channel = channel;
        buffer.putInt(MAGIC_NANOSECONDS).putShort((short) 2).putShort((short) 4);
        buffer.putInt(0).putInt(0).putInt(FrameCursor.MAX_FRAME).putInt(LinkType.ETHERNET);
    }

    /**
     * Creates a file, in place of one that is there.
     *
     * @param file where
     * @return a writer
     * @throws CaptureException when it cannot be created
     */
    public static PcapWriter create(final Path file) {
        try {
            return new PcapWriter(file, FileChannel.open(file, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
        } catch (final IOException e) {
            throw new CaptureException(file + ": cannot be created: " + e, e);
        }
    }

    /**
     * Appends one frame.
     *
     * @param frame     memory that holds it
     * @param offset    where it begins, at the Ethernet header
     * @param length    its bytes, 1 to 262144
     * @param timestamp ns since the Unix epoch, from 1970 to 2106
     * @throws CaptureException         when the file cannot be written
     * @throws IllegalArgumentException when length or time do not fit the format
     */
    public void write(final DirectBuffer frame, final int offset, final int length, final long timestamp) {
        if (length < 1 || length > FrameCursor.MAX_FRAME) {
            throw new IllegalArgumentException("frame of " + length + " bytes: 1 to " + FrameCursor.MAX_FRAME + " fit");
        }
        if (timestamp < 0 || timestamp / NANOS_A_SECOND > MAX_SECONDS) {
            throw new IllegalArgumentException("timestamp " + timestamp + " ns: only 1970 to 2106 fit");
        }
        if (buffer.remaining() < RECORD_HEADER + length) {
            flush();
        }
        buffer.putInt((int) (timestamp / NANOS_A_SECOND)).putInt((int) (timestamp % NANOS_A_SECOND));
        buffer.putInt(length).putInt(length);
        frame.getBytes(offset, buffer, length);
    }

    @Override
    public void close() {
        flush();
        try {
            channel.close();
        } catch (final IOException e) {
            throw new CaptureException(file + ": cannot be closed: " + e, e);
        }
    }

    private void flush() {
        try {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        } catch (final IOException e) {
            throw new CaptureException(file + ": cannot be written: " + e, e);
        }
    }
}
