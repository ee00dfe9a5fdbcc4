package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalException;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.gateway.link.LinkCounter;
import io.tickbridge.gateway.link.LinkJournal;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.gateway.link.SignalDescription;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.protocol.Market;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * A gateway's link fed from a journal: the frames go through the pipeline that they went through then, and add-ons get its
 * signals, quotes and book states as they did, so that NinjaTrader can be rehearsed with a real day. Signals leave with the
 * time of now as their time of receipt, since an add-on refuses old ones; their exchange time is that of the record.
 *
 * <p>Add-ons see a gateway whose name begins with REPLAY and that says of its market that it is recorded: they send no orders to
 * live accounts. Each run of the journal is a session of its own, and begins when
 * an add-on has logged on. What add-ons report is not kept, and they are told so.
 */
public final class LinkRehearsal implements JournalRecordHandler {
    private static final String NAME_PREFIX = "REPLAY ";
    private static final long IDLE = TimeUnit.MICROSECONDS.toNanos(20);
    /** For the last frames to leave before the farewell. */
    private static final long FLUSH = TimeUnit.MILLISECONDS.toNanos(100);

    private final LinkConfig config;
    private final RecordRange range;
    private final Pace pace;
    private final EpochNanoClock clock;
    private final Consumer<String> out;
    private LinkServer link;
    private Pipeline pipeline;
    private boolean inRange;
    private long signals;
    private RunNames names;

    private LinkRehearsal(
            final LinkConfig config, final RecordRange range, final Pace pace, final EpochNanoClock clock, final Consumer<String> out) {
        this.config = config;
        this.range = range;
        this.pace = pace;
        this.clock = clock;
        this.out = out;
    }

    /**
     * Plays a journal to add-ons. Frames before the range are gone through at full speed, without signals being sent, so
     * that books are right where it begins.
     *
     * @param directory the journal's
     * @param config    where to listen, and with which keys
     * @param range     what of the journal
     * @param pace      how fast
     * @param clock     ns since the Unix epoch; must not step
     * @param out       told what goes on, a line each
     * @return signals sent
     * @throws IOException when the link cannot be opened
     */
    public static long run(
            final Path directory, final LinkConfig config, final RecordRange range, final Pace pace, final EpochNanoClock clock,
            final Consumer<String> out) throws IOException {
        final LinkRehearsal rehearsal = new LinkRehearsal(config, range, pace, clock, out);
        try (JournalReader reader = JournalReader.open(directory)) {
            boolean more = true;
            while (more && !pace.isEnded()) {
                more = reader.next(rehearsal);
            }
        } finally {
            rehearsal.end();
        }
        return rehearsal.signals;
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        end();
        if (range.isBehind(index)) {
            return;
        }
        final GatewayConfig then = ConfigReader.parse(run.configuration(), Path.of(""), "journalled configuration");
        final List<SignalDescription> rules = Pipeline.check(then).stream()
                .map(rule -> new SignalDescription(rule.number(), rule.name(), rule.parameters())).toList();
        try {
            link = new LinkServer(config, NAME_PREFIX + run.gateway(), rules, clock, LinkJournal.NONE);
            link.setMarket(Market.RECORDED);
            pipeline = new Pipeline(then, FrameRecorder.NONE, List.of(this::send), List.of(link));
            out.accept("run of " + run.gateway() + " at 0x" + Long.toHexString(index) + ": listening on port " + link.start()
                    + ", waiting for an add-on");
        } catch (final IOException e) {
            throw new JournalException("the rehearsal's link cannot be opened: " + e.getMessage(), e);
        }
        while (link.counts().get(LinkCounter.LOGONS) == 0) {
            idle();
        }
        out.accept("an add-on has logged on");
        names = pace.shows() ? RunNames.of(run) : null;
        pace.begin();
    }

    private void send(final DirectBuffer body, final int offset, final long receiveTime) {
        if (inRange) {
            link.onSignal(body, offset, clock.nanoTime());
            signals++;
            pace.onSignal(names == null ? "" : SignalReading.of(names, number -> null, body, offset));
        }
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime, final int line) {
        if (pipeline == null || range.isBehind(index)) {
            return;
        }
        inRange = range.contains(index, receiveTime);
        while (inRange && !pace.isDue(receiveTime)) {
            if (pace.isEnded()) {
                return;
            }
            idle();
        }
        if (inRange) {
            pace.onFrame(index, receiveTime, line, length);
        }
        pipeline.onFrame(buffer, offset, length, receiveTime, 0);
        link.doWork();
    }

    private void idle() {
        if (link.doWork() == 0) {
            LockSupport.parkNanos(IDLE);
        }
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        // The pipeline gives it again; `replay --verify` proves that it is the same.
    }

    @Override
    public void onGap(final long index, final long frames, final long signalsLost, final long firstTime, final long lastTime) {
        out.accept("journal gap at 0x" + Long.toHexString(index) + ": " + frames + " frames are missing; what follows may differ from that day");
    }

    @Override
    public void onRunStopped(final long index, final RunStopped run) {
        if (pipeline != null) {
            pipeline.onEndOfInput();
        }
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        if (damage.endsRun()) {
            end();
        }
        out.accept("damage at 0x" + Long.toHexString(index) + ": " + damage + "; what follows may differ from that day");
    }

    private void end() {
        if (link != null) {
            final long begun = clock.nanoTime();
            while (clock.nanoTime() - begun < FLUSH) {
                idle();
            }
            link.close();
            link = null;
            pipeline = null;
        }
    }
}
