package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.signal.MachineFailure;
import io.tickbridge.gateway.signal.SignalListener;
import org.agrona.DirectBuffer;

/**
 * One run being replayed: feeds its frames to a pipeline and compares what comes out with what was journalled.
 *
 * <p>Only order and content count. A frame's signals may stand before or after it in the journal, so each side may
 * run ahead of the other; the one ahead waits in a backlog of fixed size.
 */
final class RunReplay {
    /** Signals one side may be ahead. Far more than one frame causes, and 4 MiB. */
    static final int BACKLOG = 1 << 16;

    /**
     * Frames before a cut whose signals may be missing. The receive thread journals a frame, then the signals it
     * causes, so that it is one frame as a rule; a burst journalled before it is worked off would make it more.
     */
    static final int CUT_FRAMES = 256;

    private final long[] recentFrames = new long[CUT_FRAMES];
    private final SignalBacklog produced = new SignalBacklog(BACKLOG);
    private final SignalBacklog journalled = new SignalBacklog(BACKLOG);
    private ReplayPipeline pipeline;
    private RunVerdict verdict;
    private long index;
    private long equal;
    private long frames;

    RunReplay(final String configuration, final ReplayPipelineFactory factory, final long startIndex) {
        index = startIndex;
        final SignalListener signals = (body, offset, receiveTime) -> onProduced(body, offset);
        try {
            pipeline = factory.create(configuration, signals);
        } catch (final RuntimeException | Error e) {
            MachineFailure.rethrow(e); // memory that has run out says nothing of the run
            notVerifiable(startIndex, "this build refuses the run's configuration: "
                    + (e.getMessage() == null ? e : e.getMessage()));
        }
    }

    long frames() {
        return frames;
    }

    void onFrame(final long at, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
            final int line) {
        if (verdict == null) {
            index = at;
            recentFrames[(int) (frames++ % CUT_FRAMES)] = at;
            try {
                pipeline.onFrame(buffer, offset, length, receiveTime, line);
            } catch (final RuntimeException | Error e) {
                MachineFailure.rethrow(e);
                notVerifiable(at, "the pipeline failed on this frame: " + e);
            }
        }
    }

    void onSignal(final long at, final DirectBuffer body, final int offset) {
        if (verdict != null) {
            return;
        }
        if (produced.isEmpty()) {
            if (journalled.isFull()) {
                onlyJournalled();
            } else {
                journalled.add(body, offset, at);
            }
        } else {
            compare(at, body, offset, produced.buffer(), produced.oldestOffset());
            produced.removeOldest();
        }
    }

    void notVerifiable(final long at, final String reason) {
        if (verdict == null) {
            verdict = new RunVerdict.NotVerifiable(equal, at, reason);
        }
    }

    /** The run's orderly end. */
    RunVerdict stop(final long at) {
        if (verdict == null) {
            index = at;
            try {
                pipeline.onEndOfInput();
            } catch (final RuntimeException | Error e) {
                MachineFailure.rethrow(e);
                notVerifiable(at, "the pipeline failed at the end of input: " + e);
            }
        }
        return end(false);
    }

    /** The journal, or the next run, follows without an orderly end of this one. */
    RunVerdict cut() {
        return end(true);
    }

    private RunVerdict end(final boolean cut) {
        if (verdict == null && !journalled.isEmpty()) {
            onlyJournalled();
        }
        if (verdict == null && !produced.isEmpty() && !(cut && isOfLastFrames(produced.oldestIndex()))) {
            onlyProduced();
        }
        return verdict != null ? verdict : new RunVerdict.Equal(equal, cut, produced.size());
    }

    private boolean isOfLastFrames(final long frameIndex) {
        return frames < CUT_FRAMES || frameIndex >= recentFrames[(int) (frames % CUT_FRAMES)];
    }

    private void onProduced(final DirectBuffer body, final int offset) {
        if (verdict != null) {
            return;
        }
        if (journalled.isEmpty()) {
            if (produced.isFull()) {
                onlyProduced();
            } else {
                produced.add(body, offset, index);
            }
        } else {
            compare(journalled.oldestIndex(), journalled.buffer(), journalled.oldestOffset(), body, offset);
            journalled.removeOldest();
        }
    }

    private void compare(final long at, final DirectBuffer journal, final int journalOffset,
            final DirectBuffer replay, final int replayOffset) {
        for (int i = 0; i < SignalListener.BODY_LENGTH; i += Long.BYTES) {
            if (journal.getLong(journalOffset + i) != replay.getLong(replayOffset + i)) {
                verdict = new RunVerdict.Different(equal, at,
                        SignalText.of(journal, journalOffset), SignalText.of(replay, replayOffset));
                return;
            }
        }
        equal++;
    }

    private void onlyJournalled() {
        verdict = new RunVerdict.Different(equal, journalled.oldestIndex(),
                SignalText.of(journalled.buffer(), journalled.oldestOffset()), null);
    }

    private void onlyProduced() {
        verdict = new RunVerdict.Different(equal, produced.oldestIndex(),
                null, SignalText.of(produced.buffer(), produced.oldestOffset()));
    }
}
