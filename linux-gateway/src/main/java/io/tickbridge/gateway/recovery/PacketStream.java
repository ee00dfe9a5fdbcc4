package io.tickbridge.gateway.recovery;

import io.tickbridge.gateway.feed.GapFill;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.agrona.concurrent.UnsafeBuffer;

/** The packets of one connection, one after the other, each at the beginning of one buffer. */
final class PacketStream {
    private final Socket socket;
    private final InputStream in;
    private final GapFill venue;
    private final byte[] received;
    private final UnsafeBuffer packet;
    private final long timeout;
    private long deadline;
    private int filled;
    private int length;

    /** A packet that the buffer cannot hold, because no sound one is so long. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        private TooLong(final int length) {
            super("announced a packet of " + length + " bytes");
        }
    }

    /**
     * A connection that nothing was read from.
     *
     * @param venue    says where packets end
     * @param received takes them
     * @param packet   the same bytes
     * @param timeout  ns without progress after which the server is given up
     */
    PacketStream(
            final Socket socket, final GapFill venue, final byte[] received, final UnsafeBuffer packet, final long timeout)
            throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.venue = venue;
        this.received = received;
        this.packet = packet;
        this.timeout = timeout;
        this.deadline = System.nanoTime() + timeout;
    }

    /** Waits for a whole packet; its bytes stand at the buffer's beginning until {@link #consume}. */
    int next() throws IOException {
        while (true) {
            length = venue.packetLength(packet, filled);
            if (length > received.length) {
                throw new TooLong(length);
            }
            if (length > 0 && filled >= length) {
                return length;
            }
            socket.setSoTimeout(ServerRequest.millisUntil(deadline));
            final int read = in.read(received, filled, received.length - filled);
            if (read < 0) {
                throw new EOFException("closed the connection before everything was there");
            }
            filled += read;
        }
    }

    /** The packet is done with; the server's time begins anew when it was of use. */
    void consume(final boolean progress) {
        System.arraycopy(received, length, received, 0, filled - length);
        filled -= length;
        if (progress) {
            deadline = System.nanoTime() + timeout;
        }
    }
}
