package io.tickbridge.gateway.capture.udp;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import io.tickbridge.gateway.capture.CaptureException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One group's socket: bound to the group's own address, so that other groups on the same port stay out. */
final class GroupChannel {
    // ip(7): IP_ADD_MEMBERSHIP takes struct ip_mreqn: group, local address, interface index (in host order).
    private static final int IPPROTO_IP = 0;
    private static final int IP_ADD_MEMBERSHIP = 35;
    private static final int MEMBERSHIP_LENGTH = 12;
    private static final RawUnixChannelOption MEMBERSHIP =
            new RawUnixChannelOption("IP_ADD_MEMBERSHIP", IPPROTO_IP, IP_ADD_MEMBERSHIP, MEMBERSHIP_LENGTH);

    private final Subscription subscription;
    private final DatagramTransport transport;
    private final DatagramChannel channel;
    private final DatagramReceiver receiver;
    private final ReceiveMemory memory;

    GroupChannel(
            final Subscription subscription, final DatagramTransport transport, final DatagramReceiver receiver) {
        this.subscription = subscription;
        this.transport = transport;
        this.receiver = receiver;
        this.channel = transport.open();
        this.memory = transport.receiveMemory(channel);
        channel.config().setReuseAddress(true).setAutoRead(transport.autoRead());
        channel.pipeline().addLast(receiver);
    }

    Subscription subscription() {
        return subscription;
    }

    DatagramChannel channel() {
        return channel;
    }

    /**
     * Asks for a receive buffer.
     *
     * @return what the kernel granted, bytes, counted as asked for
     */
    int receiveBuffer(final int wanted) {
        channel.config().setReceiveBufferSize(wanted);
        final int reported = channel.config().getReceiveBufferSize();
        return transport.isNative() ? reported / 2 : reported;
    }

    /** Joins and binds; the channel must be registered. */
    ChannelFuture join() {
        final InetSocketAddress group = subscription.address();
        final int index = InterfaceIndex.of(subscription.networkInterface());
        if (transport.isNative()) {
            joinByIndex(group, index);
            return channel.bind(group);
        }
        channel.bind(group).syncUninterruptibly();
        return channel.joinGroup(group, addressedInterface());
    }

    private NetworkInterface addressedInterface() {
        try {
            final NetworkInterface found = NetworkInterface.getByName(subscription.networkInterface());
            if (found == null) {
                throw new CaptureException("the interface is down or has no address, and Java NIO then cannot join;"
                        + " use epoll or io_uring", null);
            }
            return found;
        } catch (final SocketException e) {
            throw new ChannelException(e);
        }
    }

    /** Netty's own joinGroup names the interface by its first IPv4 address, and a capture port often has none. */
    private void joinByIndex(final InetSocketAddress group, final int index) {
        final ByteBuffer membership = ByteBuffer.allocate(MEMBERSHIP_LENGTH).order(ByteOrder.nativeOrder());
        membership.put(group.getAddress().getAddress()).putInt(0).putInt(index).flip();
        if (!channel.config().setOption(MEMBERSHIP, membership)) {
            throw new ChannelException("the transport does not know the option " + MEMBERSHIP.name());
        }
    }

    /** Before a turn of the event loop: tells a channel that waits for it to read. */
    void readIfIdle() {
        if (!transport.autoRead() && receiver.takeReadComplete()) {
            channel.read();
        }
    }

    /** Gives the memory back, once the channel is closed. */
    void release() {
        memory.release();
    }
}
