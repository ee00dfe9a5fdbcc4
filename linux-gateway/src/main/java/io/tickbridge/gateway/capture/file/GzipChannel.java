package io.tickbridge.gateway.capture.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip (RFC 1952), all members of it, into a direct buffer without allocating on the way. */
final class GzipChannel implements ReadableByteChannel {
    private static final int CHUNK = 1 << 16;

    private final GZIPInputStream unpacked;
    private final byte[] chunk = new byte[CHUNK];
    private boolean open = true;

    GzipChannel(final InputStream packed) throws IOException {
        this.unpacked = new GZIPInputStream(new NeverDry(packed), CHUNK);
    }

    @Override
    public int read(final ByteBuffer target) throws IOException {
        final int count = unpacked.read(chunk, 0, Math.min(CHUNK, target.remaining()));
        if (count > 0) {
            target.put(chunk, 0, count);
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        unpacked.close();
    }

    /**
     * Looks for a further member by reading. GZIPInputStream asks available() instead, which for a pipe says 0
     * before its end, and the rest of the file would go missing in silence.
     */
    private static final class NeverDry extends FilterInputStream {

        NeverDry(final InputStream in) {
            super(in);
        }

        @Override
        public int available() {
            return 1;
        }
    }
}
