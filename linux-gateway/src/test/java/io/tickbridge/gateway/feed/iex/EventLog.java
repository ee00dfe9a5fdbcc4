package io.tickbridge.gateway.feed.iex;

import io.tickbridge.gateway.feed.MarketDataListener;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a feed says, a line each. */
final class EventLog implements MarketDataListener {
    private final List<String> lines = new ArrayList<>();

    /** What was said since this was last asked. */
    List<String> take() {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void onPriceLevel(final long instrument, final int side, final long price, final int quantity) {
        lines.add("level " + IexSymbol.text(instrument) + (side == BID ? " bid " : " ask ") + price + " x " + quantity);
    }

    @Override
    public void onQuote(
            final long instrument, final long bidPrice, final int bidQuantity,
            final long askPrice, final int askQuantity) {
        lines.add("quote " + IexSymbol.text(instrument) + " " + price(bidPrice) + " x " + bidQuantity
                + " / " + price(askPrice) + " x " + askQuantity);
    }

    @Override
    public void onTrade(
            final long instrument, final long reportSequence, final long exchangeTime,
            final long price, final int quantity, final int aggressor) {
        lines.add("trade " + IexSymbol.text(instrument) + " " + price + " x " + quantity + " at " + exchangeTime
                + (aggressor == -1 && reportSequence == NO_REPORT_SEQUENCE ? "" : " with more than IEX states"));
    }

    @Override
    public void onTradingStatus(final long instrument, final int status) {
        lines.add(IexSymbol.text(instrument) + (status == STATUS_TRADING ? " trades" : " does not trade"));
    }

    @Override
    public void onTradeBreak(final long instrument, final long trade, final long exchangeTime) {
        lines.add("break " + IexSymbol.text(instrument) + " " + trade + " at " + exchangeTime);
    }

    @Override
    public void onRetailInterest(final long instrument, final boolean buy, final boolean sell) {
        lines.add("retail " + IexSymbol.text(instrument) + (buy ? " buy" : "") + (sell ? " sell" : ""));
    }

    @Override
    public void onAuction(
            final long instrument, final long exchangeTime, final int paired, final int imbalance, final int imbalanceSide,
            final long referencePrice, final long clearingPrice) {
        lines.add("auction " + IexSymbol.text(instrument) + " " + paired + " paired, " + imbalance + " on "
                + imbalanceSide + ", " + price(referencePrice) + ", " + price(clearingPrice));
    }

    @Override
    public void onOrderAdded(final long instrument, final long order, final int side, final long price,
            final int quantity, final int attribution) {
        lines.add("add " + IexSymbol.text(instrument) + " " + order + (side == BID ? " bid " : " ask ") + price + " x "
                + quantity);
    }

    @Override
    public void onOrderModified(final long instrument, final long order, final long price, final int quantity,
            final boolean keepsPlace) {
        lines.add("modify " + IexSymbol.text(instrument) + " " + order + " " + price + " x " + quantity
                + (keepsPlace ? " in place" : ""));
    }

    @Override
    public void onOrderExecuted(final long instrument, final long order, final int quantity, final long price,
            final boolean isTrade, final long exchangeTime) {
        lines.add("execute " + IexSymbol.text(instrument) + " " + order + " " + price + " x " + quantity + " at "
                + exchangeTime);
    }

    @Override
    public void onOrderDeleted(final long instrument, final long order) {
        lines.add("delete " + IexSymbol.text(instrument) + " " + order);
    }

    @Override
    public void onFeedReset() {
        lines.add("reset");
    }

    @Override
    public void onSequenceGap(final long fromSequence, final long toSequence) {
        lines.add("gap " + fromSequence + ".." + toSequence);
    }

    @Override
    public void onSequenceRestart() {
        lines.add("restart");
    }

    @Override
    public void onEventEnd(final long exchangeTime) {
        lines.add("end " + exchangeTime);
    }

    @Override
    public void onLevel(
            final long instrument, final long reportSequence, final int side, final int action,
            final int position, final long price, final int quantity, final int orders) {
        throw new AssertionError("IEX has no levels by position");
    }

    @Override
    public void onOtherUpdate(final long instrument, final long reportSequence) {
        throw new AssertionError("IEX has no report sequence");
    }

    @Override
    public void onGroupTradingStatus(final long group, final int status) {
        throw new AssertionError("IEX has no groups");
    }

    @Override
    public void onBookReset(final long instrument) {
        lines.add("clear " + IexSymbol.text(instrument));
    }

    private static String price(final long price) {
        return price == NO_PRICE ? "none" : Long.toString(price);
    }
}
