package io.tickbridge.gateway.book;

/**
 * What is known of an instrument before the exchange says it.
 *
 * @param symbol      name shown to people; null shows the key as text
 * @param group       CME security group, or null when not known. An instrument with a group stops with that group
 *                    alone; one without is taken not to trade while any group of its feed is halted
 * @param tickSize    1e-9 units; 0 when not known
 * @param marketDepth levels that the exchange maintains on each side of the base book (CME MarketDepth, tag 264); 0
 *                    when not known, and taken as 1 then. Too small a number is never wrong: it grows when a deeper
 *                    position is named, and until then levels pushed past it are unknown. Too great a number keeps
 *                    levels that have left the market, and could bring one back
 */
public record InstrumentFacts(String symbol, String group, long tickSize, int marketDepth) {
    /**
     * Of an instrument of which nothing but the depth of its book is known.
     *
     * @param marketDepth as above
     * @return the facts
     */
    public static InstrumentFacts ofDepth(final int marketDepth) {
        return new InstrumentFacts(null, null, 0, marketDepth);
    }
}
