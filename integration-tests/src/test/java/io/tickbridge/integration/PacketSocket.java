package io.tickbridge.integration;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Raw frames on one interface (packet(7)): a port that the kernel's own IP stack has no part in, as a bypassed one would
 * be. One thread. Needs root.
 */
final class PacketSocket implements AutoCloseable {
    private static final Calls CALLS = LibraryLoader.create(Calls.class).load("c");
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final short ALL_PROTOCOLS = 3; // ETH_P_ALL
    private static final int LONGEST = 2048;

    private final String name;
    private final int socket;
    private final byte[] own = new byte[6];
    private final byte[] frame = new byte[LONGEST];
    private final UnsafeBuffer buffer = new UnsafeBuffer(frame);

    /** As the C library declares them. */
    public interface Calls {
        int socket(int domain, int type, int protocol);

        int bind(int socket, @In byte[] address, int length);

        long send(int socket, @In byte[] frame, long length, int flags);

        long recv(int socket, @Out byte[] frame, long length, int flags);

        int close(int socket);
    }

    private PacketSocket(final String name, final int socket, final String ethernet) {
        this.name = name;
        this.socket = socket;
        for (int i = 0; i < own.length; i++) {
            own[i] = (byte) Integer.parseInt(ethernet.split(":")[i], 16);
        }
    }

    static PacketSocket open(final String name) throws IOException {
        final int protocol = Short.toUnsignedInt(Short.reverseBytes(ALL_PROTOCOLS)); // network order
        final int socket = CALLS.socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, protocol);
        final ByteBuffer address = ByteBuffer.allocate(20).order(ByteOrder.nativeOrder()); // struct sockaddr_ll
        address.putShort((short) AF_PACKET).putShort((short) protocol)
                .putInt(Integer.parseInt(Files.readString(Path.of("/sys/class/net", name, "ifindex")).strip()));
        if (socket < 0 || CALLS.bind(socket, address.array(), address.capacity()) != 0) {
            throw new IOException(name + ": no packet socket: error " + LastError.getLastError(Runtime.getRuntime(CALLS)));
        }
        return new PacketSocket(name, socket, ethernet(name));
    }

    static String ethernet(final String name) throws IOException {
        return Files.readString(Path.of("/sys/class/net", name, "address")).strip();
    }

    void send(final int port, final DirectBuffer from, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        from.getBytes(offset, bytes);
        if (CALLS.send(socket, bytes, length, 0) != length) {
            throw new CaptureException(name + ": cannot send: error " + LastError.getLastError(Runtime.getRuntime(CALLS)), null);
        }
    }

    /** Hands over what has come, but for what this machine's kernel itself sends there. Returns how many. */
    int poll(final FrameHandler handler) {
        int count = 0;
        for (long length = receive(); length > 0; length = receive()) {
            if (!java.util.Arrays.equals(own, 0, 6, frame, 6, 12)) {
                handler.onFrame(buffer, 0, (int) length, 0, 0);
                count++;
            }
        }
        return count;
    }

    private long receive() {
        return CALLS.recv(socket, frame, frame.length, 0);
    }

    @Override
    public void close() {
        CALLS.close(socket);
    }
}
