package io.tickbridge.integration.exchange;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Nasdaq's servers of a channel on loopback: re-requests by UDP, GLIMPSE by TCP, one connection after the other. */
final class NasdaqServers implements AutoCloseable {
    private static final int LOGIN = 49;

    private final MoldRequests requests;
    private final GlimpseLogin glimpse;
    private final Supplier<MoldRequests.Manner> requestManner;
    private final Supplier<GlimpseLogin.Manner> loginManner;
    private final LongSupplier clock;
    private final DatagramSocket datagrams;
    private final ServerSocket connections;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();
    private volatile Socket current;

    /**
     * Serves from now on.
     *
     * @param requestPort   of UDP; 0 for any
     * @param loginPort     of TCP; 0 for any
     * @param requestManner asked at each request
     * @param loginManner   asked at each login
     * @param clock         ns since the Unix epoch
     */
    NasdaqServers(
            final NasdaqChannel channel, final int requestPort, final int loginPort,
            final Supplier<MoldRequests.Manner> requestManner, final Supplier<GlimpseLogin.Manner> loginManner,
            final LongSupplier clock) throws IOException {
        this.requests = new MoldRequests(channel);
        this.glimpse = new GlimpseLogin(channel);
        this.requestManner = requestManner;
        this.loginManner = loginManner;
        this.clock = clock;
        datagrams = new DatagramSocket(requestPort, InetAddress.getLoopbackAddress());
        connections = new ServerSocket(loginPort, 16, InetAddress.getLoopbackAddress());
        start("mold-requests", this::serveRequests);
        start("glimpse", this::serveLogins);
    }

    private static void start(final String name, final Runnable work) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    int requestPort() {
        return datagrams.getLocalPort();
    }

    int loginPort() {
        return connections.getLocalPort();
    }

    /** Requests that came. */
    int requests() {
        return answered.get();
    }

    /** Logins that came. */
    int logins() {
        return logins.get();
    }

    private void serveRequests() {
        final DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                packet.setLength(2048);
                datagrams.receive(packet);
                answered.incrementAndGet();
                final byte[] answer = requests.answer(
                        ByteBuffer.wrap(packet.getData(), 0, packet.getLength()).slice(), requestManner.get());
                if (answer.length > 0) {
                    datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (final IOException e) {
            if (!datagrams.isClosed()) {
                throw new IllegalStateException("the re-request server failed", e);
            }
        }
    }

    private void serveLogins() {
        while (!connections.isClosed()) {
            try (Socket socket = connections.accept()) {
                current = socket;
                serve(socket);
            } catch (final SocketException | EOFException e) {
                // The other end has had enough, or this one is closed.
            } catch (final IOException e) {
                throw new IllegalStateException("the GLIMPSE server failed", e);
            }
        }
    }

    private void serve(final Socket socket) throws IOException {
        final DataInputStream in = new DataInputStream(socket.getInputStream());
        final byte[] login = new byte[LOGIN];
        in.readFully(login);
        logins.incrementAndGet();
        final GlimpseLogin.Manner manner = loginManner.get();
        final OutputStream out = socket.getOutputStream();
        for (final byte[] packet : glimpse.answer(ByteBuffer.wrap(login), manner, clock.getAsLong())) {
            out.write(packet);
        }
        if (manner == GlimpseLogin.Manner.SILENT) {
            // Until the other end closes: what it says are heartbeats.
            while (in.read() >= 0) {
                continue;
            }
        } else if (manner != GlimpseLogin.Manner.CUT) {
            // It logs out, or simply goes; closing before it has read everything could take back what was sent.
            in.read();
        }
    }

    @Override
    public void close() throws IOException {
        connections.close();
        datagrams.close();
        final Socket socket = current;
        if (socket != null) {
            socket.close();
        }
    }
}
