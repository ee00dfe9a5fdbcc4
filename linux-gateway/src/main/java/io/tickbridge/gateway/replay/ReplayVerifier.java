package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Runs every run of a journal again and compares the signals, byte for byte and in order. Memory does not grow with
 * the journal. A hole in the journal is never passed over: the run it lies in cannot be verified, and the report
 * says where and why.
 */
public final class ReplayVerifier implements JournalRecordHandler {
    private final ReplayPipelineFactory factory;
    private final List<RunVerification> runs = new ArrayList<>();
    private RunReplay replay;
    private RunStarted started;
    private long startIndex;
    private int number;

    private ReplayVerifier(final ReplayPipelineFactory factory) {
        this.factory = factory;
    }

    /**
     * Verifies a whole journal.
     *
     * @param directory the journal's directory
     * @param factory   builds the pipelines
     * @return one entry a run, in the journal's order
     * @throws io.tickbridge.gateway.journal.JournalException when there is no journal, or it cannot be read
     */
    public static VerificationReport verify(final Path directory, final ReplayPipelineFactory factory) {
        final ReplayVerifier verifier = new ReplayVerifier(factory);
        try (JournalReader reader = JournalReader.open(directory)) {
            reader.readAll(verifier);
        }
        verifier.cutOpenRun();
        return new VerificationReport(List.copyOf(verifier.runs));
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        cutOpenRun();
        number++;
        startIndex = index;
        started = run;
        replay = new RunReplay(run.configuration(), factory, index);
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime, final int line) {
        if (replay != null) {
            replay.onFrame(index, buffer, offset, length, receiveTime, line);
        }
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        if (replay != null) {
            replay.onSignal(index, body, offset);
        }
    }

    @Override
    public void onGap(final long index, final long frames, final long signals, final long firstTime,
            final long lastTime) {
        cannotVerify(index, "journal gap of " + frames + " frames and " + signals + " signals");
    }

    @Override
    public void onRunStopped(final long index, final RunStopped run) {
        if (replay != null) {
            if (run.lostFrames() + run.lostSignals() > 0) {
                replay.notVerifiable(index, "the run lost " + run.lostFrames() + " frames and " + run.lostSignals()
                        + " signals on their way into the journal");
            }
            finish(replay.stop(index));
        }
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        cannotVerify(index, damage.toString());
    }

    private void cannotVerify(final long index, final String reason) {
        if (replay != null) {
            replay.notVerifiable(index, reason);
        } else {
            // Between runs, or before the first: whose record it was cannot be known.
            runs.add(new RunVerification(number, index, 0, 0, new RunVerdict.NotVerifiable(0, index, reason)));
        }
    }

    private void cutOpenRun() {
        if (replay != null) {
            finish(replay.cut());
        }
    }

    private void finish(final RunVerdict verdict) {
        runs.add(new RunVerification(number, startIndex, started.startTime(), replay.frames(), verdict));
        replay = null;
    }
}
