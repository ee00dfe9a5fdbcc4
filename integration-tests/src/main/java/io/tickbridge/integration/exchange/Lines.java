package io.tickbridge.integration.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Lines A and B over UDP multicast, with losses by seed: on one line, which arbitration must mend, and now and then on
 * both, which it cannot.
 */
final class Lines implements Channel.PacketOutput, AutoCloseable {
    private final DatagramChannel socket;
    private final List<InetSocketAddress> groups;
    private final RandomGenerator random;
    private final double lossOnOne;
    private final double lossOnBoth;
    /** Null where none is written. */
    private final CaptureFile capture;
    private long sent;
    private long lostOnOne;
    private long lostOnBoth;

    Lines(
            final List<InetSocketAddress> groups, final NetworkInterface networkInterface, final RandomGenerator random,
            final double lossOnOne, final double lossOnBoth) throws IOException {
        this(groups, networkInterface, random, lossOnOne, lossOnBoth, null);
    }

    /** Lines of which a capture is written, which somebody else closes. */
    Lines(
            final List<InetSocketAddress> groups, final NetworkInterface networkInterface, final RandomGenerator random,
            final double lossOnOne, final double lossOnBoth, final CaptureFile capture) throws IOException {
        this.capture = capture;
        this.groups = groups;
        this.random = random;
        this.lossOnOne = lossOnOne;
        this.lossOnBoth = lossOnBoth;
        this.socket = DatagramChannel.open(StandardProtocolFamily.INET);
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, networkInterface);
        socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
        socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
    }

    @Override
    public void send(final long sequence, final ByteBuffer packet) {
        if (random.nextDouble() < lossOnBoth) {
            lostOnBoth++;
            return;
        }
        final int spared = random.nextDouble() < lossOnOne ? random.nextInt(groups.size()) : -1;
        for (int line = 0; line < groups.size(); line++) {
            if (line == spared && groups.size() > 1) {
                lostOnOne++;
                continue;
            }
            try {
                if (capture != null) {
                    final byte[] bytes = new byte[packet.remaining()];
                    packet.duplicate().get(bytes);
                    capture.write(UdpFrame.of(groups.get(line), bytes), System.currentTimeMillis() * 1_000_000);
                }
                socket.send(packet.duplicate(), groups.get(line));
            } catch (final IOException e) {
                throw new UncheckedIOException("cannot send to " + groups.get(line), e);
            }
        }
        sent++;
    }

    long sent() {
        return sent;
    }

    long lostOnOne() {
        return lostOnOne;
    }

    long lostOnBoth() {
        return lostOnBoth;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
