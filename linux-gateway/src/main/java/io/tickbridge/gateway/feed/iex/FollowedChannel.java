package io.tickbridge.gateway.feed.iex;

/**
 * Which "Channel ID" a feed follows: each numbers a stream of its own. The first one seen is taken; when that was a
 * stray, so many segments of one other channel in a row, with none of the followed one in between, show it.
 *
 * <p>One thread; allocates nothing after construction.
 */
final class FollowedChannel {
    /** Segments of one other channel in a row that make it the one to follow. A sender idles at one a second. */
    static final int STRAYS_IN_A_ROW = 16;

    /** What a segment's channel is to the feed. */
    enum Verdict {
        /** The one that is followed. */
        FOLLOWED,
        /** Another one. */
        STRAY,
        /** Another one, followed from this segment on. */
        ADOPTED
    }

    private boolean known;
    private int followed;
    private int stray;
    private int strays;

    /** Which one, unsigned; 0 before the first. */
    int channel() {
        return followed;
    }

    boolean isFollowed(final int channel) {
        return known && channel == followed;
    }

    Verdict judge(final int channel) {
        if (!known) {
            known = true;
            followed = channel;
        }
        if (channel == followed) {
            strays = 0;
            return Verdict.FOLLOWED;
        }
        strays = channel == stray ? strays + 1 : 1;
        stray = channel;
        if (strays < STRAYS_IN_A_ROW) {
            return Verdict.STRAY;
        }
        followed = channel;
        strays = 0;
        return Verdict.ADOPTED;
    }
}
