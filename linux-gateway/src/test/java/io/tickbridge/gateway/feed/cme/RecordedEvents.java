package io.tickbridge.gateway.feed.cme;

import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.feed.MarketDataListener;
import java.util.ArrayList;
import java.util.List;

/** Writes down every call in words. */
class RecordedEvents implements MarketDataListener {
    final List<String> calls = new ArrayList<>();
    final List<InstrumentDefinition> definitions = new ArrayList<>();

    private final boolean orders;
    boolean orderSnapshots = true;

    RecordedEvents() {
        this(false);
    }

    RecordedEvents(final boolean orders) {
        this.orders = orders;
    }

    @Override
    public boolean wantsOrders() {
        return orders;
    }

    @Override
    public void onOrder(
            final long instrument, final long order, final int side, final int action, final long priority,
            final long price, final int quantity) {
        calls.add("order " + order + " of " + instrument + " side " + side + " action " + action + " priority " + priority
                + ": " + price(price) + " x " + quantity);
    }

    @Override
    public boolean wantsOrderSnapshot(final long instrument) {
        return orders && orderSnapshots;
    }

    @Override
    public void onOrderSnapshotStart(final long instrument, final long sequence, final long chunk, final long chunks) {
        calls.add("orders of " + instrument + " up to " + sequence + ", piece " + chunk + " of " + chunks);
    }

    @Override
    public void onSnapshotOrder(
            final long order, final int side, final long priority, final long price, final int quantity) {
        calls.add("snapshot order " + order + " side " + side + " priority " + priority + ": " + price(price) + " x " + quantity);
    }

    @Override
    public void onOrderSnapshotEnd() {
        calls.add("orders end");
    }

    @Override
    public void onDefinition(final InstrumentDefinition definition) {
        definitions.add(definition);
    }

    @Override
    public void onLevel(
            final long instrument, final long reportSequence, final int side, final int action, final int position,
            final long price, final int quantity, final int orders) {
        calls.add("level " + instrument + " #" + reportSequence + " side " + side + " action " + action + " at "
                + position + ": " + price(price) + " x " + quantity + " of " + orders);
    }

    @Override
    public void onPriceLevel(final long instrument, final int side, final long price, final int quantity) {
        throw new AssertionError("CME keeps books by position");
    }

    @Override
    public void onQuote(
            final long instrument, final long bidPrice, final int bidQuantity, final long askPrice,
            final int askQuantity) {
        throw new AssertionError("CME keeps books by position");
    }

    @Override
    public void onTrade(
            final long instrument, final long reportSequence, final long exchangeTime, final long price,
            final int quantity, final int aggressor) {
        calls.add("trade " + instrument + " #" + reportSequence + " at " + exchangeTime + ": " + price(price) + " x "
                + quantity + " by " + aggressor);
    }

    @Override
    public void onOtherUpdate(final long instrument, final long reportSequence) {
        calls.add("other " + instrument + " #" + reportSequence);
    }

    @Override
    public void onTradingStatus(final long instrument, final int status) {
        calls.add("status " + instrument + " " + status);
    }

    @Override
    public void onGroupTradingStatus(final long group, final int status) {
        final StringBuilder name = new StringBuilder();
        for (long rest = group; rest != 0; rest >>>= 8) {
            name.append((char) (rest & 0xFF));
        }
        calls.add("group status " + name + " " + status);
    }

    @Override
    public void onBookReset(final long instrument) {
        calls.add("book reset " + instrument);
    }

    @Override
    public void onFeedReset() {
        calls.add("feed reset");
    }

    @Override
    public void onSequenceGap(final long fromSequence, final long toSequence) {
        calls.add("gap " + fromSequence + ".." + toSequence);
    }

    @Override
    public void onSequenceRestart() {
        calls.add("restart");
    }

    @Override
    public void onEventEnd(final long exchangeTime) {
        calls.add("end " + exchangeTime);
    }

    private static String price(final long price) {
        return price == NO_PRICE ? "none" : Long.toString(price);
    }
}
