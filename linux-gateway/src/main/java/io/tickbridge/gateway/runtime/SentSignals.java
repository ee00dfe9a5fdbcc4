package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.journal.JournalRecorder;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.SignalDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Puts into the journal when each signal was ready and when the link had written it, and by which sequence add-ons know it.
 * These are records of their own, after the signal's: its body, which is replayed and compared, says nothing of this run's
 * clock. Told the time once a burst that had signals; allocates only for a burst of more signals than any before.
 *
 * <p>Where a socket did not take everything, it is not known when it will have: the record says so.
 *
 * <p>Receive thread only. Stands behind the link among the listeners, for it asks the link what became of the signal.
 */
final class SentSignals implements SignalListener {
    /** What a record says whose signal some socket had not yet taken. */
    static final long NOT_KNOWN = 0;
    /** Signals that one burst has as a rule; the end of a file may bring more. */
    private static final int USUAL_BURST = 4096;

    private final LinkServer link;
    private final JournalRecorder recorder;
    private final SignalDecoder signal = new SignalDecoder();
    private long[] sequences = new long[USUAL_BURST];
    private long[] numbers = new long[USUAL_BURST];
    private long[] readyTimes = new long[USUAL_BURST];
    private long lastSequence;
    private int pending;

    SentSignals(final LinkServer link, final JournalRecorder recorder) {
        this.link = link;
        this.recorder = recorder;
    }

    @Override
    public void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        final long sequence = link.lastSequence();
        if (sequence == lastSequence) {
            return; // withheld: the link was not told of it
        }
        lastSequence = sequence;
        if (pending == sequences.length) {
            sequences = Arrays.copyOf(sequences, 2 * pending);
            numbers = Arrays.copyOf(numbers, 2 * pending);
            readyTimes = Arrays.copyOf(readyTimes, 2 * pending);
        }
        sequences[pending] = sequence;
        numbers[pending] = signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION).number();
        readyTimes[pending++] = link.lastSignalTime();
    }

    boolean isPending() {
        return pending > 0;
    }

    /**
     * The link has written what the burst caused, as far as the sockets took it.
     *
     * @param now ns since the Unix epoch, by the link's clock
     */
    void onBurstSent(final long now) {
        if (pending == 0) {
            return;
        }
        final long sentTime = link.isWriting() ? NOT_KNOWN : now;
        for (int i = 0; i < pending; i++) {
            recorder.onSignalSent(link.session(), sequences[i], numbers[i], readyTimes[i], sentTime, link.peers());
        }
        pending = 0;
    }
}
