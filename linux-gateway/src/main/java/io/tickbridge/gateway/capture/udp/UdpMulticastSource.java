package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.SourceFigure;
import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.config.Transport;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Multicast groups received through UDP sockets, one for each group, port and interface. {@link #poll} turns
 * Netty's event loop on the caller's thread; there is no other thread.
 *
 * <p>Sockets belong to the thread that polls: the first poll joins, or {@link #join} before it. Opening rehearses
 * that on the opening thread and lets go again, so that a wrong interface or a transport that does not work here is
 * an error at the start and not in the middle.
 *
 * <p>The kernel hands over payloads only; headers are put back in front, see {@link FrameHeader}. All frames of one
 * burst carry the time at which its first datagram was taken from the kernel. A burst is at most a batch for each
 * group; what exceeds the poll's limit waits in memory for the next poll, and what arrives meanwhile in the socket's
 * receive buffer. The port of a frame is the number of its interface, in the order of the subscriptions.
 *
 * <p>Payloads are copied once. What still allocates, for each datagram, is Netty's DatagramPacket with the sender's
 * address (about 200 bytes), and in the NIO transport the receive buffers of a burst.
 */
public final class UdpMulticastSource implements PacketSource {
    private static final Logger LOG = LoggerFactory.getLogger(UdpMulticastSource.class);

    private final List<Subscription> subscriptions;
    private final List<String> interfaces;
    private final int receiveBuffer;
    private final EpochNanoClock clock;
    private final SourceCounts counts = new SourceCounts(SourceFigure.lost("socket-buffer"));
    private final DatagramTransport transport;
    private final FrameBacklog backlog;
    private ReceiveLoop loop;
    private volatile KernelDrops drops;
    private boolean closed;

    private UdpMulticastSource(
            final List<Subscription> subscriptions,
            final Transport configured,
            final int receiveBuffer,
            final EpochNanoClock clock) {
        this.subscriptions = List.copyOf(subscriptions);
        this.interfaces = subscriptions.stream().map(Subscription::networkInterface).distinct().toList();
        this.receiveBuffer = receiveBuffer;
        this.clock = clock;
        this.transport = choose(configured);
        this.backlog = new FrameBacklog(subscriptions.size() * transport.batch());
    }

    /**
     * Opens a source. It is not joined yet when this returns.
     *
     * @param subscriptions what to receive, each once; at least one
     * @param transport     which of Netty's transports; AUTO takes the first that works and logs which
     * @param receiveBuffer receive buffer of each socket, bytes; 0 leaves the system's default
     * @param clock         read once a burst
     * @return the source
     * @throws CaptureException         when a group cannot be joined, or the transport does not work here
     * @throws IllegalArgumentException when there is no subscription, or one twice
     */
    public static UdpMulticastSource open(
            final List<Subscription> subscriptions,
            final Transport transport,
            final int receiveBuffer,
            final EpochNanoClock clock) {
        if (subscriptions.isEmpty()) {
            throw new IllegalArgumentException("no multicast group is configured; a feed's lines name them");
        }
        if (subscriptions.stream().distinct().count() < subscriptions.size()) {
            throw new IllegalArgumentException("a multicast group is configured twice: " + subscriptions);
        }
        return new UdpMulticastSource(subscriptions, transport, receiveBuffer, clock);
    }

    private DatagramTransport choose(final Transport configured) {
        CaptureException failure = null;
        for (final DatagramTransport candidate : DatagramTransport.candidates(configured)) {
            try {
                rehearse(candidate);
                LOG.info("receiving multicast through {}", candidate.label());
                return candidate;
            } catch (final CaptureException e) {
                LOG.info("not receiving multicast through {}: {}", candidate.label(), e.getMessage());
                failure = e;
            }
        }
        throw failure;
    }

    private void rehearse(final DatagramTransport candidate) {
        candidate.obstacle().ifPresent(obstacle -> {
            throw new CaptureException(candidate.label() + " does not work here: " + obstacle, null);
        });
        final FrameBacklog unused = new FrameBacklog(subscriptions.size() * candidate.batch());
        try (ReceiveLoop rehearsal = ReceiveLoop.open(
                candidate, subscriptions, receiveBuffer, subscription -> receiver(subscription, unused))) {
            final int granted = rehearsal.smallestReceiveBuffer();
            if (granted < receiveBuffer) {
                LOG.warn("asked for receive buffers of {} bytes, the kernel grants {}: bursts may be lost;"
                        + " raise it with sysctl -w net.core.rmem_max={}", receiveBuffer, granted, receiveBuffer);
            }
        }
    }

    /**
     * Joins all groups on the calling thread, which is the one that polls from now on. A first {@link #poll} does
     * it too; before it, this lets a program say that it receives and mean it.
     *
     * @throws CaptureException when a group cannot be joined
     */
    public void join() {
        if (loop == null && !closed) {
            loop = ReceiveLoop.open(
                    transport, subscriptions, receiveBuffer, subscription -> receiver(subscription, backlog));
            drops = new KernelDrops(subscriptions);
        }
    }

    private DatagramReceiver receiver(final Subscription subscription, final FrameBacklog target) {
        return new DatagramReceiver(
                target, subscription.address(), interfaces.indexOf(subscription.networkInterface()), clock, counts);
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        if (backlog.isEmpty()) {
            if (loop == null) {
                join();
            }
            if (closed) {
                return 0;
            }
            loop.turn();
        }
        int handed = 0;
        while (handed < limit && !backlog.isEmpty()) {
            handed++;
            counts.frameReceived();
            backlog.take(handler);
        }
        counts.polled(handed);
        return handed;
    }

    /** {@inheritDoc} Asks the kernel what it dropped; for any one thread at a time. */
    @Override
    public void refreshCounts() {
        final KernelDrops current = drops;
        if (current != null) {
            counts.figure(0, current.total());
        }
    }

    @Override
    public boolean isExhausted() {
        return false;
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public String describe() {
        return "UDP multicast through " + transport.label() + ": "
                + subscriptions.stream().map(Subscription::toString).collect(Collectors.joining(", "));
    }

    @Override
    public TimestampSource timestampSource() {
        return TimestampSource.BURST;
    }

    @Override
    public SourceCounts counts() {
        return counts;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when another thread than the one that polls calls: nobody else can turn the event
     *                               loop that has to let go of the sockets
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (loop != null && !loop.isOwnedByCaller()) {
            throw new IllegalStateException("must be closed by the thread that polls it: " + describe());
        }
        if (loop != null) {
            refreshCounts();
            loop.close();
            drops = null;
        }
        closed = true;
    }
}
