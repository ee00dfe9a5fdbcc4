package io.tickbridge.gateway.capture.claim;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/** Names in the abstract namespace of unix(7), which Java's own sockets cannot have. */
final class UnixSocket {
    // socket(2), unix(7).
    private static final int AF_UNIX = 1;
    private static final int STREAM = 1 | 0x800 | 0x80000; // SOCK_STREAM, SOCK_NONBLOCK, SOCK_CLOEXEC
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int IN_USE = 98; // EADDRINUSE
    private static final int REFUSED = 111; // ECONNREFUSED
    /** Who looked stays in the queue, since nobody is accepted: a long one, so that they still learn whose the name is. */
    private static final int BACKLOG = 4096; // SOMAXCONN

    private static final Calls CALLS = LibraryLoader.create(Calls.class).load("c");
    private static final Runtime RUNTIME = Runtime.getRuntime(CALLS);

    private UnixSocket() {
    }

    /** As the C library declares them. */
    public interface Calls {
        /** socket(2). */
        int socket(int domain, int type, int protocol);

        /** bind(2). */
        int bind(int socket, @In byte[] address, int length);

        /** listen(2). */
        int listen(int socket, int backlog);

        /** connect(2). */
        int connect(int socket, @In byte[] address, int length);

        /** getsockopt(2). */
        int getsockopt(int socket, int level, int option, @Out int[] value, int[] length);

        /** close(2). */
        int close(int descriptor);

        /** strerror(3). */
        String strerror(int error);
    }

    /**
     * Takes a name, listening, so that others can find it; nobody is accepted.
     *
     * @return its descriptor; empty when somebody has the name
     * @throws InterfaceClaim.Unavailable when it cannot be had for another reason
     */
    static OptionalInt listen(final String name) {
        final byte[] address = address(name);
        final int socket = open();
        if (CALLS.bind(socket, address, address.length) == 0 && CALLS.listen(socket, BACKLOG) == 0) {
            return OptionalInt.of(socket);
        }
        final int error = LastError.getLastError(RUNTIME);
        CALLS.close(socket);
        if (error == IN_USE) {
            return OptionalInt.empty();
        }
        throw new InterfaceClaim.Unavailable(CALLS.strerror(error));
    }

    /**
     * Looks who has a name.
     *
     * @return the process, 0 when it is not told; empty when nobody has the name
     */
    static OptionalInt holder(final String name) {
        final byte[] address = address(name);
        final int socket = open();
        try {
            if (CALLS.connect(socket, address, address.length) != 0) {
                return LastError.getLastError(RUNTIME) == REFUSED ? OptionalInt.empty() : OptionalInt.of(0);
            }
            final int[] credentials = new int[3]; // struct ucred: process, user, group
            final int told = CALLS.getsockopt(
                    socket, SOL_SOCKET, SO_PEERCRED, credentials, new int[] {credentials.length * Integer.BYTES});
            return OptionalInt.of(told == 0 ? credentials[0] : 0);
        } finally {
            CALLS.close(socket);
        }
    }

    static void close(final int socket) {
        CALLS.close(socket);
    }

    private static int open() {
        final int socket = CALLS.socket(AF_UNIX, STREAM, 0);
        if (socket < 0) {
            throw new InterfaceClaim.Unavailable(CALLS.strerror(LastError.getLastError(RUNTIME)));
        }
        return socket;
    }

    /** struct sockaddr_un: family in the machine's byte order, little-endian, a 0 that makes the name abstract, the name. */
    private static byte[] address(final String name) {
        final byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        final byte[] address = new byte[Short.BYTES + 1 + text.length];
        address[0] = AF_UNIX;
        System.arraycopy(text, 0, address, Short.BYTES + 1, text.length);
        return address;
    }
}
