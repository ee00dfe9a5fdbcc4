package io.tickbridge.gateway.feed.nasdaq;

import org.agrona.DirectBuffer;

/**
 * The message that ends a snapshot: its type and, in 20 ASCII characters padded with spaces, the number of the TotalView-ITCH
 * message with which processing goes on ("Snapshot Message" in Nasdaq GLIMPSE Version 5.0).
 */
final class EndOfSnapshot {
    static final int TYPE = 'G';
    /** Stands for a number that cannot be read. */
    static final long INVALID = -1;

    private static final int LENGTH = 21;
    /** One more digit, and no long has overflowed yet. */
    private static final long MOST_BEFORE_A_DIGIT = Long.MAX_VALUE / 100;

    private EndOfSnapshot() {
    }

    /** The number, at least 1; {@link #INVALID} when there is none. Allocates nothing. */
    static long sequence(final DirectBuffer buffer, final int message, final int length) {
        if (length != LENGTH) {
            return INVALID;
        }
        int from = message + 1;
        int to = message + LENGTH;
        while (from < to && buffer.getByte(from) == ' ') {
            from++;
        }
        while (to > from && buffer.getByte(to - 1) == ' ') {
            to--;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            final int digit = buffer.getByte(i) - '0';
            if (digit < 0 || digit > 9 || number > MOST_BEFORE_A_DIGIT) {
                return INVALID;
            }
            number = number * 10 + digit;
        }
        return number == 0 ? INVALID : number;
    }
}
