package io.tickbridge.gateway.feed.arbitration;

/** Told by the arbiter of holes on all lines, on the receive thread, while it still waits for the lines to fill them. */
public interface MissingNumbers {
    /** Nobody cares. */
    MissingNumbers IGNORED = new MissingNumbers() {
        @Override
        public void onMissing(final long from, final long to) {
            // Nobody is told.
        }

        @Override
        public void onNext(final long next) {
            // Nobody is told.
        }
    };

    /**
     * A later packet came first; told once of each hole.
     *
     * @param from first missing number
     * @param to   last missing number
     */
    void onMissing(long from, long to);

    /**
     * Everything before this number was handed over or given up. Told while packets are held and when the last one was
     * released, not for each packet.
     *
     * @param next the number that comes next
     */
    void onNext(long next);
}
