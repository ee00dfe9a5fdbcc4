package io.tickbridge.gateway.link;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.socket.SocketChannel;
import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.protocol.Link;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening socket, and the event loop that the calling thread drives itself. */
final class LinkSocket {
    private static final Logger LOG = LoggerFactory.getLogger(LinkSocket.class);
    /** What waits in the kernel is as old as what waits in the outbox, so its share is bounded too; bytes. */
    private static final int MOST_SEND_BUFFER = 256 * 1024;
    private static final int RECEIVE_CHUNK = 2 * Link.MAX_FRAME_LENGTH;

    private final ManualIoEventLoop loop;
    private final Channel listening;
    private final String transport;
    private final ByteBuf chunk = UnpooledByteBufAllocator.DEFAULT.directBuffer(RECEIVE_CHUNK, RECEIVE_CHUNK);

    private LinkSocket(final ManualIoEventLoop loop, final Channel listening, final String transport) {
        this.loop = loop;
        this.listening = listening;
        this.transport = transport;
    }

    /**
     * Listens. The calling thread owns the socket from here on.
     *
     * @param accepted told of every connection, before anything is read from it
     * @throws IOException saying what cannot be bound and what to change
     */
    static LinkSocket listen(final LinkConfig config, final Consumer<SocketChannel> accepted) throws IOException {
        final TransportChoice choice = TransportChoice.choose(config.transport());
        final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), choice.transport().ioHandlers());
        final ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(choice.channel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, Math.min(config.peerBuffer(), MOST_SEND_BUFFER))
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_CHUNK))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(final SocketChannel channel) {
                        accepted.accept(channel);
                    }
                })
                .bind(new InetSocketAddress(config.listen(), config.port()));
        while (!bound.isDone()) {
            loop.runNow();
        }
        final LinkSocket socket = new LinkSocket(loop, bound.channel(), choice.transport().label());
        if (!bound.isSuccess()) {
            socket.close();
            throw new IOException("link cannot listen on " + config.listen() + " port " + config.port() + ": "
                    + bound.cause().getMessage() + "; set link.listen and link.port to a free address of this machine",
                    bound.cause());
        }
        LOG.info("link: listening on {} by {} ({})",
                socket.listening.localAddress(), choice.transport().label(), choice.reason());
        return socket;
    }

    /** Label of the transport that was chosen. */
    String transport() {
        return transport;
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Does what I/O there is to do, without waiting; says how much. */
    int runNow() {
        return loop.runNow();
    }

    /** Room for what one reading brings, for {@link DirectRead}. */
    ByteBuf chunk() {
        return chunk;
    }

    void stopListening() {
        listening.close();
    }

    /** Closes this and every connection. */
    void close() {
        loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        while (!loop.isTerminated()) {
            loop.runNow();
        }
        chunk.release();
    }
}
