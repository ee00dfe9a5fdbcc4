package io.tickbridge.integration.exchange;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.integration.exchange.FaultyWire.Arrival;

/** Which of the exchange's packets the gateway has reached: by its own count, which begins with the first one of each week. */
final class Progress {
    /** Before the first packet. */
    static final int NOTHING = -1;

    private final FeedCounts counts;
    /** The packet that the gateway has reached, less what it counted. */
    private long base = Long.MIN_VALUE;
    private long counted;
    private int firstOfWeek;

    Progress(final FeedCounts counts) {
        this.counts = counts;
    }

    /** From this packet on the exchange counts anew. */
    void restartsAt(final int packet) {
        firstOfWeek = packet;
    }

    /** The gateway has taken what arrived. */
    void after(final Arrival arrival) {
        final long now = counts.get(FeedCounter.PACKETS) + counts.get(FeedCounter.LOST);
        if (now != counted && (!isKnown() || firstOfWeek > 0 && arrival.tag() >= firstOfWeek
                && arrival.feed() == Feed.INCREMENTAL)) {
            base = arrival.tag() - now;
            firstOfWeek = 0;
        }
        counted = now;
    }

    boolean isKnown() {
        return base != Long.MIN_VALUE;
    }

    int packet() {
        return isKnown() ? (int) (base + counted) : NOTHING;
    }
}
