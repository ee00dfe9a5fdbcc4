package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.SignalConfig;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Runs the frames of a journal through other settings and tells what comes out otherwise, frame by frame. Signals of one
 * frame are held to be the same when rule, instrument, venue, side and exchange time are; what else they say may have
 * changed. The running number is left out of that: one signal more or fewer shifts all that follow. So is the rule's number, its
 * place in the file: {@link RuleMatch} says which is which.
 */
public final class WhatIf implements JournalRecordHandler {
    private static final int NUMBER = SignalDecoder.numberEncodingOffset();
    private static final int RULE = SignalDecoder.ruleEncodingOffset();

    private final String configuration;
    private final ReplayPipelineFactory factory;
    private final RecordRange range;
    private final Consumer<WhatIfChange> changes;
    private final SignalListener produced;
    private final List<byte[]> before = new ArrayList<>();
    private final List<byte[]> after = new ArrayList<>();
    private final Map<String, WhatIfSum> sums = new LinkedHashMap<>();
    private final Set<String> changedRules = new LinkedHashSet<>();
    private final List<String> doubts = new ArrayList<>();
    private final SignalDecoder decoder = new SignalDecoder();
    private final List<SignalConfig> rules;
    private RuleMatch match;
    private ReplayPipeline pipeline;
    private long frameIndex;
    private boolean frameInRange;

    private WhatIf(
            final String configuration, final ReplayPipelineFactory factory, final RecordRange range,
            final Consumer<WhatIfChange> changes, final SignalListener signals) {
        this.configuration = configuration;
        rules = ConfigReader.parse(configuration, Path.of(""), "configuration").signals();
        match = RuleMatch.of(List.of(), rules);
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
        return new WhatIfReport(run.sums.values().stream().sorted(WhatIfSum.ORDER).toList(), List.copyOf(run.changedRules),
                List.copyOf(run.doubts));
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        settle();
        match = RuleMatch.of(rules(run, index), rules);
        changedRules.addAll(match.changedRules());
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
        if (damage.endsRun()) {
            settle();
            pipeline = null;
            match = RuleMatch.of(List.of(), rules);
        }
    }

    /** All signals of a frame are known: those on record follow it. */
    private void settle() {
        if (frameInRange) {
            for (final byte[] then : before) {
                final byte[] now = take(then);
                final WhatIfSum sum = sum(rule(then), match.whatIf(rule(then)));
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
                sum(match.onRecord(rule(now)), rule(now)).added++;
                changes.accept(new WhatIfChange(frameIndex, null, text(now)));
            }
        }
        before.clear();
        after.clear();
    }

    private byte[] take(final byte[] wanted) {
        final int rule = match.whatIf(rule(wanted));
        final List<Long> identity = identity(wanted);
        for (int i = 0; i < after.size(); i++) {
            if (rule(after.get(i)) == rule && identity(after.get(i)).equals(identity)) {
                return after.remove(i);
            }
        }
        return null;
    }

    private List<Long> identity(final byte[] body) {
        wrap(body);
        return List.of(decoder.instrument(), (long) decoder.venueRaw(), (long) decoder.sideRaw(),
                decoder.exchangeTime());
    }

    private WhatIfSum sum(final int onRecord, final int whatIf) {
        return sums.computeIfAbsent(match.kind(onRecord, whatIf) + ' ' + onRecord + ' ' + whatIf,
                key -> new WhatIfSum(onRecord, whatIf, match.kind(onRecord, whatIf)));
    }

    private int rule(final byte[] body) {
        wrap(body);
        return decoder.rule();
    }

    private List<SignalConfig> rules(final RunStarted run, final long index) {
        try {
            return ConfigReader.parse(run.configuration(), Path.of(""), "configuration").signals();
        } catch (final ConfigException e) {
            doubts.add("the rules of the run at 0x" + Long.toHexString(index) + " are not known, so that each of its signals is shown as "
                    + "missing and as added: this build refuses the configuration that build " + run.build() + " wrote: " + e.getMessage());
            return List.of(); // by number alone nothing is known to be the same
        }
    }

    private void wrap(final byte[] body) {
        decoder.wrap(new UnsafeBuffer(body), 0, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
    }

    private static boolean isSame(final byte[] one, final byte[] other) {
        return Arrays.equals(withoutNumbers(one), withoutNumbers(other));
    }

    private static byte[] withoutNumbers(final byte[] body) {
        final byte[] rest = body.clone();
        Arrays.fill(rest, NUMBER, NUMBER + SignalDecoder.numberEncodingLength(), (byte) 0);
        Arrays.fill(rest, RULE, RULE + SignalDecoder.ruleEncodingLength(), (byte) 0);
        return rest;
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
