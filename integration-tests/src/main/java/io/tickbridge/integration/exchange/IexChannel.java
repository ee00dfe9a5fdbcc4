package io.tickbridge.integration.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * IEX as one of its feeds shows it: several stocks' order flows, told as quotes, price levels or orders, with trades,
 * statuses, auctions and retail interest. Deterministic: the seed, and the times it is given, decide every byte.
 */
final class IexChannel {
    private static final double ASIDE_SHARE = 0.06;
    private static final int LOT = 100;

    private final IexKind kind;
    private final List<OrderFlow> flows;
    private final RandomGenerator random;
    private final IexSession.Output output;
    private final IexOrders orders = new IexOrders();
    private final boolean[] trading;
    private LaterVersion later = LaterVersion.NONE;
    private IexSession session;
    private long lastTrade;

    IexChannel(
            final IexKind kind, final List<Instrument> stocks, final RandomGenerator random, final IexSession.Output output) {
        final long[] ids = new long[1];
        this.kind = kind;
        this.flows = stocks.stream().map(stock -> new OrderFlow(stock, random, () -> ++ids[0])).toList();
        this.random = random;
        this.output = output;
        this.trading = new boolean[stocks.size()];
    }

    /** From the next day on it speaks so. */
    void speak(final LaterVersion version) {
        later = version;
    }

    /** A day begins: messages count from 1, books are empty. Its number may be the last one's: IEX tests do that. */
    void start(final int number, final long time) {
        session = new IexSession(kind.protocol(), number, output, later);
        orders.clear();
        session.add(IexMessage.systemEvent(time, 'O'));
        session.add(IexMessage.systemEvent(time, 'S'));
        for (int i = 0; i < flows.size(); i++) {
            flows.get(i).clear();
            trading[i] = true;
            final String symbol = symbol(i);
            session.add(IexMessage.directory(time, symbol, flows.get(i).instrument().start()));
            session.add(IexMessage.tradingStatus(time, symbol, 'T'));
            session.add(IexMessage.shortSaleTest(time, symbol, random.nextInt(5) == 0));
            session.add(IexMessage.operationalHalt(time, symbol, false));
        }
        session.add(IexMessage.systemEvent(time, 'R'));
        session.flush(time);
    }

    /** A stock's first orders. */
    void open(final int index, final long time) {
        change(index, time, flows.get(index)::open);
    }

    /** One event of the matching engine, of a stock by seed. */
    void event(final long time) {
        final int index = random.nextInt(flows.size());
        if (random.nextDouble() < ASIDE_SHARE) {
            aside(index, time);
        } else {
            change(index, time, flows.get(index)::next);
        }
    }

    /** Halts a stock, or lets it trade again, by IEX's own halt or by that of its listing market. */
    void halt(final int index, final long time, final boolean halted, final boolean operational) {
        flows.get(index).halt(halted);
        trading[index] = !halted;
        session.add(operational ? IexMessage.operationalHalt(time, symbol(index), halted)
                : IexMessage.tradingStatus(time, symbol(index), halted ? 'H' : 'T'));
        quote(index, time);
        session.flush(time);
    }

    /** Orders of a stock are collected for an auction from now on. */
    void collect(final int index, final long time, final boolean opening) {
        flows.get(index).collect();
        trading[index] = false;
        session.add(IexMessage.tradingStatus(time, symbol(index), 'O'));
        auctionInformation(index, time, opening);
        quote(index, time);
        session.flush(time);
    }

    /** The auction of a stock whose orders were collected: what crosses trades at one price, which is its official one. */
    void auction(final int index, final long time, final boolean opening) {
        auctionInformation(index, time, opening);
        final OrderFlow flow = flows.get(index);
        write(index, time, flow::uncross);
        if (kind != IexKind.DEEP_PLUS && !flow.fills().isEmpty()) {
            session.add(IexMessage.officialPrice(time, symbol(index), opening ? 'Q' : 'M', flow.fills().get(0).price()));
        }
        if (kind != IexKind.TOPS) {
            session.add(IexMessage.securityEvent(time, symbol(index), opening ? 'O' : 'C'));
        }
        session.flush(time);
    }

    /** A stock trades after its auction. */
    void resume(final int index, final long time) {
        trading[index] = true;
        session.add(IexMessage.tradingStatus(time, symbol(index), 'T'));
        quote(index, time);
        session.flush(time);
    }

    /** A stock's book is emptied, and its statuses are said again; DEEP+ alone has a message for it. */
    void clear(final int index, final long time) {
        final OrderFlow flow = flows.get(index);
        flow.book().side(true).values().forEach(level -> level.queue().forEach(order -> orders.forget(order.id())));
        flow.book().side(false).values().forEach(level -> level.queue().forEach(order -> orders.forget(order.id())));
        flow.clear();
        trading[index] = true;
        session.add(IexMessage.clear(time, symbol(index)));
        session.add(IexMessage.tradingStatus(time, symbol(index), 'T'));
        session.add(IexMessage.operationalHalt(time, symbol(index), false));
        session.flush(time);
    }

