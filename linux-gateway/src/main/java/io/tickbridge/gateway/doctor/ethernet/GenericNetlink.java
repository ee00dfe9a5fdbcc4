package io.tickbridge.gateway.doctor.ethernet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import jnr.ffi.LibraryLoader;

/**
 * Questions to the kernel by generic netlink (include/uapi/linux/netlink.h and genetlink.h). All numbers are in the machine's
 * byte order. One question, one socket: nothing is shared, and no answer can be taken for another's.
 */
final class GenericNetlink {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int NETLINK_GENERIC = 16;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final short REQUEST = 1; // NLM_F_REQUEST
    private static final int ERROR = 2; // NLMSG_ERROR
    private static final int HEADER = 16; // struct nlmsghdr: length, type, flags, sequence, port
    private static final int GENERIC_HEADER = 4; // struct genlmsghdr: command, version, reserved
    private static final int LARGEST = 64 * 1024; // features of a NIC take about 5 KiB

    private static final int CONTROL = 0x10; // GENL_ID_CTRL
    private static final byte GET_FAMILY = 3; // CTRL_CMD_GETFAMILY
    private static final int FAMILY_ID = 1; // CTRL_ATTR_FAMILY_ID
    private static final int FAMILY_NAME = 2; // CTRL_ATTR_FAMILY_NAME

    /** As the C library declares them. */
    public interface Calls {
        /** socket(2). */
        int socket(int domain, int type, int protocol);

        /** setsockopt(2). */
        int setsockopt(int socket, int level, int option, ByteBuffer value, int length);

        /** send(2); to the kernel, since the socket was not connected elsewhere. */
        long send(int socket, ByteBuffer bytes, long length, int flags);

        /** recv(2). */
        long recv(int socket, ByteBuffer bytes, long length, int flags);

        /** close(2). */
        int close(int socket);
    }

    private final Calls calls = LibraryLoader.create(Calls.class).load("c");

    /** Number of a family of questions; empty when the kernel has none of that name. */
    Optional<Integer> family(final String name) {
        final ByteBuffer question = question(CONTROL, GET_FAMILY);
        Attributes.putText(question, FAMILY_NAME, name);
        return ask(question).flatMap(answer -> answer.number(FAMILY_ID)).map(Long::intValue);
    }

    /** A question to be completed with attributes. */
    static ByteBuffer question(final int family, final byte command) {
        final ByteBuffer out = ByteBuffer.allocateDirect(256).order(ByteOrder.nativeOrder());
        out.position(4);
        out.putShort((short) family).putShort(REQUEST).putInt(1).putInt(0).put(command).put((byte) 1).putShort((short) 0);
        return out;
    }

    /** Asks; empty when the kernel refuses or says nothing. */
    Optional<Attributes> ask(final ByteBuffer question) {
        question.putInt(0, question.position()).flip();
        final int socket = calls.socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
        if (socket < 0) {
            return Optional.empty();
        }
        try {
            // struct timeval: a second, for a kernel that answers at once or not at all.
            final ByteBuffer limit = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder()).putLong(0, 1);
            calls.setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, limit, limit.capacity());
            final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST).order(ByteOrder.nativeOrder());
            if (calls.send(socket, question, question.remaining(), 0) < 0) {
                return Optional.empty();
            }
            final long length = calls.recv(socket, in, in.capacity(), 0);
            if (length < HEADER + GENERIC_HEADER || in.getShort(4) == ERROR) {
                return Optional.empty();
            }
            return Optional.of(new Attributes(in.position(HEADER + GENERIC_HEADER).limit((int) Math.min(length, in.getInt(0)))));
        } finally {
            calls.close(socket);
        }
    }
}
