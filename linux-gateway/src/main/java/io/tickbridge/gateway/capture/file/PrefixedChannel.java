package io.tickbridge.gateway.capture.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A channel with the bytes that were already taken from it put back in front. */
final class PrefixedChannel implements ReadableByteChannel {
    private final ByteBuffer prefix;
    private final ReadableByteChannel rest;

    PrefixedChannel(final ByteBuffer prefix, final ReadableByteChannel rest) {
        this.prefix = prefix;
        this.rest = rest;
    }

    @Override
    public int read(final ByteBuffer target) throws IOException {
        if (!prefix.hasRemaining()) {
            return rest.read(target);
        }
        int count = 0;
        while (prefix.hasRemaining() && target.hasRemaining()) {
            target.put(prefix.get());
            count++;
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return rest.isOpen();
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
