package io.tickbridge.gateway.inspect;

/** What a user says a capture holds: {@code --feed}. */
public enum FeedKind {
    /** CME Globex MDP 3.0. */
    CME(new CmeFeed()),
    /** IEX-TP with TOPS, DEEP or DEEP+. */
    IEX(new IexFeed()),
    /** MoldUDP64 with TotalView-ITCH 5.0. */
    ITCH(new NasdaqFeed());

    private final InspectedFeed feed;

    FeedKind(final InspectedFeed feed) {
        this.feed = feed;
    }

    /**
     * What is known of it.
     *
     * @return the feed
     */
    public InspectedFeed feed() {
        return feed;
    }
}
