package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.SourceFigure;
import io.tickbridge.gateway.capture.TimestampSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Multicast groups received through the kernel's UDP sockets, one for each group, port and interface. {@link #poll}
 * calls recvmmsg(2) on those that have something; there is no other thread, and nothing is allocated.
 *
 * <p>The kernel hands over payloads only; headers are put in front of them where they lie, see {@link FrameHeader}. Frames
 * that came with one call carry the time at which it returned, unless the kernel's or the NIC's times are asked for. What
 * exceeds a poll's limit stays in the socket's receive buffer, as does what arrives meanwhile. The port of a frame is the
 * number of its interface, in the order of the subscriptions.
 *
 * <p>An interface that is removed while the source is open is an error in the log, and what other interfaces bring is
 * received on; when none is left, {@link #poll} fails.
 */
public final class UdpMulticastSource implements PacketSource {
    private static final Logger LOG = LoggerFactory.getLogger(UdpMulticastSource.class);

    private static final int DROPS = 0;
    private static final int REMOVALS = 1;
    private static final int FALLBACK_TIMES = 2;
    private static final int NIC_MISSED = 3;
    private static final int NONE = -1;
    private static final String CLOSED = "closed";

    private final List<Subscription> subscriptions;
    private final SourceCounts counts = new SourceCounts(
            SourceFigure.lost("socket-buffer"),
            new SourceFigure(SourceFigure.Kind.SEEN, "interface-removals"),
            new SourceFigure(SourceFigure.Kind.SEEN, "fallback-times"),
            SourceFigure.lost("nic-missed"));
    private final DatagramBatch batch;
    private final GroupSocket[] sockets;
    // Null: each is asked for data. Measured with two groups on a 2-core virtual machine: a poll that finds nothing takes
    // 160 ns by asking which have some, 800 ns by asking both for data; one that finds a datagram in each 2.8 and 2.2 µs.
    // The first is what a poll mostly finds, and does not grow with the number of groups.
    private final ReadySockets ready;
    private final List<InterfaceWatch> interfaces = new ArrayList<>();
    private int first;
    private int cutShort = NONE; // by the limit: the socket that was asked last
    private long removals;
    private volatile String failure;
    private volatile Thread poller;
    private boolean closed; // guarded by this

    private UdpMulticastSource(
            final List<Subscription> subscriptions, final UdpSettings settings, final EpochNanoClock clock) {
        this.subscriptions = List.copyOf(subscriptions);
        this.batch = new DatagramBatch(settings.timestamps(), clock, counts, FALLBACK_TIMES);
        this.sockets = new GroupSocket[subscriptions.size()];
        final List<String> names = subscriptions.stream().map(Subscription::networkInterface).distinct().toList();
        try {
            for (int i = 0; i < sockets.length; i++) {
                final Subscription subscription = subscriptions.get(i);
                sockets[i] = GroupSocket.open(subscription, names.indexOf(subscription.networkInterface()), settings);
            }
            // Polling the NIC is done by asking a socket for data, and not by asking whether it has some.
            final boolean askEach = sockets.length == 1 || settings.busyPoll() > 0;
            ready = askEach ? null : new ReadySockets(List.of(sockets));
            for (final String name : names) {
                interfaces.add(new InterfaceWatch(name, List.of(sockets).stream()
                        .filter(socket -> socket.subscription().networkInterface().equals(name)).toList()));
            }
        } catch (final RuntimeException e) {
            CloseHelper.quietCloseAll(interfaces);
            CloseHelper.quietCloseAll(sockets);
            throw e;
        }
    }

    /**
     * Opens a source and joins all its groups: what is sent from now on is received.
     *
     * @param subscriptions what to receive, each once; at least one
     * @param settings      of each socket
     * @param clock         read once a call that brought something
     * @return the source
     * @throws CaptureException         when a group cannot be joined, or another gateway takes the interface's frames
     * @throws IllegalArgumentException when there is no subscription, or one twice
     */
    public static UdpMulticastSource open(
            final List<Subscription> subscriptions, final UdpSettings settings, final EpochNanoClock clock) {
        if (subscriptions.isEmpty()) {
            throw new IllegalArgumentException("no multicast group is configured; a feed's lines name them");
        }
        if (subscriptions.stream().distinct().count() < subscriptions.size()) {
            throw new IllegalArgumentException("a multicast group is configured twice: " + subscriptions);
        }
        final UdpMulticastSource source = new UdpMulticastSource(subscriptions, settings, clock);
        source.warnOfSmallBuffers(settings.receiveBuffer());
        return source;
    }

    private void warnOfSmallBuffers(final int wanted) {
        final int granted = List.of(sockets).stream().mapToInt(GroupSocket::grantedReceiveBuffer).min().orElse(wanted);
        if (granted < wanted) {
            LOG.warn("asked for receive buffers of {} bytes, the kernel grants {}: bursts may be lost;"
                    + " raise it with sysctl -w net.core.rmem_max={}", wanted, granted, wanted);
        }
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        if (poller == null) {
            poller = Thread.currentThread();
        }
        if (failure != null) {
            return fail();
        }
        final int handed = ready == null ? askEach(handler, limit) : askReady(handler, limit);
        counts.polled(handed);
        return handed;
    }

    /** Each has the first turn in its turn, so that a busy one keeps no other waiting for ever. */
    private int askEach(final FrameHandler handler, final int limit) {
        int next = first;
        first = next + 1 == sockets.length ? 0 : next + 1;
        int handed = 0;
        for (int i = 0; i < sockets.length && handed < limit; i++) {
            handed += batch.receive(sockets[next], handler, limit - handed);
            next = next + 1 == sockets.length ? 0 : next + 1;
        }
        return handed;
    }

    /**
     * In the order in which they became ready. The kernel lists one that has more again at its old place, and not behind the
     * others: when the limit has cut a poll short, the next begins behind the one that reached it.
     */
    private int askReady(final FrameHandler handler, final int limit) {
        final int found = ready.find();
        int next = cutShort == NONE ? 0 : ready.behind(cutShort, found);
        cutShort = NONE;
        int handed = 0;
        for (int i = 0; i < found; i++) {
            final int socket = ready.get(next);
            handed += batch.receive(sockets[socket], handler, limit - handed);
            if (handed == limit) {
                cutShort = socket;
                break;
            }
            next = next + 1 == found ? 0 : next + 1;
        }
        return handed;
    }

    private int fail() {
        if (CLOSED.equals(failure)) {
            return 0;
        }
        throw new CaptureException(failure, null);
    }

    /** {@inheritDoc} Asks the kernel what it dropped, and whether the interfaces are still there. */
    @Override
    public synchronized void refreshCounts() {
        if (closed) {
            return;
        }
        long drops = 0;
        for (final GroupSocket socket : sockets) {
            drops += socket.drops();
        }
        counts.figure(DROPS, drops);
        removals += interfaces.stream().filter(InterfaceWatch::look).count();
        counts.figure(REMOVALS, removals);
        counts.figure(NIC_MISSED, interfaces.stream().mapToLong(InterfaceWatch::missed).sum());
        if (interfaces.stream().allMatch(InterfaceWatch::isGone)) {
            failure = "no interface is left to receive on, removed: "
                    + interfaces.stream().map(InterfaceWatch::name).collect(Collectors.joining(", "))
                    + "; bring it back and start again";
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
        return "UDP multicast: " + subscriptions.stream().map(Subscription::toString).collect(Collectors.joining(", "));
    }

    @Override
    public TimestampSource timestampSource() {
        return batch.timeSource();
    }

    @Override
    public SourceCounts counts() {
        return counts;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when another thread than the one that polls calls: it could be reading
     */
    @Override
    public void close() {
        if (poller != null && poller != Thread.currentThread()) {
            throw new IllegalStateException("must be closed by the thread that polls it: " + describe());
        }
        synchronized (this) {
            if (!closed) {
                refreshCounts();
                failure = CLOSED;
                closed = true;
                CloseHelper.closeAll(ready);
                CloseHelper.closeAll(sockets);
                CloseHelper.closeAll(interfaces);
            }
        }
    }
}
