package io.tickbridge.gateway.capture.udp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Sends to multicast groups over the loopback interface; a datagram has arrived when send returns. */
final class MulticastSender implements AutoCloseable {
    private final DatagramChannel channel;

    MulticastSender() {
        try {
            channel = DatagramChannel.open(StandardProtocolFamily.INET)
                    .setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName("lo"))
                    .setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true)
                    .setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        try {
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(final Subscription group, final byte[] payload) {
        try {
            channel.send(ByteBuffer.wrap(payload), new InetSocketAddress(group.group(), group.port()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sendNumber(final Subscription group, final int number) {
        send(group, ByteBuffer.allocate(Integer.BYTES).putInt(0, number).array());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
