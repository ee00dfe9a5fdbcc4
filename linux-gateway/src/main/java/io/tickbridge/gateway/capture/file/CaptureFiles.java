package io.tickbridge.gateway.capture.file;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.files.FileFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** Opens capture files. What a file is follows from its first bytes, never from its name. */
public final class CaptureFiles {
    private static final int GZIP_MAGIC_LENGTH = 2;

    private CaptureFiles() {
    }

    /**
     * Plays a file as fast as it is polled.
     *
     * @param file pcap or pcapng, plain or gzip; a pipe will do
     * @return a source at the file's first frame
     * @throws CaptureException when it cannot be opened or is no Ethernet capture
     */
    public static CaptureFileSource open(final Path file) {
        return open(file, 0);
    }

    /**
     * Plays a file.
     *
     * @param file pcap or pcapng, plain or gzip; a pipe will do
     * @param pace multiple of the recorded pace: 2 is twice as fast; 0 is as fast as it is polled
     * @return a source at the file's first frame
     * @throws CaptureException         when it cannot be opened or is no Ethernet capture
     * @throws IllegalArgumentException when the pace is negative or not finite
     */
    public static CaptureFileSource open(final Path file, final double pace) {
        return open(file, pace, SystemNanoClock.INSTANCE);
    }

    /**
     * Plays a file by a given clock.
     *
     * @param file  pcap or pcapng, plain or gzip; a pipe will do
     * @param pace  multiple of the recorded pace: 2 is twice as fast; 0 is as fast as it is polled
     * @param clock what tells how much time has passed; not read when the pace is 0
     * @return a source at the file's first frame
     * @throws CaptureException         when it cannot be opened or is no Ethernet capture
     * @throws IllegalArgumentException when the pace is negative or not finite
     */
    public static CaptureFileSource open(final Path file, final double pace, final NanoClock clock) {
        final Pace gate = Pace.of(pace, clock);
        final SourceCounts counts = new SourceCounts();
        return new CaptureFileSource(file, reader(file, counts), gate, counts);
    }

    /**
     * Opens a file for reading frame by frame.
     *
     * @param file   pcap or pcapng, plain or gzip; a pipe will do
     * @param counts where truncated frames are counted
     * @return a reader before the file's first frame
     * @throws CaptureException when it cannot be opened or is no Ethernet capture
     */
    public static CaptureReader reader(final Path file, final SourceCounts counts) {
        final CaptureWindow window = window(file);
        try {
            return CaptureFormat.detect(window).reader(window, counts);
        } catch (final RuntimeException e) {
            window.close();
            throw e;
        }
    }

    private static CaptureWindow window(final Path file) {
        if (Files.isDirectory(file)) {
            throw new CaptureException(file + ": is a directory; wanted a pcap or pcapng file", null);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file);
            return new CaptureWindow(file, unpack(channel));
        } catch (final IOException e) {
            closeAfter(e, channel);
            throw new CaptureException(file + ": cannot be opened: " + FileFailure.reason(e), e);
        }
    }

    private static ReadableByteChannel unpack(final FileChannel channel) throws IOException {
        // Read on instead of going back to the start: a pipe cannot go back.
        final ByteBuffer head = ByteBuffer.allocate(GZIP_MAGIC_LENGTH);
        while (head.hasRemaining() && channel.read(head) >= 0) {
            continue;
        }
        final var whole = new SequenceInputStream(
                new ByteArrayInputStream(head.array(), 0, head.position()), Channels.newInputStream(channel));
        final boolean gzip = head.position() == GZIP_MAGIC_LENGTH
                && head.get(0) == 0x1f && head.get(1) == (byte) 0x8b;
        if (gzip) {
            return new GzipChannel(whole);
        }
        head.flip();
        return new PrefixedChannel(head, channel);
    }

    private static void closeAfter(final IOException failure, final FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (final IOException e) {
            failure.addSuppressed(e);
        }
    }
}
