package io.tickbridge.gateway.feed;

/** What an exchange says of an instrument's session besides its book and its trades. Some are prices, some are quantities. */
public enum Statistic {
    /** Price of the first trade. */
    OPEN,
    /** Price at which it would open now. */
    INDICATIVE_OPEN,
    /** Highest price traded. */
    HIGH,
    /** Lowest price traded. */
    LOW,
    /** Mean price, weighted by volume. */
    MEAN,
    /** Highest bid there was. */
    HIGHEST_BID,
    /** Lowest offer there was. */
    LOWEST_OFFER,
    /** Final settlement price of the day. */
    SETTLEMENT,
    /** Settlement price that may still change. */
    PRELIMINARY_SETTLEMENT,
    /** Price fixed at a set time. */
    FIXING,
    /** Volume cleared, of the previous day as a rule. */
    CLEARED_VOLUME,
    /** Contracts open. */
    OPEN_INTEREST,
    /** Volume traded electronically so far. */
    VOLUME,
    /** Highest price allowed. */
    HIGH_LIMIT,
    /** Lowest price allowed. */
    LOW_LIMIT,
    /** How far from the last price an order may stand ("banding"). */
    BAND;

    private static final Statistic[] ALL = values();

    /**
     * Name for people.
     *
     * @return lower case words joined by hyphens
     */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /**
     * Number of kinds.
     *
     * @return how many there are
     */
    public static int count() {
        return ALL.length;
    }
}
