package io.tickbridge.integration.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * The exchange's side of CME's TCP replay on loopback: "MDP 3.0 - TCP Recovery". Takes requests as FIX in tag=value form,
 * held to BodyLength and CheckSum, and answers with packets behind two bytes of length. One request a connection.
 */
public final class ReplayServer implements AutoCloseable {
    private static final int MOST_PACKETS = 2_000;
    private static final int LOGON = 15;
    private static final int LOGOUT = 16;
    private static final int HEARTBEAT = 12;
    private static final int LOGOUT_TEXT = 180;

    private final int channel;
    private final IntFunction<byte[]> packets;
    private final Manner manner;
    private final ServerSocket connections;
    private final AtomicInteger logons = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    /** What it does with whoever connects. */
    public enum Manner {
        /** Answers as described. */
        GOOD,
        /** The same, with heartbeats between, and in pieces that end anywhere. */
        CHATTY,
        /** Lets nobody in. */
        REFUSES_LOGON,
        /** Lets everybody in and refuses what they ask for. */
        REFUSES_REQUEST,
        /** Lets in, and then says nothing. */
        SILENT,
        /** Sends the first half, then ends the session as if that were all. */
        HALF,
        /** Sends the first half, then half a packet, and closes. */
        CUT,
        /** Sends packets of numbers that nobody asked for. */
        OTHER_NUMBERS,
        /** Sends bytes that are no packet. */
        GARBAGE
    }

