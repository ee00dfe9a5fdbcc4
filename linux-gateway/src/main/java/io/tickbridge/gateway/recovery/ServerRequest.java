package io.tickbridge.gateway.recovery;

import io.tickbridge.gateway.feed.GapFill;
import java.io.IOException;
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
    private static final int REQUEST_CAPACITY = 256;

    private final GapFill venue;
    private final long timeout;
    private final RequestPace pace;
    private final RecoveryCounts counts;
    private final byte[] received;
    private final UnsafeBuffer packet;
    private final byte[] asked = new byte[REQUEST_CAPACITY];
    private final UnsafeBuffer request = new UnsafeBuffer(asked);
    private boolean lastWasRefused;

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
            final PacketStream stream = new PacketStream(socket, venue, received, packet, timeout);
            logOn(socket, stream);
            final long last = Math.min(hole.to, hole.next + venue.mostByStream() - 1);
            socket.getOutputStream().write(asked, 0, write(hole, last));
            while (hole.next <= last) {
                final int length = next(stream);
                final long before = hole.next;
                if (!take(length, hole, last, sink) && lastWasRefused) {
                    throw new IOException("answered with something else");
                }
                stream.consume(hole.next > before);
            }
            logOut(socket);
            if (!hole.isFilled()) {
                throw new IOException("may be asked for " + venue.mostByStream() + " at once, and no more");
            }
        }
    }

    private void logOn(final Socket socket, final PacketStream stream) throws IOException {
        final int logon = venue.logon(request);
        if (logon > 0) {
            socket.getOutputStream().write(asked, 0, logon);
            final int length = next(stream);
            if (!venue.isLoggedOn(packet, length)) {
                counts.increment(RecoveryCounter.WRONG_ANSWERS);
                throw new IOException("answered the logon with something else");
            }
            stream.consume(true);
        }
    }

    /** Everything is there: whether the server still listens is no matter. */
    private void logOut(final Socket socket) {
        final int logout = venue.logout(request);
        if (logout > 0) {
            try {
                socket.getOutputStream().write(asked, 0, logout);
            } catch (final IOException e) {
                // It has closed already.
            }
        }
    }

    /** Length of the next packet; one that ends the session does not get past here. */
    private int next(final PacketStream stream) throws IOException {
        final int length;
        try {
            length = stream.next();
        } catch (final PacketStream.TooLong e) {
            counts.increment(RecoveryCounter.WRONG_ANSWERS);
            throw e;
        }
        final String refusal = venue.refusal(packet, length);
        if (refusal != null) {
            counts.increment(RecoveryCounter.REFUSALS);
            throw new IOException("ended the session: " + refusal);
        }
        return length;
    }

    private int write(final Hole hole, final long last) {
        pace.await();
        counts.increment(RecoveryCounter.REQUESTS);
        return venue.request(request, hole.stream, hole.session, hole.next, last);
    }

    private boolean take(final int length, final Hole hole, final long last, final GapFill.Sink sink) {
        final long next = venue.answer(packet, length, hole.stream, hole.session, hole.next, last, sink);
        lastWasRefused = next == GapFill.REFUSED;
        if (lastWasRefused) {
            counts.increment(RecoveryCounter.WRONG_ANSWERS);
            return false;
        }
        counts.increment(RecoveryCounter.ANSWERS);
        final boolean progress = next > hole.next;
        hole.next = next;
        return progress;
    }

    static int millisUntil(final long deadline) throws SocketTimeoutException {
        final long rest = deadline - System.nanoTime();
        if (rest <= 0) {
            throw new SocketTimeoutException("silent");
        }
        // 0 would wait for ever.
        return (int) TimeUnit.NANOSECONDS.toMillis(rest) + 1;
    }
}
