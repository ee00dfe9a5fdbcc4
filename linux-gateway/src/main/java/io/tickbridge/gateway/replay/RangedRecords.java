package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.journal.FeedHealth;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.LinkEvent;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import org.agrona.DirectBuffer;

/** Hands on what lies in a part of a journal. Starts and ends of runs, gaps and damages are handed on wherever they lie. */
record RangedRecords(RecordRange range, JournalRecordHandler next) implements JournalRecordHandler {

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        next.onRunStarted(index, run);
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime, final int line) {
        if (range.contains(index, receiveTime)) {
            next.onFrame(index, buffer, offset, length, receiveTime, line);
        }
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        if (range.contains(index, receiveTime)) {
            next.onSignal(index, body, offset, receiveTime);
        }
    }

    @Override
    public void onGap(final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
        next.onGap(index, frames, signals, firstTime, lastTime);
    }

    @Override
    public void onOthersLost(final long index, final long records, final long firstTime, final long lastTime) {
        next.onOthersLost(index, records, firstTime, lastTime);
    }

    @Override
    public void onLinkReport(final long index, final long connection, final DirectBuffer buffer, final int offset,
            final int length, final long receiveTime) {
        if (range.contains(index, receiveTime)) {
            next.onLinkReport(index, connection, buffer, offset, length, receiveTime);
        }
    }

    @Override
    public void onLinkEvent(final long index, final LinkEvent event, final long time) {
        if (range.contains(index, time)) {
            next.onLinkEvent(index, event, time);
        }
    }

    @Override
    public void onFeedHealth(final long index, final FeedHealth health, final long time) {
        if (range.contains(index, time)) {
            next.onFeedHealth(index, health, time);
        }
    }

    @Override
    public void onSignalSent(final long index, final long session, final long sequence, final long number,
            final long readyTime, final long sentTime, final long peers) {
        if (range.contains(index, readyTime)) {
            next.onSignalSent(index, session, sequence, number, readyTime, sentTime, peers);
        }
    }

    @Override
    public void onRunStopped(final long index, final RunStopped run) {
        next.onRunStopped(index, run);
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        next.onDamaged(index, damage);
    }
}
