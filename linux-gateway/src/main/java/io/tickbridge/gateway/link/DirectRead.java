package io.tickbridge.gateway.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * Takes what a peer sent straight out of its socket. Asking epoll and reading then is two system calls and a walk through Netty
 * for every look; this is one, and a report is in the journal's hands 0.6 us earlier (BENCHMARKS.md, link).
 *
 * <p>Only over epoll, where a socket's bytes are whoever's reads first: io_uring has a read of its own under way, and NIO's
 * sockets have no handle. Only without TLS, whose bytes Netty must see. Netty still is told when something came, finds nothing
 * left, and deals with the connection's end; only an error that reading here has used up is told to it. One thread.
 */
final class DirectRead {
    private final EpollSocketChannel channel;
    private final Socket socket;
    private boolean ended;

    private DirectRead(final EpollSocketChannel channel, final Socket socket) {
        this.channel = channel;
        this.socket = socket;
    }

    /**
     * For a connection.
     *
     * @return null where it must be read by Netty
     */
    static DirectRead of(final SocketChannel channel) {
        return channel instanceof EpollSocketChannel epoll && epoll.fd() instanceof Socket socket
                ? new DirectRead(epoll, socket) : null;
    }

    /**
     * Reads once.
     *
     * @param into where to; emptied first
     * @return bytes read; 0 when nothing was there, or when it has ended, which Netty will tell of
     */
    int read(final ByteBuf into) {
        // Of a closed channel the handle's number may be another connection's by now.
        if (ended || !channel.isOpen()) {
            return 0;
        }
        try {
            // Without Unsafe (io.netty.noUnsafe) a buffer has no address to give; Netty's own reading does the same.
            final int count = into.hasMemoryAddress() ? socket.recvAddress(into.memoryAddress(), 0, into.capacity())
                    : socket.recv(into.internalNioBuffer(0, into.capacity()), 0, into.capacity());
            ended = count < 0;
            into.setIndex(0, Math.max(count, 0));
            return Math.max(count, 0);
        } catch (final IOException e) {
            ended = true;
            channel.pipeline().fireExceptionCaught(e);
            return 0;
        }
    }
}
