package io.tickbridge.gateway.recovery;

import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.feed.SnapshotDialogue;
import io.tickbridge.gateway.feed.SnapshotFault;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of one feed, on a thread of its own: while one is wanted, the servers are asked in turn until one has
 * delivered it whole. Each attempt ends in one line of the log.
 */
public final class FeedSnapshots extends Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(FeedSnapshots.class);
    /** ns between looks for something to do: a snapshot takes longer by far. */
    private static final long IDLE = 1_000_000L;
    /** ns between tries to hand over a datagram when there was no room. */
    private static final long ROOM = 50_000L;
    private static final long JOIN = 5_000; // ms

    private final SnapshotSettings settings;
    private final SnapshotCounts counts = new SnapshotCounts();
    private final SnapshotDemands demands = new SnapshotDemands(counts);
    private final RecoveredFrames frames;
    private final SnapshotRequest request;
    private final Thread thread;
    private volatile boolean closed;
    private int place;
    private RecoveryServer asked;
    private int attempts;
    private long notBefore = System.nanoTime();
    private long datagrams;

    /**
     * Not started yet.
     *
     * @param settings whom to ask and how long
     * @param venue    what is said to them
     * @param clock    whose readings the frames carry, as those of the wire do
     */
    public FeedSnapshots(final SnapshotSettings settings, final SnapshotDialogue venue, final EpochNanoClock clock) {
        this.settings = settings;
        this.frames = new RecoveredFrames(settings.destinationAddress(), settings.destinationPort(), clock);
        this.request = new SnapshotRequest(venue, settings.timeout());
        this.thread = new Thread(this::run, "snapshots-" + settings.feed());
        thread.setDaemon(true);
    }

    /**
     * What tells when a snapshot is wanted.
     *
     * @return for the receive thread
     */
    public GapWatch watch() {
        return demands;
    }

    /**
     * What was counted. Safe to read from any thread.
     *
     * @return the same object for the life of this
     */
    public SnapshotCounts counts() {
        return counts;
    }

    /**
     * Whether the feed waits for a snapshot: its books are in doubt. Safe to call from any thread.
     *
     * @return false once it is whole
     */
    public boolean isOutstanding() {
        return demands.isOutstanding();
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    RecoveredFrames frames() {
        return frames;
    }

    private void run() {
        while (!closed) {
            demands.refresh();
            if (demands.takeSettled()) {
                attempts = 0;
            }
            onFault(demands.takeFault());
            if (!demands.isWanted() || System.nanoTime() - notBefore < 0) {
                LockSupport.parkNanos(IDLE);
            } else if (attempts < settings.attempts()) {
                attempt(settings.servers().get(place));
            } else {
                demands.giveUp();
                counts.increment(SnapshotCounter.GIVEN_UP);
                LOG.error("feed {}: no snapshot after {} attempts; nobody is asked any more, and books stay in doubt until the "
                        + "exchange begins anew", settings.feed(), attempts);
            }
        }
    }

    /** The feed could make no use of what was delivered last. */
    private void onFault(final SnapshotFault fault) {
        if (fault != null) {
            LOG.warn("feed {}: the snapshot from {} was of no use: it {}", settings.feed(), asked, fault.text());
            place = (place + 1) % settings.servers().size();
        }
    }

    private void attempt(final RecoveryServer server) {
        attempts++;
        asked = server;
        counts.increment(SnapshotCounter.ATTEMPTS);
        final long began = System.nanoTime();
        datagrams = 0;
        try {
            final int source = ByteBuffer.wrap(InetAddress.getByName(server.host()).getAddress()).getInt();
            request.ask(server, demands.stream(), demands.session(),
                    (buffer, length) -> put(source, server.port(), buffer, length), this::isUnwanted);
            demands.done();
            counts.increment(SnapshotCounter.DELIVERED);
            LOG.info("feed {}: a snapshot from {}, {} datagrams in {} ms", settings.feed(), server, datagrams,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        } catch (final SnapshotUnwanted e) {
            counts.increment(SnapshotCounter.BROKEN_OFF);
            LOG.info("feed {}: the snapshot from {} was broken off: it is no longer of use", settings.feed(), server);
        } catch (final IOException e) {
            counts.increment(SnapshotCounter.SERVER_FAILURES);
            LOG.warn("feed {}: no snapshot from {}: it {} (attempt {} of {})", settings.feed(), server,
                    SnapshotRequest.describe(e), attempts, settings.attempts());
            place = (place + 1) % settings.servers().size();
        }
        notBefore = System.nanoTime() + settings.pause();
    }

    private boolean isUnwanted() {
        return closed || demands.refresh();
    }

    /** Waits for room: what a snapshot brings is more than any buffer should hold. */
    private void put(final int address, final int port, final DirectBuffer buffer, final int length) {
        final long deadline = System.nanoTime() + settings.timeout();
        while (!frames.put(address, port, buffer, length)) {
            if (isUnwanted()) {
                throw new SnapshotUnwanted();
            }
            if (System.nanoTime() - deadline > 0) {
                counts.increment(SnapshotCounter.OVERFLOWS);
                throw new SnapshotUnwanted();
            }
            LockSupport.parkNanos(ROOM);
        }
        datagrams++;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(JOIN);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