    void heartbeat(final long time) {
        session.heartbeat(time);
    }

    TrueBook book(final int index) {
        return flows.get(index).book();
    }

    boolean trades(final int index) {
        return trading[index];
    }

    int stocks() {
        return flows.size();
    }

    IexSession session() {
        return session;
    }

    private String symbol(final int index) {
        return flows.get(index).instrument().symbol();
    }

    /** What changes no book: retail interest, short sale tests, broken trades, trades against what is not displayed. */
    private void aside(final int index, final long time) {
        final long price = flows.get(index).instrument().start();
        switch (random.nextInt(4)) {
            case 0 -> session.add(IexMessage.retail(time, symbol(index), " ABC".charAt(random.nextInt(4))));
            case 1 -> session.add(IexMessage.shortSaleTest(time, symbol(index), random.nextBoolean()));
            case 2 -> session.add(IexMessage.tradeBreak(time, symbol(index), LOT, price, 1 + random.nextLong(lastTrade + 1)));
            default -> session.add(IexMessage.trade(time, symbol(index), LOT, price, ++lastTrade));
        }
        session.flush(time);
    }

    private void auctionInformation(final int index, final long time, final boolean opening) {
        if (kind != IexKind.DEEP_PLUS) {
            session.add(IexMessage.auction(time, symbol(index), opening ? 'O' : 'C', random.nextInt(1_000),
                    flows.get(index).instrument().start(), random.nextInt(500), "BSN".charAt(random.nextInt(3))));
        }
    }

    private interface Action {
        void run(TrueBook.Instructions out);
    }

    private void change(final int index, final long time, final Action action) {
        write(index, time, action);
        session.flush(time);
    }

    private void write(final int index, final long time, final Action action) {
        final OrderFlow flow = flows.get(index);
        final Map<Long, Integer> bids = sizes(flow, true);
        final Map<Long, Integer> asks = sizes(flow, false);
        orders.begin();
        flow.fills().clear();
        action.run(orders);
        if (kind == IexKind.DEEP_PLUS) {
            lastTrade = orders.write(session, time, symbol(index), flow.fills(), lastTrade);
            return;
        }
        for (final OrderFlow.Fill fill : flow.fills()) {
            session.add(IexMessage.trade(time, symbol(index), fill.quantity(), fill.price(), ++lastTrade));
        }
        if (kind == IexKind.TOPS) {
            if (isNewTop(flow, true, bids) || isNewTop(flow, false, asks)) {
                quote(index, time);
            }
        } else {
            levels(index, time, bids, asks);
        }
    }

    private void quote(final int index, final long time) {
        if (kind == IexKind.TOPS) {
            final var bid = book(index).side(true).firstEntry();
            final var ask = book(index).side(false).firstEntry();
            session.add(IexMessage.quote(time, symbol(index), trading[index], bid == null ? 0 : bid.getKey(),
                    bid == null ? 0 : bid.getValue().quantity(), ask == null ? 0 : ask.getKey(),
                    ask == null ? 0 : ask.getValue().quantity()));
        }
    }

    private void levels(final int index, final long time, final Map<Long, Integer> bids, final Map<Long, Integer> asks) {
        final Map<Long, Integer> newBids = changes(bids, sizes(flows.get(index), true));
        final Map<Long, Integer> newAsks = changes(asks, sizes(flows.get(index), false));
        int left = newBids.size() + newAsks.size();
        for (final Map.Entry<Long, Integer> level : newBids.entrySet()) {
            session.add(IexMessage.level(time, symbol(index), true, --left == 0, level.getKey(), level.getValue()));
        }
        for (final Map.Entry<Long, Integer> level : newAsks.entrySet()) {
            session.add(IexMessage.level(time, symbol(index), false, --left == 0, level.getKey(), level.getValue()));
        }
    }

    private static Map<Long, Integer> sizes(final OrderFlow flow, final boolean bid) {
        final Map<Long, Integer> sizes = new HashMap<>();
        flow.book().side(bid).forEach((price, level) -> sizes.put(price, level.quantity()));
        return sizes;
    }

    private static boolean isNewTop(final OrderFlow flow, final boolean bid, final Map<Long, Integer> before) {
        final var best = flow.book().side(bid).firstEntry();
        final Long old = before.keySet().stream().reduce((a, b) -> bid ? Math.max(a, b) : Math.min(a, b)).orElse(null);
        return best == null ? old != null
                : !best.getKey().equals(old) || best.getValue().quantity() != before.get(old);
    }

    /** New sizes of prices that changed, 0 for those that are gone. */
    private static Map<Long, Integer> changes(final Map<Long, Integer> before, final Map<Long, Integer> after) {
        final Map<Long, Integer> changes = new TreeMap<>();
        before.keySet().stream().filter(price -> !after.containsKey(price)).forEach(price -> changes.put(price, 0));
        after.forEach((price, size) -> {
            if (!size.equals(before.get(price))) {
                changes.put(price, size);
            }
        });
        return changes;
    }
}
