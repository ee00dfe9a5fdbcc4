package io.tickbridge.gateway.recovery;

import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.feed.GapWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recovery of one feed, on a thread of its own: one hole after the other, each from the servers in their order, until
 * it is filled or nobody waits for it any more. Each hole ends in one line of the log, but for those that the other line
 * filled in time.
 */
public final class FeedRecovery extends Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(FeedRecovery.class);
    /** ns between looks for a hole when there was none: short beside any answer's way, long enough to cost little. */
    private static final long IDLE = 200_000L;
    private static final long JOIN = 5_000; // ms

    private final RecoverySettings settings;
    private final RecoveryCounts counts = new RecoveryCounts();
    private final GapDemands demands = new GapDemands(counts);
    private final RecoveredFrames frames;
    private final ServerRequest request;
    private final Thread thread;
    /** Units of the largest hole that is asked for. */
    private final long largest;
    private final boolean takesTurns;
    private volatile boolean closed;
    /** Place of the server that is asked first. */
    private int first;

    /**
     * Not started yet.
     *
     * @param settings whom to ask and how long
     * @param venue    what requests and answers look like
     * @param clock    whose readings recovered frames carry, as those of the wire do
     */
    public FeedRecovery(final RecoverySettings settings, final GapFill venue, final EpochNanoClock clock) {
        this.settings = settings;
        this.frames = new RecoveredFrames(settings.destinationAddress(), settings.destinationPort(), clock);
        this.largest = Math.min(settings.largestGap(), venue.mostByStream());
        this.takesTurns = venue.takesTurns();
        this.request = new ServerRequest(
                venue, settings.timeout(), new RequestPace(settings.requestsPerSecond(), counts, () -> closed), counts);
        this.thread = new Thread(this::run, "recovery-" + settings.feed());
        thread.setDaemon(true);
    }

    /**
     * What tells this recovery of holes.
     *
     * @return for the receive thread
     */
    public GapWatch watch() {
        return demands;
    }

    /**
     * What was counted. Safe to read from any thread.
     *
     * @return the same object for the life of the recovery
     */
    public RecoveryCounts counts() {
        return counts;
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
            if (!demands.take(this::onHole)) {
                LockSupport.parkNanos(IDLE);
            }
        }
    }

    private void onHole(final long stream, final long session, final long from, final long to) {
        if (to - from >= largest) {
            counts.increment(RecoveryCounter.TOO_LARGE);
            LOG.warn("feed {}: {} to {} are missing on all lines, more than the {} that may be asked for",
                    settings.feed(), from, to, largest);
            return;
        }
        final long began = System.nanoTime();
        while (!closed && demands.next() <= to && System.nanoTime() - began < settings.delay()) {
            LockSupport.parkNanos(Math.min(IDLE, settings.delay()));
        }
        final ServerRequest.Hole hole =
                new ServerRequest.Hole(stream, session, Math.max(from, Math.min(demands.next(), to + 1)), to);
        if (hole.isFilled()) {
            counts.increment(RecoveryCounter.MENDED);
        } else if (!closed) {
            ask(hole, began);
        }
    }

    private void ask(final ServerRequest.Hole hole, final long began) {
        final StringJoiner story = new StringJoiner(", ");
        final List<RecoveryServer> servers = settings.servers();
        final int begin = first;
        if (takesTurns) {
            first = (first + 1) % servers.size();
        }
        for (int i = 0; i < servers.size(); i++) {
            final int place = (begin + i) % servers.size();
            final RecoveryServer server = servers.get(place);
            if (closed || demands.next() > hole.to) {
                story.add("no longer waited for");
                break;
            }
            try {
                final int source = ByteBuffer.wrap(InetAddress.getByName(server.host()).getAddress()).getInt();
                request.ask(server, hole, (buffer, length) -> put(source, server.port(), buffer, length));
                story.add("from " + server);
                // Who was silent once would cost the next hole the same time again.
                if (settings.staysWithLastGood()) {
                    first = place;
                }
                break;
            } catch (final UncheckedIOException e) {
                story.add(e.getCause().getMessage());
                break;
            } catch (final IOException e) {
                counts.increment(RecoveryCounter.SERVER_FAILURES);
                story.add(server + ": " + (e instanceof SocketTimeoutException ? "no answer in time" : e.getMessage()));
            }
        }
        final long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
        if (hole.isFilled()) {
            counts.increment(RecoveryCounter.RECOVERED);
            LOG.info("feed {}: {} to {} were missing on all lines and recovered after {} us ({})",
                    settings.feed(), hole.from, hole.to, micros, story);
        } else {
            counts.increment(RecoveryCounter.NOT_RECOVERED);
            LOG.warn("feed {}: {} to {} are missing on all lines and not recovered after {} us ({})",
                    settings.feed(), hole.next, hole.to, micros, story);
        }
    }

    private void put(final int address, final int port, final DirectBuffer buffer, final int length) {
        if (!frames.put(address, port, buffer, length)) {
            counts.increment(RecoveryCounter.OVERFLOWS);
            throw new UncheckedIOException(new IOException("the buffer of recovered frames is full"));
        }
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
