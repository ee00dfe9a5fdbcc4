package io.tickbridge.integration.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * A {@link FaultyWire} whose frames leave by UDP multicast when they are due, and are written to a capture as they are. What a
 * kernel would not deliver, because a checksum does not fit, is in the capture alone.
 */
final class LiveWire implements AutoCloseable {
    private static final int LENGTH_IN_IP = 14 + 2;

    private final FaultyWire wire;
    private final BiFunction<Feed, Integer, InetSocketAddress> groups;
    private final DatagramChannel socket;
    /** Null where none is written. */
    private final CaptureFile capture;
    /** The exchange's time when the system's nano clock was 0. */
    private final long epoch;
    private long sent;
    private long undelivered;

    /**
     * A wire on which nothing was sent.
     *
     * @param start the exchange's time now, ns since the Unix epoch
     * @param file  a capture to be written; null for none
     */
    LiveWire(
            final FaultPlan plan, final Transport transport, final RandomGenerator random, final BiFunction<Feed, Integer, InetSocketAddress> groups,
            final NetworkInterface networkInterface, final Path file, final long start) throws IOException {
        this.groups = groups;
        wire = new FaultyWire(plan, transport, random, this::onArrival, groups);
        epoch = start - System.nanoTime();
        socket = DatagramChannel.open(StandardProtocolFamily.INET);
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, networkInterface);
        socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
        socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
        capture = file == null ? null : new CaptureFile(file);
    }

    /** Sends a packet on both lines of a feed, as far as nothing goes wrong. */
    void send(final Feed feed, final long tag, final byte[] packet, final long time) {
        wire.send(feed, tag, packet, time);
    }

    /** Waits until it is that time, and lets all that is due leave. */
    void until(final long time) {
        for (long wait = time - epoch - System.nanoTime(); wait > 0; wait = time - epoch - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
        wire.advance(time);
    }

    /** The exchange's time now. */
    long now() {
        return epoch + System.nanoTime();
    }

    /** Nothing goes wrong from here on. */
    void heal() {
        wire.heal();
    }

    /** From here on other things go wrong. */
    void follow(final FaultPlan plan) {
        wire.follow(plan);
    }

    /** Packets that no line carried. */
    long lostOnBoth() {
        return wire.lostOnBoth();
    }

    /** Datagrams that left. */
    long sent() {
        return sent;
    }

    /** Frames that a kernel would not deliver. */
    long undelivered() {
        return undelivered;
    }

    private void onArrival(final FaultyWire.Arrival arrival) {
        try {
            if (capture != null) {
                capture.write(arrival.frame(), arrival.time());
            }
            deliver(arrival.frame(), groups.apply(arrival.feed(), arrival.line()));
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot send to " + groups.apply(arrival.feed(), arrival.line()), e);
        }
    }

    private void deliver(final byte[] frame, final InetSocketAddress group) throws IOException {
        if (frame.length < UdpFrame.HEADERS) {
            undelivered++;
            return;
        }
        final byte[] payload = Arrays.copyOfRange(frame, UdpFrame.HEADERS, frame.length);
        final boolean isCut = (ByteBuffer.wrap(frame).getShort(LENGTH_IN_IP) & 0xffff) + 14 > frame.length;
        // What was cut leaves as a datagram that ends early, as a broken sender would make it.
        if (!isCut && !Arrays.equals(frame, UdpFrame.of(group, payload))) {
            undelivered++;
            return;
        }
        socket.send(ByteBuffer.wrap(payload), group);
        sent++;
    }

    @Override
    public void close() throws IOException {
        wire.drain();
        socket.close();
        if (capture != null) {
            capture.close();
        }
    }
}
