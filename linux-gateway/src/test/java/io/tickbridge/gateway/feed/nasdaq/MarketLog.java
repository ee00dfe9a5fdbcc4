package io.tickbridge.gateway.feed.nasdaq;

import io.tickbridge.gateway.feed.MarketDataListener;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a feed says, a line each. */
final class MarketLog implements MarketDataListener {
    private final List<String> lines = new ArrayList<>();

    /** What was said since this was last asked. */
    List<String> take() {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void onPacketStart(final long receiveTime, final boolean late) {
        if (late) {
            lines.add("late");
        }
    }

    @Override
    public void onInstrument(final long instrument) {
        lines.add("instrument " + name(instrument));
    }

    @Override
    public void onOrderAdded(final long instrument, final long order, final int side, final long price,
            final int quantity, final int attribution) {
        final String owner = attribution == 0 ? "" : " of " + new String(
                ByteBuffer.allocate(4).putInt(attribution).array(), StandardCharsets.US_ASCII);
        lines.add("add " + name(instrument) + " " + order + (side == BID ? " buy " : " sell ") + quantity + " at " + price
                + owner);
    }

    @Override
    public void onOrderExecuted(final long instrument, final long order, final int quantity, final long price,
            final boolean isTrade, final long exchangeTime) {
        lines.add("execute " + name(instrument) + " " + order + " by " + quantity
                + (price == NO_PRICE ? "" : " at " + price) + (isTrade ? "" : " silently") + " time " + exchangeTime);
    }

    @Override
    public void onOrderReduced(final long instrument, final long order, final int quantity) {
        lines.add("reduce " + name(instrument) + " " + order + " by " + quantity);
    }

    @Override
    public void onTradeBreak(final long instrument, final long trade, final long exchangeTime) {
        lines.add("break " + name(instrument) + " " + trade + " time " + exchangeTime);
    }

    @Override
    public void onRebuildStart() {
        lines.add("rebuild");
    }

    @Override
    public void onRebuildEnd(final long exchangeTime) {
        lines.add("rebuilt " + exchangeTime);
    }

    @Override
    public void onOrderDeleted(final long instrument, final long order) {
        lines.add("delete " + name(instrument) + " " + order);
    }

    @Override
    public void onOrderReplaced(final long instrument, final long order, final long newOrder, final long price,
            final int quantity) {
        lines.add("replace " + name(instrument) + " " + order + " with " + newOrder + " " + quantity + " at " + price);
    }

    @Override
    public void onTrade(final long instrument, final long reportSequence, final long exchangeTime, final long price,
            final int quantity, final int aggressor) {
        lines.add("trade " + name(instrument) + " " + quantity + " at " + price + " by " + aggressor);
    }

    @Override
    public void onTradingStatus(final long instrument, final int status) {
        lines.add(name(instrument) + (status == STATUS_TRADING ? " trades" : " does not trade"));
    }

    @Override
    public void onGroupTradingStatus(final long group, final int status) {
        lines.add("system " + (status == STATUS_TRADING ? "open" : "closed"));
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
    public void onLevel(final long instrument, final long reportSequence, final int side, final int action,
            final int position, final long price, final int quantity, final int orders) {
        throw new AssertionError("Nasdaq states no levels");
    }

    @Override
    public void onPriceLevel(final long instrument, final int side, final long price, final int quantity) {
        throw new AssertionError("Nasdaq states no levels");
    }

    @Override
    public void onQuote(final long instrument, final long bidPrice, final int bidQuantity, final long askPrice,
            final int askQuantity) {
        throw new AssertionError("Nasdaq states no quotes");
    }

    @Override
    public void onOtherUpdate(final long instrument, final long reportSequence) {
        throw new AssertionError("Nasdaq has no report sequence");
    }

    @Override
    public void onBookReset(final long instrument) {
        throw new AssertionError("Nasdaq resets no single book");
    }

    private static String name(final long instrument) {
        return new String(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(instrument).array(),
                StandardCharsets.US_ASCII).strip();
    }
}
