package io.tickbridge.gateway.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.Transport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SocketTransportTest {

    @Test
    void autoTriesAllAndAnyOtherChoiceOnlyItself() {
        assertEquals(List.of(SocketTransport.EPOLL, SocketTransport.IO_URING, SocketTransport.NIO),
                SocketTransport.candidates(Transport.AUTO));
        for (final SocketTransport transport : SocketTransport.values()) {
            assertEquals(List.of(transport), SocketTransport.candidates(Transport.valueOf(transport.name())));
        }
        assertEquals(Transport.values().length - 1, SocketTransport.values().length);
    }

    @Test
    void ioUringIsRefusedUnderOnloadAndTheOthersAreNot() {
        assertEquals(Optional.of("Onload is preloaded, and io_uring would go around it"),
                SocketTransport.IO_URING.obstacle(true));
        assertEquals(SocketTransport.EPOLL.obstacle(false), SocketTransport.EPOLL.obstacle(true));
        assertEquals(Optional.empty(), SocketTransport.NIO.obstacle(true));
    }

    @Test
    void knowsOnloadByItsLibrary() {
        final String libc = "7f0000-7f1000 r-xp 00000000 fe:00 1234   /usr/lib/x86_64-linux-gnu/libc.so.6";
        final String onload = "7f2000-7f3000 r-xp 00000000 fe:00 1235   /usr/lib64/libonload.so";
        assertFalse(Onload.isAmong(Stream.of(libc)));
        assertTrue(Onload.isAmong(Stream.of(libc, onload)));
    }
}
