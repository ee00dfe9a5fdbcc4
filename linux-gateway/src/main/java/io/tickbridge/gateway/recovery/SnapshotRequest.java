package io.tickbridge.gateway.recovery;

import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.feed.SnapshotDialogue;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks one server for a snapshot, and blocks until it is whole, or the server fails, or nobody wants it any more. */
final class SnapshotRequest {
    /** ms after which a read looks up: for heartbeats of its own, and whether it is still wanted. */
    private static final int LOOK_UP = 100;
    /** ns between packets to the server, at most: a second is what servers allow. */
    private static final long HEARTBEAT = 700_000_000L;

    private final SnapshotDialogue venue;
    private final long timeout;
    private final byte[] received;
    private final byte[] sent;
    private final UnsafeBuffer packet = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer reply;
    private int start;
    private int end;

    SnapshotRequest(final SnapshotDialogue venue, final long timeout) {
        this.venue = venue;
        this.timeout = timeout;
        this.received = new byte[2 * venue.largestPacket()];
        this.sent = new byte[venue.largestPacket()];
        this.reply = new UnsafeBuffer(sent);
    }

    /**
     * Asks.
     *
     * @param server   whom
     * @param stream   for what
     * @param session  for what
     * @param sink     takes the datagrams
     * @param unwanted asked again and again
     * @throws IOException      when the server does not deliver everything; what came before stays delivered
     * @throws SnapshotUnwanted when it was broken off
     */
    void ask(
            final RecoveryServer server, final long stream, final long session, final GapFill.Sink sink,
            final BooleanSupplier unwanted) throws IOException {
        start = 0;
        end = 0;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()),
                    Math.max(1, (int) TimeUnit.NANOSECONDS.toMillis(timeout)));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(LOOK_UP);
            final OutputStream out = socket.getOutputStream();
            out.write(sent, 0, venue.login(reply, stream, session));
            read(socket.getInputStream(), out, sink, unwanted);
            out.write(sent, 0, venue.logout(reply));
        }
    }

    private void read(
            final InputStream in, final OutputStream out, final GapFill.Sink sink, final BooleanSupplier unwanted)
            throws IOException {
        long lastSent = System.nanoTime();
        long lastReceived = lastSent;
        while (!take(sink)) {
            if (unwanted.getAsBoolean()) {
                throw new SnapshotUnwanted();
            }
            final long now = System.nanoTime();
            if (now - lastSent > HEARTBEAT) {
                out.write(sent, 0, venue.heartbeat(reply));
                lastSent = now;
            }
            System.arraycopy(received, start, received, 0, end - start);
            end -= start;
            start = 0;
            try {
                final int read = in.read(received, end, received.length - end);
                if (read < 0) {
                    throw new EOFException("closed the connection before the snapshot was complete");
                }
                end += read;
                lastReceived = System.nanoTime();
            } catch (final SocketTimeoutException e) {
                if (System.nanoTime() - lastReceived > timeout) {
                    throw new SocketTimeoutException("was silent for too long");
                }
            }
        }
    }

    /** Takes all whole packets that are there; whether one of them was the last of the snapshot. */
    private boolean take(final GapFill.Sink sink) throws IOException {
        while (true) {
            packet.wrap(received, start, end - start);
            final int length = venue.packetLength(packet, end - start);
            if (length > venue.largestPacket()) {
                throw new ProtocolException("announced a packet of " + length + " bytes");
            }
            if (length == 0 || length > end - start) {
                return false;
            }
            start += length;
            if (venue.onPacket(packet, length, sink)) {
                return true;
            }
        }
    }

    /** What a server did, behind the word it. */
    static String describe(final IOException failure) {
        return failure instanceof ProtocolException || failure instanceof EOFException
                || failure instanceof SocketTimeoutException && failure.getMessage().startsWith("was")
                ? failure.getMessage() : "could not be reached (" + failure.getMessage() + ")";
    }
}
