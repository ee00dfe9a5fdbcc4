package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A connection to the link that speaks it badly. */
final class RawPeer implements AutoCloseable {
    private static final int LIMIT = 180_000; // ms; only what never comes takes so long

    private final Socket socket;

    RawPeer(final int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LIMIT);
    }

    void send(final byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The length field of a frame, and some of the bytes that it promises. */
    void sendFrameOfLength(final int claimed) throws IOException {
        send(ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putInt(claimed).array());
    }

    /** The gateway hangs up, whatever it said before. */
    void awaitClosed() throws IOException {
        try {
            final InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                continue;
            }
        } catch (final SocketTimeoutException e) {
            fail("the gateway did not hang up");
        } catch (final SocketException e) {
            // It hung up with bytes of ours unread: a reset.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
