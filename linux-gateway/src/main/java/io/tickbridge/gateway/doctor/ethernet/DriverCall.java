package io.tickbridge.gateway.doctor.ethernet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** Driver and firmware, by ioctl (include/uapi/linux/ethtool.h, struct ethtool_drvinfo; netdevice(7), struct ifreq). */
final class DriverCall {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final long SIOCETHTOOL = 0x8946;
    private static final int GET_DRIVER = 3; // ETHTOOL_GDRVINFO
    private static final int NAME = 16; // IFNAMSIZ
    private static final int REQUEST = 40; // sizeof(struct ifreq) on 64 bits
    private static final int ANSWER = 196; // sizeof(struct ethtool_drvinfo)
    private static final int TEXT = 32;

    /** As the C library declares them. */
    public interface Calls {
        /** socket(2). */
        int socket(int domain, int type, int protocol);

        /** ioctl(2). */
        int ioctl(int file, long request, Pointer argument);

        /** close(2). */
        int close(int file);
    }

    private final Calls calls = LibraryLoader.create(Calls.class).load("c");
    private final Runtime runtime = Runtime.getRuntime(calls);

    Optional<Driver> ask(final String networkInterface) {
        final byte[] name = networkInterface.getBytes(StandardCharsets.US_ASCII);
        final int socket = name.length < NAME ? calls.socket(AF_INET, SOCK_DGRAM, 0) : -1;
        if (socket < 0) {
            return Optional.empty();
        }
        try {
            final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER).order(ByteOrder.nativeOrder()).putInt(0, GET_DRIVER);
            final Pointer request = Pointer.wrap(runtime, ByteBuffer.allocateDirect(REQUEST).order(ByteOrder.nativeOrder()));
            request.put(0, name, 0, name.length);
            request.putPointer(NAME, Pointer.wrap(runtime, answer));
            if (calls.ioctl(socket, SIOCETHTOOL, request) != 0) {
                return Optional.empty();
            }
            // command, driver, version, firmware
            return Optional.of(new Driver(text(answer, 4), text(answer, 4 + TEXT), text(answer, 4 + 2 * TEXT)));
        } finally {
            calls.close(socket);
        }
    }

    private static String text(final ByteBuffer from, final int at) {
        final byte[] bytes = new byte[TEXT];
        from.get(at, bytes);
        int length = 0;
        while (length < TEXT && bytes[length] != 0) {
            length++;
        }
        final String text = new String(bytes, 0, length, StandardCharsets.US_ASCII);
        return text.equals("N/A") ? "" : text;
    }
}
