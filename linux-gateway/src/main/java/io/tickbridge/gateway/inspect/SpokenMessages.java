package io.tickbridge.gateway.inspect;

/**
 * What a channel said under its first and its latest numbers, so that a further group with the same name is known for one of its
 * lines, or for another feed. A line may begin a little before the other, and be cut into datagrams differently.
 */
final class SpokenMessages {
    /** Numbers remembered at either end; more than one line is ever behind the other. */
    static final int REACH = 1 << 16;

    private final CaptureChannel channel;
    private final String group;
    private final long[] first = new long[REACH];
    private final long[] latest = new long[REACH];
    /** Number that each of the latest has. */
    private final long[] numbers = new long[REACH];
    private long begin = -1;
    private long end;

    /** Of a channel whose first line is sent to this group. */
    SpokenMessages(final CaptureChannel channel, final String group) {
        this.channel = channel;
        this.group = group;
    }

    String group() {
        return group;
    }

    CaptureChannel channel() {
        return channel;
    }

    /** The channel said this; 0 for a number of which nothing is known. */
    void add(final long sequence, final long[] prints, final int count) {
        if (begin < 0 && count >= 0) {
            begin = sequence;
        }
        for (int i = 0; i < count; i++) {
            final long number = sequence + i;
            final int slot = (int) (number & REACH - 1);
            if (number >= begin && number - begin < REACH && first[(int) (number - begin)] == 0) {
                first[(int) (number - begin)] = prints[i];
            }
            if (numbers[slot] < number) {
                numbers[slot] = number;
                latest[slot] = prints[i];
            }
        }
        end = Math.max(end, sequence + Math.max(count, 0));
    }

    /**
     * Whether a datagram can be one of this channel's. What is known of its numbers decides; where nothing is, whether they lie
     * near the first or the latest of the channel.
     */
    boolean agrees(final long sequence, final long[] prints, final int count) {
        boolean isKnown = false;
        for (int i = 0; i < count; i++) {
            final long said = said(sequence + i);
            if (said != 0) {
                if (said != prints[i]) {
                    return false;
                }
                isKnown = true;
            }
        }
        return isKnown || Math.abs(sequence - begin) < REACH || Math.abs(sequence - end) < REACH;
    }

    private long said(final long number) {
        final int slot = (int) (number & REACH - 1);
        if (numbers[slot] == number) {
            return latest[slot];
        }
        return number >= begin && number - begin < REACH ? first[(int) (number - begin)] : 0;
    }
}
