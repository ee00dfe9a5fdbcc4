package io.tickbridge.integration.exchange;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The exchange's side of IEX gap fill, by UDP and TCP on loopback: "Unicast Gap Fill" and "Gap Fill Request" of the IEX
 * Transport Specification 1.26. A request that breaks its rules is ignored; by TCP the connection is closed.
 */
public final class GapFillServer implements AutoCloseable {
    private static final int REQUEST_HEADER = 16;
    private static final int RANGE = 16;
    private static final int SESSION = 8;
    /** "Maximum UDP Retransmission Response". */
    private static final int MOST_BY_UDP = 1000;
    private static final int UDP_PAYLOAD = 1400;
    private static final int TCP_PAYLOAD = 60_000;

    private final Supplier<IexStream> stream;
    private final Manner manner;
    private final DatagramSocket datagrams;
    private final ServerSocket connections;
    private final AtomicInteger requests = new AtomicInteger();

    /** What it does with a request. */
    public enum Manner {
        /** Answers as specified. */
        GOOD,
        /** Reads and says nothing. */
        SILENT,
        /** Answers of another session. */
        OTHER_SESSION,
        /** Answers with bytes that are no segment. */
        GARBAGE,
        /** Sends the first half, then nothing, or closes. */
        HALF
    }

    /**
     * Starts serving on a port of its own each.
     *
     * @param protocol Message Protocol ID
     * @param channel  Channel ID
     * @param session  Session ID
     * @param messages the session's messages, the first one is number 1
     * @param manner   what it does
     * @throws IOException when no port can be had
     */
    public GapFillServer(final int protocol, final int channel, final int session, final List<byte[]> messages,
            final Manner manner) throws IOException {
        this(fixed(protocol, channel, session, messages), manner);
    }

    /**
     * The same of a session that goes on.
     *
     * @param stream what was sent so far; asked at each request
     * @param manner what it does
     * @throws IOException when no port can be had
     */
    GapFillServer(final Supplier<IexStream> stream, final Manner manner) throws IOException {
        this.stream = stream;
        this.manner = manner;
        datagrams = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        connections = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
        start("gap-fill-udp", this::serveDatagrams);
        start("gap-fill-tcp", this::serveConnections);
    }

    private static Supplier<IexStream> fixed(
            final int protocol, final int channel, final int session, final List<byte[]> messages) {
        final IexStream stream = new IexStream(protocol, channel, session);
        messages.forEach(stream::add);
        return () -> stream;
    }

    private static void start(final String name, final Runnable work) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Where it takes datagrams.
     *
     * @return a port of 127.0.0.1
     */
    public int udpPort() {
        return datagrams.getLocalPort();
    }

    /**
     * Where it takes connections.
     *
     * @return a port of 127.0.0.1
     */
    public int tcpPort() {
        return connections.getLocalPort();
    }

    /**
     * Requests that came, valid or not.
     *
     * @return how many so far
     */
    public int requests() {
        return requests.get();
    }

    private void serveDatagrams() {
        final DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                packet.setLength(2048);
                datagrams.receive(packet);
                final ByteBuffer request =
                        ByteBuffer.wrap(packet.getData(), 0, packet.getLength()).slice().order(ByteOrder.LITTLE_ENDIAN);
                if (isValid(request, packet.getLength())) {
                    answer(request, MOST_BY_UDP, UDP_PAYLOAD, segment -> datagrams.send(
                            new DatagramPacket(segment, segment.length, packet.getSocketAddress())));
                }
            }
        } catch (final IOException e) {
            closed(e);
        }
    }

    private void serveConnections() {
        try {
            while (true) {
                try (Socket socket = connections.accept()) {
                    serve(socket);
                } catch (final SocketException e) {
                    if (connections.isClosed()) {
                        return;
                    }
                }
            }
        } catch (final IOException e) {
            closed(e);
        }
    }

    private void serve(final Socket socket) throws IOException {
        final DataInputStream in = new DataInputStream(socket.getInputStream());
        final byte[] header = in.readNBytes(REQUEST_HEADER);
        if (header.length < REQUEST_HEADER) {
            return;
        }
        final int ranges = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        final ByteBuffer request = ByteBuffer.allocate(REQUEST_HEADER + ranges * RANGE).order(ByteOrder.LITTLE_ENDIAN);
        request.put(header).put(in.readNBytes(ranges * RANGE));
        if (isValid(request, request.position())) {
            answer(request, Integer.MAX_VALUE, TCP_PAYLOAD, segment -> socket.getOutputStream().write(segment));
        }
        if (manner == Manner.SILENT) {
            // Until the other end has had enough.
            in.readNBytes(1);
        }
    }

    private void closed(final IOException e) {
        if (!connections.isClosed()) {
            throw new IllegalStateException("the gap fill server failed", e);
        }
    }

    private boolean isValid(final ByteBuffer request, final int length) {
        requests.incrementAndGet();
        final IexStream asked = stream.get();
        if (length < REQUEST_HEADER || length != REQUEST_HEADER + request.getInt(12) * RANGE || request.get(0) != 1
                || request.get(1) != 1 || (request.getShort(2) & 0xffff) != asked.protocol() || request.getInt(4) != asked.channel()
                || request.getInt(8) != asked.session()) {
            return false;
        }
        long last = 0;
        for (int at = REQUEST_HEADER; at < length; at += RANGE) {
            if (request.getLong(at) <= last || request.getLong(at + 8) < request.getLong(at)) {
                return false;
            }
            last = request.getLong(at + 8);
        }
        return true;
    }

    private interface Sending {
        void send(byte[] segment) throws IOException;
    }

    private void answer(final ByteBuffer request, final int most, final int payload, final Sending sending)
            throws IOException {
        if (manner == Manner.SILENT) {
            return;
        }
        if (manner == Manner.GARBAGE) {
            sending.send(new byte[] {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
                7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7});
            return;
        }
        int left = most;
        final IexStream all = stream.get();
        for (int range = 0; range < request.getInt(12); range++) {
            final int from = (int) request.getLong(REQUEST_HEADER + range * RANGE);
            final int asked = (int) Math.min(all.size(), request.getLong(REQUEST_HEADER + range * RANGE + 8));
            final int to = manner == Manner.HALF ? from + (asked - from + 1) / 2 - 1 : asked;
            int next = from;
            while (next <= to && left > 0) {
                final int last = Math.min(next - 1 + Math.min(left, to - next + 1), all.lastThatFits(next, payload));
                final byte[] segment = all.segment(next, last, System.currentTimeMillis() * 1_000_000);
                if (manner == Manner.OTHER_SESSION) {
                    ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN).putInt(SESSION, all.session() + 1);
                }
                sending.send(segment);
                left -= last - next + 1;
                next = last + 1;
            }
        }
    }

    /**
     * An Outbound Segment.
     *
     * @param protocol Message Protocol ID
     * @param channel  Channel ID
     * @param session  Session ID
     * @param messages the session's messages, the first one is number 1
     * @param from     first one of the segment
     * @param to       last one; one less than the first for a heartbeat
     * @param sendTime ns since the Unix epoch
     * @return its bytes
     */
    public static byte[] segment(final int protocol, final int channel, final int session, final List<byte[]> messages,
            final int from, final int to, final long sendTime) {
        return fixed(protocol, channel, session, messages).get().segment(from, to, sendTime);
    }

    @Override
    public void close() throws IOException {
        connections.close();
        datagrams.close();
    }
}
