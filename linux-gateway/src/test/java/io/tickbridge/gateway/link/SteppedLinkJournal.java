package io.tickbridge.gateway.link;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** A journal that writes when the test says so. */
final class SteppedLinkJournal implements LinkJournal {
    final List<byte[]> reports = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    boolean full;
    boolean kept = true;
    long written;
    private long position;

    @Override
    public boolean report(
            final long connection, final DirectBuffer frame, final int offset, final int length, final long time) {
        if (full) {
            return false;
        }
        final byte[] copy = new byte[length];
        frame.getBytes(offset, copy);
        reports.add(copy);
        position++;
        return true;
    }

    @Override
    public void event(
            final long connection, final long count, final String kind, final String name, final String address,
            final String text, final long time) {
        events.add(kind + " " + count + " " + name);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long writtenPosition() {
        return written;
    }

    @Override
    public boolean isKept() {
        return kept;
    }
}
