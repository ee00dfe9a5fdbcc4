package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** When a live gateway sent its signals, as its journal has it: each once, in order, and not before it was received. */
final class SentTimes implements JournalRecordHandler {
    private final List<Long> receiveTimes = new ArrayList<>();
    private long sent;
    private long session;
    private long lastSequence;

    private SentTimes() {
    }

    /** All signals of a journal were sent to one add-on. */
    static void assertOf(final Path journal, final int signals) {
        final SentTimes times = new SentTimes();
        try (JournalReader reader = JournalReader.open(journal)) {
            reader.readAll(times);
        }
        assertEquals(signals, times.receiveTimes.size());
        assertEquals(signals, times.sent);
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        receiveTimes.add(receiveTime);
    }

    @Override
    public void onSignalSent(final long index, final long ofSession, final long sequence, final long number,
            final long readyTime, final long sentTime, final long peers) {
        assertEquals(++sent, number);
        assertTrue(number <= receiveTimes.size(), "after its signal");
        assertTrue(readyTime >= receiveTimes.get((int) number - 1), "ready after its frame came");
        assertTrue(sentTime >= readyTime, "sent after it was ready");
        assertTrue(sequence > lastSequence && ofSession != 0 && (session == 0 || session == ofSession), "one session, in order");
        assertEquals(1, peers);
        lastSequence = sequence;
        session = ofSession;
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        // Signals alone.
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
            final int line) {
        // Signals alone.
    }

    @Override
    public void onGap(final long index, final long frames, final long lost, final long firstTime, final long lastTime) {
        throw new AssertionError("the journal lacks " + frames + " frames and " + lost + " signals");
    }

    @Override
    public void onRunStopped(final long index, final RunStopped run) {
        // Signals alone.
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        throw new AssertionError("the journal is damaged: " + damage);
    }
}
