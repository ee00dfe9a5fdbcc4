package io.tickbridge.gateway.link;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;

/** A journal that writes when the test says so. */
final class SteppedLinkJournal implements LinkJournal {
    final List<byte[]> reports = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    boolean full;
    boolean kept = true;
    long written;
    /** What the next event of this kind throws, and with "report" the next report; null: nothing. */
    String throwsAt;
    Throwable thrown;
    private long position;

    private void mayThrow(final String kind) {
        if (kind.equals(throwsAt)) {
            throwsAt = null;
            LangUtil.rethrowUnchecked(thrown);
        }
    }

    @Override
    public boolean report(
            final long connection, final DirectBuffer frame, final int offset, final int length, final long time) {
        mayThrow("report");
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
        mayThrow(kind);
        events.add(kind + " " + count + " " + name);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long writtenPosition() {
        mayThrow("written-position");
        return written;
    }

    @Override
    public boolean isKept() {
        return kept;
    }
}
