package io.tickbridge.integration.exchange;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes frames as a capture in libpcap's format with times in ns (magic number a1b23c4d), Ethernet. */
final class CaptureFile implements AutoCloseable {
    private static final int MAGIC_NANOSECONDS = 0xa1b2_3c4d;
    private static final int SNAPSHOT_LENGTH = 65_535;
    private static final int ETHERNET = 1;
    private static final long SECOND = 1_000_000_000L;

    private final OutputStream out;
    private final ByteBuffer head = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);

    CaptureFile(final Path file) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file));
        head.putInt(MAGIC_NANOSECONDS).putShort((short) 2).putShort((short) 4).putLong(0);
        out.write(head.putInt(SNAPSHOT_LENGTH).putInt(ETHERNET).array());
    }

    /** One frame, at a time in ns since the Unix epoch. */
    void write(final byte[] frame, final long time) throws IOException {
        head.clear().putInt((int) (time / SECOND)).putInt((int) (time % SECOND)).putInt(frame.length);
        out.write(head.putInt(frame.length).array(), 0, head.position());
        out.write(frame);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
