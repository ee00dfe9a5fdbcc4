package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.capture.CaptureException;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.IgnoreError;

/**
 * The C library's socket calls, as this process sees them: symbols are looked up in the global scope, where a preloaded
 * library such as OpenOnload's comes before the C library.
 *
 * <p>Pointers are {@code long}: addresses of memory that the caller owns and keeps. Nothing here allocates.
 */
final class SocketCalls {
    /** errno: nothing is there now; the same number as EWOULDBLOCK. */
    static final int EAGAIN = 11;
    /** errno: a signal came first. */
    static final int EINTR = 4;

    private static final Calls CALLS = load();
    private static final Runtime RUNTIME = Runtime.getRuntime(CALLS);

    private SocketCalls() {
    }

    /** Exactly the functions of the same names, section 2 of Linux's manual. Public only because the binding needs it. */
    public interface Calls {
        /** socket(2). */
        int socket(int domain, int type, int protocol);

        /** bind(2). */
        int bind(int socket, long address, int addressLength);

        /** setsockopt(2). */
        int setsockopt(int socket, int level, int option, long value, int valueLength);

        /** getsockopt(2). */
        int getsockopt(int socket, int level, int option, long value, long valueLength);

        /** recvmmsg(2). */
        int recvmmsg(int socket, long messages, int capacity, int flags, long timeout);

        /** send(2). */
        long send(int socket, long memory, long length, int flags);

        /** recv(2). */
        long recv(int socket, long memory, long length, int flags);

        /** epoll_create1(2). */
        int epoll_create1(int flags);

        /** epoll_ctl(2). */
        int epoll_ctl(int epoll, int operation, int descriptor, long event);

        /** epoll_wait(2). What it returns says enough: a failure, too, means that nothing is ready. */
        @IgnoreError
        int epoll_wait(int epoll, long events, int capacity, int timeout);

        /** close(2). */
        @IgnoreError
        int close(int descriptor);

        /** strerror(3). */
        @IgnoreError
        String strerror(int error);
    }

    static Calls calls() {
        return CALLS;
    }

    /** errno of this thread's last call that returned -1. */
    static int lastError() {
        return RUNTIME.getLastError();
    }

    /**
     * The result of a call that must not fail.
     *
     * @param result what it returned
     * @param what   for the message, for example {@code bind}
     * @throws CaptureException when it is -1
     */
    static int check(final int result, final String what) {
        if (result == -1) {
            throw new CaptureException(what + ": " + CALLS.strerror(lastError()), null);
        }
        return result;
    }

    private static Calls load() {
        // As dlsym(RTLD_DEFAULT): a handle of libc.so.6 would go past whatever is preloaded.
        return LibraryLoader.create(Calls.class).searchDefault().failImmediately().load();
    }
}
