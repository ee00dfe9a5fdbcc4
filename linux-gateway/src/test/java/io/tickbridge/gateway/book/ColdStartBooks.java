package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.MarketDataListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Books as the C yardstick {@code mdp3_walk} keeps them, in plain lists: each side begins empty, and an update that
 * refers to more than one position past its end is ignored. With ten positions for every side, its digest of all books
 * is the yardstick's.
 */
final class ColdStartBooks implements MarketDataListener {
    private static final long FNV_OFFSET = 1_469_598_103_934_665_603L;
    private static final long FNV_PRIME = 1_099_511_628_211L;
    private static final long NANO_PER_MANTISSA = 100;

    private final Map<Long, List<List<Level>>> books = new TreeMap<>();
    private final int baseDepth;
    private final int impliedDepth;

    ColdStartBooks(final int baseDepth, final int impliedDepth) {
        this.baseDepth = baseDepth;
        this.impliedDepth = impliedDepth;
    }

    Map<Long, List<List<Level>>> books() {
        return books;
    }

    long digest() {
        return books.entrySet().stream().mapToLong(book -> digest(book.getKey(), book.getValue())).sum();
    }

    private static long digest(final long instrument, final List<List<Level>> sides) {
        long hash = FNV_OFFSET ^ instrument & 0xffff_ffffL;
        for (int side = 0; side < SIDES; side++) {
            for (int position = 0; position < sides.get(side).size(); position++) {
                final Level level = sides.get(side).get(position);
                hash = (hash ^ level.price() / NANO_PER_MANTISSA) * FNV_PRIME;
                hash = (hash ^ level.quantity() & 0xffff_ffffL) * FNV_PRIME;
                hash = (hash ^ side * 16L + position) * FNV_PRIME;
            }
        }
        return hash;
    }

    @Override
    public void onLevel(final long instrument, final long reportSequence, final int side, final int action,
            final int position, final long price, final int quantity, final int orders) {
        final List<Level> levels = books.computeIfAbsent(instrument, key ->
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>())).get(side);
        final Level level = new Level(price, quantity, orders);
        switch (action) {
            case ACTION_NEW -> {
                if (position <= levels.size()) {
                    levels.add(position, level);
                    final int depth = side == BID || side == ASK ? baseDepth : impliedDepth;
                    if (levels.size() > depth) {
                        levels.remove(depth);
                    }
                }
            }
            case ACTION_CHANGE -> {
                if (position < levels.size()) {
                    levels.set(position, level);
                } else if (position == levels.size()) {
                    levels.add(level);
                }
            }
            case ACTION_DELETE -> {
                if (position < levels.size()) {
                    levels.remove(position);
                }
            }
            default -> throw new AssertionError("not in the capture: action " + action);
        }
    }

    @Override
    public void onPriceLevel(final long instrument, final int side, final long price, final int quantity) {
        throw new AssertionError("not in the capture");
    }

    @Override
    public void onQuote(final long instrument, final long bidPrice, final int bidQuantity, final long askPrice,
            final int askQuantity) {
        throw new AssertionError("not in the capture");
    }

    @Override
    public void onTrade(final long instrument, final long reportSequence, final long exchangeTime, final long price,
            final int quantity, final int aggressor) {
    }

    @Override
    public void onOtherUpdate(final long instrument, final long reportSequence) {
    }

    @Override
    public void onTradingStatus(final long instrument, final int status) {
    }

    @Override
    public void onGroupTradingStatus(final long group, final int status) {
    }

    @Override
    public void onBookReset(final long instrument) {
        throw new AssertionError("not in the capture");
    }

    @Override
    public void onFeedReset() {
        throw new AssertionError("not in the capture");
    }

    @Override
    public void onSequenceGap(final long fromSequence, final long toSequence) {
        throw new AssertionError("not in the capture");
    }

    @Override
    public void onSequenceRestart() {
        throw new AssertionError("not in the capture");
    }

    @Override
    public void onEventEnd(final long exchangeTime) {
    }
}
