package io.tickbridge.gateway.recovery;

import io.tickbridge.gateway.feed.GapFill;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks one server for the rest of a hole, by UDP or TCP, and blocks until it is there, or the server refuses, or is silent
 * for too long. A connection lasts for one hole.
 */
final class ServerRequest {
    private static final int REQUEST_CAPACITY = 64;

    private final GapFill venue;
    private final long timeout;
    private final RequestPace pace;
    private final RecoveryCounts counts;
    private final byte[] received;
    private final UnsafeBuffer packet;
    private final byte[] asked = new byte[REQUEST_CAPACITY];
    private final UnsafeBuffer request = new UnsafeBuffer(asked);

    /** A hole, and what is still missing of it. */
    static final class Hole {
        final long stream;
        final long session;
        final long from;
        final long to;
        /** First number that has not been delivered. */
        long next;

        Hole(final long stream, final long session, final long from, final long to) {
            this.stream = stream;
            this.session = session;
            this.from = from;
            this.to = to;
            this.next = from;
        }

        boolean isFilled() {
            return next > to;
        }
    }

    ServerRequest(final GapFill venue, final long timeout, final RequestPace pace, final RecoveryCounts counts) {
        this.venue = venue;
        this.timeout = timeout;
        this.pace = pace;
        this.counts = counts;
        this.received = new byte[venue.largestPacket()];
        this.packet = new UnsafeBuffer(received);
    }

    /**
     * Asks.
     *
     * @param server whom
     * @param hole   brought up to date with what came
     * @param sink   takes the datagrams
     * @throws IOException when the server does not deliver everything; what came before stays delivered
     */
    void ask(final RecoveryServer server, final Hole hole, final GapFill.Sink sink) throws IOException {
        if (server.byStream()) {
            byStream(server, hole, sink);
        } else {
            byDatagram(server, hole, sink);
        }
    }

    private void byDatagram(final RecoveryServer server, final Hole hole, final GapFill.Sink sink) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            // Connected: nobody else's datagrams come in, and the kernel tells when nobody listens there.
            socket.connect(new InetSocketAddress(server.host(), server.port()));
            final DatagramPacket answer = new DatagramPacket(received, received.length);
            while (!hole.isFilled()) {
                final long last = Math.min(hole.to, hole.next + venue.mostByDatagram() - 1);
                socket.send(new DatagramPacket(asked, write(hole, last)));
                long deadline = System.nanoTime() + timeout;
                boolean answered = false;
                while (hole.next <= last && !answered) {
                    socket.setSoTimeout(millisUntil(deadline));
                    answer.setLength(received.length);
                    socket.receive(answer);
                    if (take(answer.getLength(), hole, last, sink)) {
                        deadline = System.nanoTime() + timeout;
                        // What did not fit the one packet is asked for with the next request.
                        answered = venue.answersInOnePacket();
                    }
                }
            }
        }
    }

    private void byStream(final RecoveryServer server, final Hole hole, final GapFill.Sink sink) throws IOException {
        try (Socket socket = new Socket()) {
            final int millis = Math.max(1, (int) TimeUnit.NANOSECONDS.toMillis(timeout));
            socket.connect(new InetSocketAddress(server.host(), server.port()), millis);
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(asked, 0, write(hole, hole.to));
            long deadline = System.nanoTime() + timeout;
            int filled = 0;
            final InputStream in = socket.getInputStream();
            while (!hole.isFilled()) {
                final int length = venue.packetLength(packet, filled);
                if (length > received.length) {
                    counts.increment(RecoveryCounter.WRONG_ANSWERS);
                    throw new IOException("announced a packet of " + length + " bytes");
                }
                if (length > 0 && filled >= length) {
                    if (!take(length, hole, hole.to, sink)) {
                        throw new IOException("answered with something else");
                    }
                    deadline = System.nanoTime() + timeout;
                    System.arraycopy(received, length, received, 0, filled - length);
                    filled -= length;
                } else {
                    socket.setSoTimeout(millisUntil(deadline));
                    final int read = in.read(received, filled, received.length - filled);
                    if (read < 0) {
                        throw new EOFException("closed the connection before everything was there");
                    }
                    filled += read;
                }
            }
        }
    }

    private int write(final Hole hole, final long last) {
        pace.await();
        counts.increment(RecoveryCounter.REQUESTS);
        return venue.request(request, hole.stream, hole.session, hole.next, last);
    }

    private boolean take(final int length, final Hole hole, final long last, final GapFill.Sink sink) {
        final long next = venue.answer(packet, length, hole.stream, hole.session, hole.next, last, sink);
        if (next == GapFill.REFUSED) {
            counts.increment(RecoveryCounter.WRONG_ANSWERS);
            return false;
        }
        counts.increment(RecoveryCounter.ANSWERS);
        final boolean progress = next > hole.next;
        hole.next = next;
        return progress;
    }

    private static int millisUntil(final long deadline) throws SocketTimeoutException {
        final long rest = deadline - System.nanoTime();
        if (rest <= 0) {
            throw new SocketTimeoutException("silent");
        }
        // 0 would wait for ever.
        return (int) TimeUnit.NANOSECONDS.toMillis(rest) + 1;
    }
}
