package io.tickbridge.gateway.capture.udp;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.tickbridge.gateway.config.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.util.List;
import java.util.function.Supplier;

/** What differs between Netty's transports when they receive datagrams. */
enum DatagramTransport {
    /**
     * io_uring. Every datagram of a batch is a submission of its own, and all but the first come back empty when
     * nothing more is there, so a batch is small. A turn reads only when told to: left to itself, Netty submits
     * and completes reads over and over in one turn.
     */
    IO_URING("io_uring", 8, true, false, IoUringIoHandler::newFactory, IoUringChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE) {
        @Override
        OpenChannel open() {
            final IoUringDatagramChannel channel = new IoUringDatagramChannel(SocketProtocolFamily.INET);
            return new OpenChannel(channel, channel.fd()::close);
        }

        @Override
        String obstacle() {
            if (System.getenv().getOrDefault("LD_PRELOAD", "").contains("libonload")) {
                return "OpenOnload is loaded, which io_uring would go around";
            }
            return IoUring.isAvailable() ? null : reason(IoUring.unavailabilityCause());
        }
    },

    /** epoll with recvmmsg: one call brings a batch. */
    EPOLL("epoll", 32, true, true, EpollIoHandler::newFactory, EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE) {
        @Override
        OpenChannel open() {
            final EpollDatagramChannel channel = new EpollDatagramChannel(SocketProtocolFamily.INET);
            return new OpenChannel(channel, channel.fd()::close);
        }

        @Override
        String obstacle() {
            return Epoll.isAvailable() ? null : reason(Epoll.unavailabilityCause());
        }
    },

    /** Java NIO: one call a datagram. Joins only on interfaces that have an IPv4 address. */
    NIO("NIO", 32, false, true, NioIoHandler::newFactory, null) {
        @Override
        OpenChannel open() {
            try {
                final var socket = java.nio.channels.DatagramChannel.open(StandardProtocolFamily.INET);
                return new OpenChannel(new NioDatagramChannel(socket), socket);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        String obstacle() {
            return null;
        }
    };

    /**
     * Bytes of memory for one datagram, and one more than the largest payload that is received: above the 8,972
     * bytes that fill a jumbo frame. What does not fit one frame would be fragmented, and no exchange does that.
     */
    static final int SLOT = 9_216;

    private final String label;
    private final int batch;
    private final boolean isNative;
    private final boolean autoRead;
    private final Supplier<IoHandlerFactory> handlers;
    private final ChannelOption<Integer> slotOption;

    DatagramTransport(
            final String label,
            final int batch,
            final boolean isNative,
            final boolean autoRead,
            final Supplier<IoHandlerFactory> handlers,
            final ChannelOption<Integer> slotOption) {
        this.label = label;
        this.batch = batch;
        this.isNative = isNative;
        this.autoRead = autoRead;
        this.handlers = handlers;
        this.slotOption = slotOption;
    }

    /** An IPv4 datagram channel, not registered yet. */
    abstract OpenChannel open();

    /** Why it cannot be used here; null when it can. */
    abstract String obstacle();

    /** Those that a configured choice allows, the preferred one first. */
    static List<DatagramTransport> candidates(final Transport configured) {
        switch (configured) {
            case AUTO:
                return List.of(values());
            case IO_URING:
                return List.of(IO_URING);
            case EPOLL:
                return List.of(EPOLL);
            case NIO:
                return List.of(NIO);
            default:
                throw new IllegalArgumentException("no datagram transport for " + configured);
        }
    }

    String label() {
        return label;
    }

    /** Most datagrams that one channel brings in a turn of the event loop. */
    int batch() {
        return batch;
    }

    /** Whether a channel reads again by itself; otherwise before each turn it must be told to. */
    boolean autoRead() {
        return autoRead;
    }

    /** Whether sockets take raw options, and report a receive buffer as the kernel does: doubled, for its overhead. */
    boolean isNative() {
        return isNative;
    }

    IoHandlerFactory handlerFactory() {
        return handlers.get();
    }

    /** Memory for one channel, set up for how this transport reads. */
    ReceiveMemory receiveMemory(final DatagramChannel channel) {
        final ReceiveMemory memory = isNative ? new ReceiveMemory(batch * SLOT, 1) : new ReceiveMemory(SLOT, batch);
        channel.config().setRecvByteBufAllocator(memory);
        if (slotOption != null) {
            channel.config().setOption(slotOption, SLOT);
        }
        return memory;
    }

    /**
     * A channel with its socket.
     *
     * @param channel not registered yet
     * @param socket  what closes it from whatever thread, without its event loop
     */
    record OpenChannel(DatagramChannel channel, Closeable socket) {
    }

    private static String reason(final Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
