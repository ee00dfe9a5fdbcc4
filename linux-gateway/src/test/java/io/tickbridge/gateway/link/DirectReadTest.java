package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.Socket;
import io.tickbridge.gateway.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes straight out of a real socket, into memory whose address is known, and into memory whose address is not. */
class DirectReadTest {
    private static final int ROOM = 8;
    private static final long PATIENCE = 20_000_000_000L;

    /** Its bytes are there, as of a JVM that denies Netty Unsafe, but where is not told. */
    private static ByteBuf withoutAddress() {
        final ByteBuf buffer = new UnpooledDirectByteBuf(UnpooledByteBufAllocator.DEFAULT, ROOM, ROOM);
        assertFalse(buffer.hasMemoryAddress());
        return buffer;
    }

    @Test
    void takesWhatComesWhereverItIsPut() throws IOException {
        Requirement.is(Epoll.isAvailable(), "Netty's epoll library"); // asking loads it
        for (final ByteBuf into : List.of(UnpooledByteBufAllocator.DEFAULT.directBuffer(ROOM, ROOM), withoutAddress())) {
            final EpollSocketChannel channel = new EpollSocketChannel();
            try (ServerSocketChannel server = ServerSocketChannel.open()
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                ((Socket) channel.fd()).connect(server.getLocalAddress());
                try (SocketChannel peer = server.accept()) {
                    final DirectRead direct = DirectRead.of(channel);
                    assertNotNull(direct);
                    assertEquals(0, direct.read(into), "nothing is there yet");
                    peer.write(ByteBuffer.wrap("tickbridge".getBytes(StandardCharsets.US_ASCII)));
                    final StringBuilder read = new StringBuilder();
                    final long begun = System.nanoTime();
                    while (read.length() < 10) {
                        direct.read(into);
                        read.append(into.toString(StandardCharsets.US_ASCII));
                        assertTrue(System.nanoTime() - begun < PATIENCE, "only " + read);
                    }
                    assertEquals("tickbridge", read.toString());
                }
            } finally {
                channel.unsafe().closeForcibly();
                into.release();
            }
            assertEquals(0, DirectRead.of(channel).read(into), "closed: its number may be another's");
        }
    }

    @Test
    void leavesOtherSocketsToNetty() {
        assertNull(DirectRead.of(new NioSocketChannel()));
    }
}
