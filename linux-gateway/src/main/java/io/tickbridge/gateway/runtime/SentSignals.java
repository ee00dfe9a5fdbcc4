package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.journal.JournalRecorder;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.SignalDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Puts into the journal when each signal was ready and when the link had written it, and by which sequence add-ons know it.
 * These are records of their own, after the signal's: its body, which is replayed and compared, says nothing of this run's
 * clock. Reads the clock once a burst that had signals; allocates nothing.
 *
 * <p>Receive thread only. Stands behind the link among the listeners, for it asks the link what became of the signal.
 */
final class SentSignals implements SignalListener {
    /** Signals of one burst; what is beyond is told as sent before the burst's end. */
    private static final int MAX_PENDING = 4096;

    private final LinkServer link;
    private final JournalRecorder recorder;
    private final EpochNanoClock clock;
    private final SignalDecoder signal = new SignalDecoder();
    private final long[] sequences = new long[MAX_PENDING];
    private final long[] numbers = new long[MAX_PENDING];
    private final long[] readyTimes = new long[MAX_PENDING];
    private long lastSequence;
    private int pending;

    SentSignals(final LinkServer link, final JournalRecorder recorder, final EpochNanoClock clock) {
        this.link = link;
        this.recorder = recorder;
        this.clock = clock;
    }

    @Override
    public void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        final long sequence = link.lastSequence();
        if (sequence == lastSequence) {
            return; // withheld: the link was not told of it
        }
        lastSequence = sequence;
        if (pending == MAX_PENDING) {
            onBurstSent();
        }
        sequences[pending] = sequence;
        numbers[pending] = signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION).number();
        readyTimes[pending++] = link.lastSignalTime();
    }

    /** The link has written what the burst caused. */
    void onBurstSent() {
        if (pending > 0) {
            final long now = clock.nanoTime();
            for (int i = 0; i < pending; i++) {
                recorder.onSignalSent(link.session(), sequences[i], numbers[i], readyTimes[i], now, link.peers());
            }
            pending = 0;
        }
    }
}
