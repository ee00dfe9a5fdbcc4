package io.tickbridge.gateway.journal;

import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A process that journals as fast as it can until it is killed. What it writes follows from its seed, so that the
 * survivor can be checked; how far the journal got it says on standard output.
 */
final class JournallingChild {
    private static final int MAX_FRAME = 9000;
    private static final int REPORT_EVERY = 1 << 10;

    private JournallingChild() {
    }

    /** Arguments: journal directory, seed. */
    public static void main(final String[] args) {
        final long seed = Long.parseLong(args[1]);
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[MAX_FRAME]);
        final Journal journal = Journal.open(RecordedJournal.config(Path.of(args[0]), 1 << 20),
                RecordedJournal.run("seed " + seed), true);
        for (long number = 0; ; number++) {
            final int length = fill(frame, seed, number);
            journal.recorder().onFrame(frame, 0, length, number, 0);
            if (number % REPORT_EVERY == 0) {
                System.out.println(journal.counts().get(JournalCounter.FRAMES));
            }
        }
    }

    /** Every frame of a run is a function of seed and number. Returns its length. */
    static int fill(final UnsafeBuffer frame, final long seed, final long number) {
        long state = seed * 0x9e37_79b9_7f4a_7c15L + number;
        state = (state ^ state >>> 31) * 0xbf58_476d_1ce4_e5b9L;
        state ^= state >>> 29;
        final int length = 1 + (int) Long.remainderUnsigned(state, MAX_FRAME);
        for (int i = 0; i + Long.BYTES <= MAX_FRAME; i += Long.BYTES) {
            state += 0x9e37_79b9_7f4a_7c15L;
            frame.putLong(i, state ^ state >>> 27);
        }
        return length;
    }
}
