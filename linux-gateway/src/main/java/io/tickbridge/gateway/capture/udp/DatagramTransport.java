package io.tickbridge.gateway.capture.udp;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.tickbridge.gateway.config.Transport;
import io.tickbridge.gateway.transport.SocketTransport;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What differs between Netty's transports when they receive datagrams. */
enum DatagramTransport {
    /**
     * io_uring. Every datagram of a batch would be a submission of its own, and all but the first come back empty
     * when nothing more is there: a lone datagram costs 1.6 µs with a batch of 1 and 8.7 µs with one of 8, and
     * bursts gain little. A turn reads only when told to: left to itself, Netty submits and completes reads over and
     * over in one turn.
     */
    IO_URING(SocketTransport.IO_URING, 1, true, false, IoUringChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE) {
        @Override
        DatagramChannel open() {
            return new IoUringDatagramChannel(SocketProtocolFamily.INET);
        }
    },

    /**
     * epoll with recvmmsg: one call brings a batch. Netty prepares the whole batch for each call, so a larger one
     * makes a lone datagram slower (1.7 µs with 1, 2.5 with 8, 3.1 with 32) and bursts faster (1.3, 0.9, 0.7 each).
     */
    EPOLL(SocketTransport.EPOLL, 8, true, true, EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE) {
        @Override
        DatagramChannel open() {
            return new EpollDatagramChannel(SocketProtocolFamily.INET);
        }
    },

    /** Java NIO: one call a datagram. Joins only on interfaces that have an IPv4 address. */
    NIO(SocketTransport.NIO, 32, false, true, null) {
        @Override
        DatagramChannel open() {
            return new NioDatagramChannel(SocketProtocolFamily.INET);
        }
    };

    /**
     * Bytes of memory for one datagram, and one more than the largest payload that is received: above the 8,972
     * bytes that fill a jumbo frame. What does not fit one frame would be fragmented, and no exchange does that.
     */
    static final int SLOT = 9_216;

    private final SocketTransport transport;
    private final int batch;
    private final boolean isNative;
    private final boolean autoRead;
    private final ChannelOption<Integer> slotOption;

    DatagramTransport(
            final SocketTransport transport,
            final int batch,
            final boolean isNative,
            final boolean autoRead,
            final ChannelOption<Integer> slotOption) {
        this.transport = transport;
        this.batch = batch;
        this.isNative = isNative;
        this.autoRead = autoRead;
        this.slotOption = slotOption;
    }

    /** An IPv4 datagram channel, not registered yet. */
    abstract DatagramChannel open();

    /** Why it cannot be used here; empty when it can. */
    Optional<String> obstacle() {
        return transport.obstacle();
    }

    /** Those that a configured choice allows, the preferred one first. */
    static List<DatagramTransport> candidates(final Transport configured) {
        final List<SocketTransport> allowed = SocketTransport.candidates(configured);
        return Arrays.stream(values()).filter(datagrams -> allowed.contains(datagrams.transport)).toList();
    }

    String label() {
        return transport.label();
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
        return transport.ioHandlers();
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
}
