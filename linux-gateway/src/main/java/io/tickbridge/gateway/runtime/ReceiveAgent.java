package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.gateway.pipeline.Pipeline;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The duty cycle of the receive thread: a burst of frames through the pipeline, then the link's I/O, so that a signal is
 * written by the thread that found it. Source and link are opened and closed on this thread too, which owns their
 * sockets.
 */
final class ReceiveAgent implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiveAgent.class);
    /** Silent feeds are looked for in one cycle of 1024: often enough for limits of 100 ms, rare enough to cost nothing. */
    private static final int WATCH_MASK = 0x3ff;
    /** ns that a socket may take to say that it took everything, before the time of that is given up as not known. */
    private static final long WRITE_PATIENCE = 1_000_000;
    private static final long NOT_WRITING = Long.MIN_VALUE;

    private final Supplier<PacketSource> opener;
    private final Runnable opened;
    private final Pipeline pipeline;
    private final LinkServer link;
    private final SignalLatency latency;
    private final SentSignals sent;
    private final BooleanSupplier gate;
    private final StopRequest stop;
    private final int burstLimit;
    private final SilenceWatch[] watches;
    private final EpochNanoClock clock;
    private final JournalGuard guard;
    private final FeedHealthWatch health;
    private int cycles;
    private long writingSince = NOT_WRITING;
    private volatile PacketSource source;
    private volatile int linkPort;
    private volatile boolean open;
    private boolean failed;

    /**
     * A cycle that has not begun.
     *
     * @param opener     opens the source
     * @param opened     told when source and link are open, before anything is received
     * @param pipeline   takes the frames
     * @param link       the link, or null without one
     * @param latency    told when signals are on their way; null where receive times are not this machine's
     * @param sent       told the same; null without a link or a journal
     * @param gate       asked each cycle until it says that frames may come
     * @param stop       told of the end of a file, and of a failure
     * @param burstLimit frames a burst
     * @param watches    one for each feed, or none
     * @param clock      for the watches, and for when signals were sent
     * @param guard      looked at after each burst; null without a journal
     * @param health     the same
     */
    ReceiveAgent(
            final Supplier<PacketSource> opener, final Runnable opened, final Pipeline pipeline, final LinkServer link,
            final SignalLatency latency, final SentSignals sent, final BooleanSupplier gate, final StopRequest stop, final int burstLimit,
            final List<SilenceWatch> watches, final EpochNanoClock clock, final JournalGuard guard, final FeedHealthWatch health) {
        this.guard = guard;
        this.health = health;
        this.opener = opener;
        this.opened = opened;
        this.pipeline = pipeline;
        this.link = link;
        this.latency = latency;
        this.sent = sent;
        this.gate = gate;
        this.stop = stop;
        this.burstLimit = burstLimit;
        this.watches = watches.toArray(SilenceWatch[]::new);
        this.clock = clock;
    }

    @Override
    public void onStart() {
        try {
            source = opener.get();
            LOG.info("receiving from {}", source.describe());
            if (link != null) {
                linkPort = link.start();
            }
            opened.run();
        } catch (final IOException | RuntimeException e) {
            stop.failed(e);
            LangUtil.rethrowUnchecked(e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A cycle that fails is the last: the thread would go on by itself, and feed a book that was left half updated.
     */
    @Override
    public int doWork() {
        try {
            return cycle();
        } catch (final AgentTerminationException e) {
            throw e;
        } catch (final RuntimeException | Error e) {
            failed = true;
            if (!(e instanceof CaptureException)) {
                LOG.error("a frame could not be processed; those behind it in its burst were received and are lost");
            }
            stop.failed(e);
            throw new AgentTerminationException(e);
        }
    }

    private int cycle() {
        int work = 0;
        if (open) {
            work = source.poll(pipeline, burstLimit);
            if (work == 0 && source.isExhausted()) {
                source.truncation().ifPresent(LOG::warn);
                stop.finished("end of " + source.describe());
                throw new AgentTerminationException();
            }
        } else {
            open = gate.getAsBoolean();
        }
        if (guard != null) {
            guard.look(clock);
        }
        if (health != null && work > 0) {
            health.look();
        }
        if (watches.length > 0 && (++cycles & WATCH_MASK) == 0) {
            watch();
        }
        if (link != null) {
            work += link.doWork();
        }
        onBurstSent(false);
        return work;
    }

    /**
     * One reading of the clock, after the link's write, for whoever tells of it. io_uring says a little later that a socket has
     * taken what it was given; a socket that is full says so for long, and then it is not known when.
     *
     * @param isLast whether nothing is waited for
     */
    private void onBurstSent(final boolean isLast) {
        final boolean measures = latency != null && latency.isPending();
        final boolean records = sent != null && sent.isPending();
        if (!measures && !records) {
            return;
        }
        final long now = clock.nanoTime();
        final boolean isWriting = link != null && link.isWriting();
        if (isWriting && !isLast) {
            writingSince = writingSince == NOT_WRITING ? now : writingSince;
            if (now - writingSince < WRITE_PATIENCE) {
                return;
            }
        }
        writingSince = NOT_WRITING;
        if (measures && isWriting) {
            latency.onBurstHeldUp();
        } else if (measures) {
            latency.onBurstSent(now);
        }
        if (records) {
            sent.onBurstSent(now);
        }
    }

    private void watch() {
        final long now = clock.nanoTime();
        for (int feed = 0; feed < watches.length; feed++) {
            watches[feed].look(pipeline.heard(feed), now);
        }
    }

    @Override
    public void onClose() {
        // A replay does the same at the end of a run. After a failure no more signal may come out.
        try {
            if (source != null && !failed) {
                endInput();
            }
        } finally {
            CloseHelper.closeAll(source, link);
        }
    }

    private void endInput() {
        pipeline.onEndOfInput();
        if (link != null) {
            link.doWork();
        }
        onBurstSent(true);
        if (health != null) {
            health.look();
        }
    }

    @Override
    public String roleName() {
        return "receive";
    }

    /** The source, once opened; null before. Its counts may be read from any thread. */
    PacketSource source() {
        return source;
    }

    /** Whether the source is polled: it is open, and nothing holds frames back. Any thread. */
    boolean isReceiving() {
        return open;
    }

    /** Port on which the link listens; 0 before it does. */
    int linkPort() {
        return linkPort;
    }
}
