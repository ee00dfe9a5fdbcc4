package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.SignalDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Runs the frames of a journal through other settings and tells what comes out otherwise, frame by frame. Signals of one
 * frame are held to be the same when rule, instrument, venue, side and exchange time are; what else they say may have
 * changed. The running number is left out of that: one signal more or fewer shifts all that follow.
 */
public final class WhatIf implements JournalRecordHandler {
    private static final int NUMBER = SignalDecoder.numberEncodingOffset();

    private final String configuration;
    private final ReplayPipelineFactory factory;
    private final RecordRange range;
    private final Consumer<WhatIfChange> changes;
    private final SignalListener produced;
    private final List<byte[]> before = new ArrayList<>();
    private final List<byte[]> after = new ArrayList<>();
    private final Map<Integer, WhatIfSum> sums = new TreeMap<>();
    private final List<String> doubts = new ArrayList<>();
    private final SignalDecoder decoder = new SignalDecoder();
    private ReplayPipeline pipeline;
    private long frameIndex;
    private boolean frameInRange;

    private WhatIf(
            final String configuration, final ReplayPipelineFactory factory, final RecordRange range,
            final Consumer<WhatIfChange> changes, final SignalListener signals) {
        this.configuration = configuration;
        this.factory = factory;
        this.range = range;
        this.changes = changes;
        produced = (body, offset, receiveTime) -> {
            after.add(copy(body, offset));
            signals.onSignal(body, offset, receiveTime);
        };
    }

    /**
     * Runs every run of a journal, each from its start.
     *
     * @param directory     the journal's
     * @param configuration whole text of the other configuration
     * @param factory       builds the pipelines
     * @param range         what is compared; what lies before it is gone through all the same, for the books
     * @param changes       told of each difference, in order
     * @param signals       told of each signal that the other settings give, in range or not
     * @return the sum
     */
    public static WhatIfReport run(
            final Path directory, final String configuration, final ReplayPipelineFactory factory, final RecordRange range,
            final Consumer<WhatIfChange> changes, final SignalListener signals) {
        final WhatIf run = new WhatIf(configuration, factory, range, changes, signals);
        try (JournalReader reader = JournalReader.open(directory)) {
            reader.readAll(run);
        }
        run.settle();
        return new WhatIfReport(List.copyOf(run.sums.values()), List.copyOf(run.doubts));
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        settle();
        pipeline = factory.create(configuration, produced);
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime, final int line) {
        settle();
        frameIndex = index;
        frameInRange = range.contains(index, receiveTime);
        if (pipeline != null) {
            pipeline.onFrame(buffer, offset, length, receiveTime, line);
        }
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        before.add(copy(body, offset));
    }

    @Override
    public void onRunStopped(final long index, final RunStopped run) {
        if (pipeline != null) {
            pipeline.onEndOfInput();
        }
        settle();
        pipeline = null;
    }

    @Override
    public void onGap(final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
        doubts.add("journal gap of " + frames + " frames and " + signals + " signals at 0x" + Long.toHexString(index)
                + ": what follows in its run may differ because of it");
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        doubts.add(damage + " at 0x" + Long.toHexString(index) + ": what follows in its run may differ because of it");
    }

    /** All signals of a frame are known: those on record follow it. */
    private void settle() {
        if (frameInRange) {
            for (final byte[] then : before) {
                final byte[] now = take(then);
                final WhatIfSum sum = sum(then);
                if (now == null) {
                    sum.missing++;
                    changes.accept(new WhatIfChange(frameIndex, text(then), null));
                } else if (isSame(then, now)) {
                    sum.same++;
                } else {
                    sum.changed++;
                    changes.accept(new WhatIfChange(frameIndex, text(then), text(now)));
                }
            }
            for (final byte[] now : after) {
                sum(now).added++;
                changes.accept(new WhatIfChange(frameIndex, null, text(now)));
            }
        }
        before.clear();
        after.clear();
    }

    private byte[] take(final byte[] wanted) {
        for (int i = 0; i < after.size(); i++) {
            if (identity(after.get(i)).equals(identity(wanted))) {
                return after.remove(i);
            }
        }
        return null;
    }

    private List<Long> identity(final byte[] body) {
        wrap(body);
        return List.of((long) decoder.rule(), decoder.instrument(), (long) decoder.venueRaw(), (long) decoder.sideRaw(),
                decoder.exchangeTime());
    }

    private WhatIfSum sum(final byte[] body) {
        wrap(body);
        return sums.computeIfAbsent(decoder.rule(), WhatIfSum::new);
    }

    private void wrap(final byte[] body) {
        decoder.wrap(new UnsafeBuffer(body), 0, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
    }

    private static boolean isSame(final byte[] one, final byte[] other) {
        final int behind = NUMBER + Long.BYTES;
        return Arrays.equals(one, 0, NUMBER, other, 0, NUMBER) && Arrays.equals(one, behind, one.length, other, behind, other.length);
    }

    private static SignalText text(final byte[] body) {
        return SignalText.of(new UnsafeBuffer(body), 0);
    }

    private static byte[] copy(final DirectBuffer body, final int offset) {
        final byte[] copy = new byte[SignalListener.BODY_LENGTH];
        body.getBytes(offset, copy);
        return copy;
    }
}
