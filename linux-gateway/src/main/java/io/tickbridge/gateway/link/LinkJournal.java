package io.tickbridge.gateway.link;

import org.agrona.DirectBuffer;

/**
 * Where the link puts what add-ons report and what happens to them, for good. Called on the link's thread.
 */
public interface LinkJournal {
    /** Keeps nothing, and says so. */
    LinkJournal NONE = new LinkJournal() {
        @Override
        public boolean report(
                final long connection, final DirectBuffer frame, final int offset, final int length, final long time) {
            return true;
        }

        @Override
        public void event(
                final long connection, final long count, final String kind, final String name, final String address,
                final String text, final long time) {
            // Nobody keeps it; the log has it too.
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public long writtenPosition() {
            return 0;
        }

        @Override
        public boolean isKept() {
            return false;
        }
    };

    /**
     * Takes a report.
     *
     * @param connection number of the connection it came on
     * @param frame      holds it
     * @param offset     where it begins
     * @param length     bytes
     * @param time       when it was received, ns since the Unix epoch
     * @return false when there is no room for it now
     */
    boolean report(long connection, DirectBuffer frame, int offset, int length, long time);

    /**
     * Takes an event; cold path.
     *
     * @param connection number of the connection; 0 for none in particular
     * @param count      how many such things it stands for
     * @param kind       lower case words with hyphens
     * @param name       the add-on's; may be empty
     * @param address    where from; may be empty
     * @param text       for people; may be empty
     * @param time       ns since the Unix epoch
     */
    void event(long connection, long count, String kind, String name, String address, String text, long time);

    /**
     * How far was taken.
     *
     * @return grows with every report and event
     */
    long position();

    /**
     * How far is settled: appended, or, when {@link #isKept} asked afterwards says no, given up.
     *
     * @return not above {@link #position}
     */
    long writtenPosition();

    /**
     * Whether what is taken is kept.
     *
     * @return false without a journal, and once it has failed
     */
    boolean isKept();
}
