package io.tickbridge.gateway.feed;

/**
 * Trades, auctions and the numbers that go with them: what changes no book. Part of {@link MarketDataListener}, which says
 * what its numbers mean.
 */
public interface TradeListener {

    /**
     * Whether orders of retail investors would find an interest inside the spread (IEX Retail Liquidity Indicator).
     *
     * @param instrument the venue's key
     * @param buy        there is one to buy
     * @param sell       there is one to sell
     */
    default void onRetailInterest(final long instrument, final boolean buy, final boolean sell) {
        // What looks at displayed orders alone.
    }

    /**
     * How an auction would end if it were held now.
     *
     * @param instrument     the venue's key
     * @param exchangeTime   ns since the Unix epoch
     * @param paired         shares that would trade at the reference price
     * @param imbalance      shares that would be left over there
     * @param imbalanceSide  {@code BID}, {@code ASK}, or -1 for none
     * @param referencePrice 1e-9 units, or {@code NO_PRICE}
     * @param clearingPrice  at which it would clear, 1e-9 units, or {@code NO_PRICE}
     */
    default void onAuction(
            final long instrument, final long exchangeTime, final int paired, final int imbalance, final int imbalanceSide,
            final long referencePrice, final long clearingPrice) {
        // What looks at continuous trading alone.
    }

    /**
     * A trade. It never changes a book: the exchange sends the book update itself.
     *
     * @param instrument     the venue's key
     * @param reportSequence see {@link MarketDataListener}
     * @param exchangeTime   ns since the Unix epoch
     * @param price          1e-9 units
     * @param quantity       contracts or shares
     * @param aggressor      {@code BID} when a buyer took, {@code ASK} when a seller took, -1 when not stated
     */
    void onTrade(long instrument, long reportSequence, long exchangeTime, long price, int quantity, int aggressor);

    /**
     * One of the orders that the trade just told of filled, where single orders are followed (CME). Those of one trade
     * follow it: who took, where {@link #onTrade} says that someone did, then those who rested, in the order of their
     * fills.
     *
     * @param instrument the venue's key
     * @param order      the venue's number of the order
     * @param quantity   of its fill
     * @param took       whether it is the one that took
     */
    default void onTradeOrder(final long instrument, final long order, final int quantity, final boolean took) {
        // What looks at whole trades.
    }

    /**
     * An earlier trade was broken: it is as if it had never been. Books are not changed by it.
     *
     * @param instrument   the venue's key
     * @param trade        the venue's number of the trade
     * @param exchangeTime of the break, ns since the Unix epoch
     */
    default void onTradeBreak(final long instrument, final long trade, final long exchangeTime) {
        // What adds no trades up.
    }

    /**
     * A statistic of the session has a new value. Its place in the report sequence was told of by {@link
     * MarketDataListener#onOtherUpdate}.
     *
     * @param instrument   the venue's key
     * @param kind         which
     * @param price        1e-9 units; {@code NO_PRICE} when it is a quantity, or no value holds any more
     * @param quantity     contracts; {@code NO_QUANTITY} when it is a price, or no value holds any more
     * @param exchangeTime ns since the Unix epoch
     */
    default void onStatistic(
            final long instrument, final Statistic kind, final long price, final long quantity, final long exchangeTime) {
        // What looks at books and trades.
    }
}
