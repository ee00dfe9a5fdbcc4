package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.LinkEvent;
import io.tickbridge.gateway.link.LinkJournal;
import org.agrona.DirectBuffer;

/** The link's reports and events, put into the journal. Receive thread. */
final class JournalledLink implements LinkJournal {
    private final Journal journal;

    JournalledLink(final Journal journal) {
        this.journal = journal;
    }

    @Override
    public boolean report(
            final long connection, final DirectBuffer frame, final int offset, final int length, final long time) {
        return journal.recorder().onLinkReport(connection, frame, offset, length, time);
    }

    @Override
    public void event(
            final long connection, final long count, final String kind, final String name, final String address,
            final String text, final long time) {
        journal.recorder().onLinkEvent(new LinkEvent(connection, count, kind, name, address, text), time);
    }

    @Override
    public long position() {
        return journal.recorder().position();
    }

    @Override
    public long writtenPosition() {
        return journal.recorder().writtenPosition();
    }

    @Override
    public boolean isKept() {
        return !journal.hasFailed();
    }
}