    /**
     * Starts serving on a port of its own.
     *
     * @param channel number of the channel
     * @param packets the packet of a number as it was sent; null when there is none
     * @param manner  what it does
     * @throws IOException when no port can be had
     */
    public ReplayServer(final int channel, final IntFunction<byte[]> packets, final Manner manner) throws IOException {
        this.channel = channel;
        this.packets = packets;
        this.manner = manner;
        connections = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
        final Thread thread = new Thread(this::serve, "replay-server");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * A server of a list of packets.
     *
     * @param packets packets as they were sent, the first one is number 1
     * @return by number
     */
    public static IntFunction<byte[]> of(final List<byte[]> packets) {
        return number -> number < 1 || number > packets.size() ? null : packets.get(number - 1);
    }

    /**
     * Where it takes connections.
     *
     * @return a port of 127.0.0.1
     */
    public int port() {
        return connections.getLocalPort();
    }

    /**
     * Logons that came.
     *
     * @return how many so far
     */
    public int logons() {
        return logons.get();
    }

    /**
     * Requests that came, valid or not.
     *
     * @return how many so far
     */
    public int requests() {
        return requests.get();
    }

    private void serve() {
        try {
            while (true) {
                try (Socket socket = connections.accept()) {
                    serve(socket.getInputStream(), socket.getOutputStream());
                } catch (final SocketException | EOFException e) {
                    if (connections.isClosed()) {
                        return;
                    }
                }
            }
        } catch (final IOException e) {
            throw new IllegalStateException("the replay server failed", e);
        }
    }

    private void serve(final InputStream in, final OutputStream out) throws IOException {
        final Map<Integer, String> logon = read(in);
        logons.incrementAndGet();
        if (manner == Manner.REFUSES_LOGON || !"A".equals(logon.get(35)) || !"CME".equals(logon.get(553))
                || !"CME".equals(logon.get(554))) {
            send(out, admin(LOGOUT, 1, "Invalid username or password"));
            return;
        }
        send(out, admin(LOGON, 1, ""));
        final Map<Integer, String> request = read(in);
        requests.incrementAndGet();
        final String wrong = wrong(request);
        if (manner == Manner.REFUSES_REQUEST || wrong != null) {
            send(out, admin(LOGOUT, 2, wrong == null ? "Requests are not processed at this time" : wrong));
            return;
        }
        answer(in, out, Integer.parseInt(request.get(1182)), Integer.parseInt(request.get(1183)));
    }

    private String wrong(final Map<Integer, String> request) {
        if (!"V".equals(request.get(35)) || request.get(262) == null) {
            return "Market Data Request expected";
        }
        if (!Integer.toString(channel).equals(request.get(1180))) {
            return "Invalid channel";
        }
        final int from = Integer.parseInt(request.get(1182));
        final int to = Integer.parseInt(request.get(1183));
        if (from > to || packets.apply(from) == null || packets.apply(to) == null) {
            return "Invalid sequence number range";
        }
        return to - from >= MOST_PACKETS ? "More packets than allowed" : null;
    }

    private void answer(final InputStream in, final OutputStream out, final int from, final int to) throws IOException {
        if (manner == Manner.SILENT) {
            in.readNBytes(1); // until the other end has had enough
            return;
        }
        if (manner == Manner.GARBAGE) {
            send(out, new byte[] {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7});
            return;
        }
        final boolean half = manner == Manner.HALF || manner == Manner.CUT;
        final int last = half ? from + (to - from + 1) / 2 - 1 : to;
        for (int number = from; number <= last; number++) {
            if (manner == Manner.CHATTY) {
                send(out, admin(HEARTBEAT, 0, ""));
            }
            send(out, packets.apply(manner == Manner.OTHER_NUMBERS ? Math.max(1, from - 1) : number));
        }
        if (manner == Manner.CUT) {
            final byte[] packet = framed(packets.apply(last + 1));
            out.write(packet, 0, packet.length / 2);
        } else {
            send(out, admin(LOGOUT, to - from + 3, "Replay complete"));
        }
    }

    private void send(final OutputStream out, final byte[] packet) throws IOException {
        final byte[] bytes = framed(packet);
        if (manner == Manner.CHATTY) {
            for (int at = 0; at < bytes.length; at += 7) {
                out.write(bytes, at, Math.min(7, bytes.length - at));
                out.flush();
            }
        } else {
            out.write(bytes);
        }
    }

    private static byte[] framed(final byte[] packet) {
        return ByteBuffer.allocate(2 + packet.length).order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) packet.length).put(packet).array();
    }

    private static byte[] admin(final int template, final int sequence, final String text) {
        final Mdp3Packet packet = new Mdp3Packet();
        packet.start();
        switch (template) {
            case LOGON -> packet.login(30);
            case LOGOUT -> packet.logout(text, LOGOUT_TEXT);
            default -> packet.heartbeat();
        }
        final ByteBuffer finished = packet.finish(sequence, System.currentTimeMillis() * 1_000_000);
        final byte[] bytes = new byte[finished.remaining()];
        finished.get(bytes);
        return bytes;
    }

    /** One FIX message: 9=length, as many bytes, 10=checksum. */
    private static Map<Integer, String> read(final InputStream in) throws IOException {
        final String head = field(in);
        if (!head.startsWith("9=")) {
            throw new IOException("BodyLength expected, found " + head);
        }
        final byte[] body = in.readNBytes(Integer.parseInt(head.substring(2)));
        final String tail = field(in);
        int sum = 1;
        for (final byte b : (head + new String(body, US_ASCII)).getBytes(US_ASCII)) {
            sum += b;
        }
        if (!tail.equals("10=%03d".formatted(sum % 256))) {
            throw new IOException("CheckSum 10=%03d expected, found %s".formatted(sum % 256, tail));
        }
        final Map<Integer, String> fields = new HashMap<>();
        for (final String field : new String(body, US_ASCII).split("\1")) {
            fields.put(Integer.parseInt(field.substring(0, field.indexOf('='))), field.substring(field.indexOf('=') + 1));
        }
        return fields;
    }

    private static String field(final InputStream in) throws IOException {
        final StringBuilder field = new StringBuilder();
        for (int c = in.read(); c != 1; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the other end has gone");
            }
            field.append((char) c);
        }
        return field.toString();
    }

    @Override
    public void close() throws IOException {
        connections.close();
    }
}
