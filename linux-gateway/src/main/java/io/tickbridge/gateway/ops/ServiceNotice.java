package io.tickbridge.gateway.ops;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jnr.ffi.LibraryLoader;

/**
 * Words to the service manager that started this process (sd_notify(3)): a datagram to the socket that NOTIFY_SOCKET names.
 * Java has no datagrams on such sockets, so the C library sends them. Never blocks and never fails: a manager that does not
 * listen is no reason to stop. Any thread.
 */
public final class ServiceNotice {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int LONGEST_PATH = 107; // sun_path of unix(7) has 108 bytes, with the NUL

    /** As the C library declares them. */
    public interface Calls {
        /** socket(2). */
        int socket(int domain, int type, int protocol);

        /** sendto(2). */
        long sendto(int socket, ByteBuffer bytes, long length, int flags, ByteBuffer address, int addressLength);
    }

    private final Calls calls;
    private final int socket;
    private final ByteBuffer address;

    private ServiceNotice(final Calls calls, final int socket, final ByteBuffer address) {
        this.calls = calls;
        this.socket = socket;
        this.address = address;
    }

    /**
     * The manager that waits for notices.
     *
     * @param path NOTIFY_SOCKET of the environment: an absolute path, or a name after {@code @}; null without one
     * @return empty when there is none, or its socket cannot be used
     */
    public static Optional<ServiceNotice> to(final String path) {
        if (path == null || path.isEmpty() || path.charAt(0) != '/' && path.charAt(0) != '@') {
            return Optional.empty();
        }
        final byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            return Optional.empty();
        }
        if (name[0] == '@') {
            name[0] = 0; // a name that is no file
        }
        final Calls calls = LibraryLoader.create(Calls.class).load("c");
        final int socket = calls.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        final ByteBuffer address = ByteBuffer.allocateDirect(2 + name.length).order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX).put(name).flip();
        return socket < 0 ? Optional.empty() : Optional.of(new ServiceNotice(calls, socket, address));
    }

    /**
     * Says something.
     *
     * @param lines assignments as in sd_notify(3), for example {@code READY=1}
     */
    public synchronized void say(final String... lines) {
        final byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        final ByteBuffer bytes = ByteBuffer.allocateDirect(text.length).put(text).flip();
        calls.sendto(socket, bytes, text.length, MSG_DONTWAIT | MSG_NOSIGNAL, address, address.limit());
    }
}
