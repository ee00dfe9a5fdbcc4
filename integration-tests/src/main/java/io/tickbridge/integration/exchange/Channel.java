package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One CME channel: several instruments' order flows, reported as packets with one sequence. Deterministic: the seed,
 * and the times it is given, decide every byte.
 */
final class Channel {
    private static final int NUMBER = 310;
    private static final double IMPLIED_SHARE = 0.05;
    private static final double STATISTICS_SHARE = 0.02;
    private static final int LIMIT_TICKS = 400;
    /** Bytes of a level and of an order in a book message, and of what stands before them. */
    private static final int LEVEL_BYTES = 32;
    private static final int ORDER_BYTES = 24;
    private static final int DEEP_ORDER_BYTES = 40;
    private static final int TRADE_BYTES = 32;
    private static final int TRADE_ORDER_BYTES = 16;
    private static final int HEADER_BYTES = 40;

    private final List<OrderFlow> flows;
    private final List<Product> products;
    private final RandomGenerator random;
    private final PacketOutput output;
    private final Mdp3Packet packet = new Mdp3Packet();
    private final Entries entries = new Entries();
    private long sequence;
    private int tradeId;
    private long orderId;
    private long changed;

    /** Takes finished packets. */
    @FunctionalInterface
    interface PacketOutput {
        /** One packet, valid until this returns. */
        void send(long sequence, ByteBuffer packet);
    }

    /** What the exchange knows of an instrument besides its book. */
    static final class Product {
        private int status = TradingStatus.UNKNOWN;
        private long reportSequence;
        private int volume;
        private long open;
        private long high;
        private long low;
        private long lastTime;

        int status() {
            return status;
        }

        long reportSequence() {
            return reportSequence;
        }

        int volume() {
            return volume;
        }

        /** Opening price, 0 before there is one. */
        long open() {
            return open;
        }

        /** Time of the last event. */
        long lastTime() {
            return lastTime;
        }

        private void newDay() {
            volume = 0;
            open = 0;
            high = 0;
            low = 0;
        }
    }

    Channel(final List<Instrument> instruments, final RandomGenerator random, final PacketOutput output) {
        this.flows = instruments.stream()
                .map(instrument -> new OrderFlow(instrument, random, () -> ++orderId)).toList();
        this.products = instruments.stream().map(instrument -> new Product()).toList();
        this.random = random;
        this.output = output;
    }

    /** Announces trading and sends the opening books, one packet after another; each event takes a nanosecond. */
    void open(final long from) {
        long time = from;
        for (int i = 0; i < flows.size(); i++) {
            status(i, time++, TradingStatus.READY_TO_TRADE);
            openBook(i, time++);
        }
    }

    /** Sends one instrument's book as it stands at the opening, from nothing. */
    void openBook(final int index, final long time) {
        entries.clear();
        flows.get(index).open(entries);
        packet.start();
        bookToTheEnd(index, time);
    }

    /** One event of the matching engine: one packet, or more when a sweep moves many levels. */
    void event(final long time) {
        event(random.nextInt(flows.size()), time);
    }

    private void event(final int index, final long time) {
        final OrderFlow flow = flows.get(index);
        final double kind = random.nextDouble();
        packet.start();
        entries.clear();
        if (kind < STATISTICS_SHARE) {
            dailyStatistics(index, time);
        } else if (kind < STATISTICS_SHARE + IMPLIED_SHARE && flow.instrument().impliedDepth() > 0) {
            entries.implied(true);
            flow.nextImplied(entries);
            bookToTheEnd(index, time);
        } else {
            flow.next(entries);
            trades(index, time);
            bookToTheEnd(index, time);
        }
    }

    void heartbeat(final long time) {
        packet.start();
        packet.heartbeat();
        send(time);
    }

    /** Halts an instrument, or lets it trade again. While halted, orders come and go, but none is matched. */
    void halt(final int index, final long time, final boolean halted) {
        flows.get(index).halt(halted);
        status(index, time, halted ? TradingStatus.HALT : TradingStatus.READY_TO_TRADE);
    }

    /** Halts all instruments of a group with one message, or lets them trade again. */
    void haltGroup(final String group, final long time, final boolean halted) {
        for (int i = 0; i < flows.size(); i++) {
            if (flows.get(i).instrument().group().equals(group)) {
                flows.get(i).halt(halted);
            }
        }
        groupStatus(group, time, halted ? TradingStatus.HALT : TradingStatus.READY_TO_TRADE);
    }

    /** From now on orders of the group are collected for its opening auction. */
    void preOpen(final String group, final long time) {
        for (int i = 0; i < flows.size(); i++) {
            if (flows.get(i).instrument().group().equals(group)) {
                flows.get(i).collect();
            }
        }
        groupStatus(group, time, TradingStatus.PRE_OPEN);
    }

    /** The opening auction of one instrument; its group still has to be opened. */
    void auction(final int index, final long time) {
        packet.start();
        entries.clear();
        flows.get(index).uncross(entries);
        trades(index, time);
        bookToTheEnd(index, time);
    }

    /** The auction is over. */
    void openGroup(final String group, final long time) {
        groupStatus(group, time, TradingStatus.READY_TO_TRADE);
    }

    /** Trading in the group is over for the week. */
    void close(final String group, final long time) {
        groupStatus(group, time, TradingStatus.CLOSE);
    }

    /** The matching engine's place was taken by another: all books are empty, and are reported from nothing. */
    void reset(final long time, final boolean countAnew) {
        clear(countAnew);
        packet.start();
        packet.channelReset(time, NUMBER);
        send(time);
    }

    /** A new week: packets and updates count from 1, books are empty. */
    void restart(final long time, final boolean announced) {
        clear(true);
        products.forEach(Product::newDay);
        sequence = 0;
        packet.start();
        if (announced) {
            packet.channelReset(time, NUMBER);
        } else {
            packet.heartbeat();
        }
        send(time);
    }

    private void clear(final boolean countAnew) {
        flows.forEach(OrderFlow::clear);
        if (countAnew) {
            products.forEach(product -> product.reportSequence = 0);
        }
        changed = -1;
    }

    /** The book as it is, whatever was sent of it. */
    TrueBook book(final int index) {
        return flows.get(index).book();
    }

    TrueBook impliedBook(final int index) {
        return flows.get(index).impliedBook();
    }

    Product product(final int index) {
        return products.get(index);
    }

    Instrument instrument(final int index) {
        return flows.get(index).instrument();
    }

    int instruments() {
        return flows.size();
    }

    /** Number of the packet sent last. */
    long sequence() {
        return sequence;
    }

    /** A bit for each instrument whose book or status changed since this was asked last. */
    long takeChanged() {
        final long taken = changed;
        changed = 0;
        return taken;
    }

    /** States the trading status of one instrument. */
    void status(final int index, final long time, final int status) {
        changed(index, time).status = status;
        packet.start();
        packet.securityStatus(time, flows.get(index).instrument(), status);
        send(time);
    }

    private void groupStatus(final String group, final long time, final int status) {
        for (int i = 0; i < flows.size(); i++) {
            if (flows.get(i).instrument().group().equals(group)) {
                changed(i, time).status = status;
            }
        }
        packet.start();
        packet.groupStatus(time, group, status);
        send(time);
    }

    private Product changed(final int index, final long time) {
        changed |= 1L << index;
        final Product product = products.get(index);
        product.lastTime = time;
        return product;
    }

    private void trades(final int index, final long time) {
        final OrderFlow flow = flows.get(index);
        if (flow.fills().isEmpty()) {
            return;
        }
        final Product product = changed(index, time);
        final int id = flow.instrument().securityId();
        int from = 0;
        while (from < flow.fills().size()) {
            from = trades(flow, product, time, from);
        }
        packet.volume(time, EventIndicator.LAST_VOLUME, id, ++product.reportSequence, product.volume);
        for (final OrderFlow.Fill fill : flow.fills()) {
            extremes(product, id, time, fill.price());
        }
    }

    /** Writes trades from one on, as many as a packet takes, and their orders. */
    private int trades(final OrderFlow flow, final Product product, final long time, final int from) {
        int to = from;
        int size = HEADER_BYTES;
        while (to < flow.fills().size() && (to == from || packet.hasRoom(size + bytes(flow.fills().get(to))))) {
            size += bytes(flow.fills().get(to++));
        }
        room(size, time);
        packet.startTrades(time, to == flow.fills().size() ? EventIndicator.LAST_TRADE : 0);
        for (final OrderFlow.Fill fill : flow.fills().subList(from, to)) {
            final int aggressor = fill.aggressor() == OrderFlow.Fill.NO_AGGRESSOR ? 0 : flow.lastBuyer() ? 1 : 2;
            packet.tradeEntry(flow.instrument().securityId(), ++product.reportSequence, fill.price(), fill.quantity(),
                    fill.orders(), aggressor, ++tradeId);
            product.volume += fill.quantity();
        }
        packet.startOrdersOfTrades();
        for (final OrderFlow.Fill fill : flow.fills().subList(from, to)) {
            if (fill.aggressor() != OrderFlow.Fill.NO_AGGRESSOR) {
                packet.orderOfTrade(fill.aggressor(), fill.quantity());
            }
            fill.resting().forEach(order -> packet.orderOfTrade(order.id(), order.quantity()));
        }
        packet.end();
        return to;
    }

    private static int bytes(final OrderFlow.Fill fill) {
        return TRADE_BYTES + TRADE_ORDER_BYTES * (1 + fill.resting().size());
    }

    private void extremes(final Product product, final int id, final long time, final long price) {
        if (product.open == 0) {
            product.open = price;
            product.high = price;
            product.low = price;
            statistic(product, id, time, '4', price);
        }
        if (price > product.high) {
            product.high = price;
            statistic(product, id, time, '7', price);
        }
        if (price < product.low) {
            product.low = price;
            statistic(product, id, time, '8', price);
        }
    }

    private void statistic(final Product product, final int id, final long time, final char type, final long price) {
        room(HEADER_BYTES + LEVEL_BYTES, time);
        packet.sessionStatistic(
                time, EventIndicator.LAST_STATISTICS, id, ++product.reportSequence, type, price, false);
    }

    /** An event of its own that is not about the book: open interest, or price limits. */
    private void dailyStatistics(final int index, final long time) {
        final Product product = changed(index, time);
        final Instrument instrument = flows.get(index).instrument();
        final int last = EventIndicator.LAST_STATISTICS | EventIndicator.END_OF_EVENT;
        if (random.nextBoolean()) {
            packet.openInterest(time, last, instrument.securityId(), ++product.reportSequence, random.nextInt(1 << 20));
        } else {
            packet.limits(time, last, instrument.securityId(), ++product.reportSequence,
                    instrument.start() - LIMIT_TICKS * instrument.tick(), instrument.start() + LIMIT_TICKS * instrument.tick());
        }
        send(time);
    }

    /** Sends what is begun when it has no room for so much more. */
    private void room(final int size, final long time) {
        if (!packet.isEmpty() && !packet.hasRoom(size)) {
            send(time);
            packet.start();
        }
    }

    /** Writes all instructions, into the packet begun and as many more as it takes, and sends them. */
    private void bookToTheEnd(final int index, final long time) {
        final Product product = changed(index, time);
        final boolean deep = !entries.deepOrders().isEmpty();
        int from = 0;
        do {
            from = levels(index, product, time, from, deep);
        } while (from < entries.levels().size());
        int order = 0;
        while (order < entries.deepOrders().size()) {
            order = orders(index, time, order);
        }
        send(time);
    }

    /** Writes levels from one on, as many as a packet takes, with their orders; the last of them ends the event. */
    private int levels(
            final int index, final Product product, final long time, final int from, final boolean more) {
        final List<Entries.Entry> levels = entries.levels();
        if (levels.isEmpty() && more) {
            return 0;
        }
        room(HEADER_BYTES + (levels.isEmpty() ? 0 : bytes(levels.get(from))), time);
        int to = from;
        int size = HEADER_BYTES;
        while (to < levels.size() && (to == from || packet.hasRoom(size + bytes(levels.get(to))))) {
            size += bytes(levels.get(to++));
        }
        final boolean implied = !levels.isEmpty() && levels.get(from).type() > '1';
        packet.startBook(time, to < levels.size() || more ? 0 : EventIndicator.END_OF_EVENT
                | (implied ? EventIndicator.LAST_IMPLIED : EventIndicator.LAST_QUOTE));
        final int id = flows.get(index).instrument().securityId();
        for (final Entries.Entry entry : levels.subList(from, to)) {
            packet.bookEntry(id, ++product.reportSequence, entry.action(), entry.type(), entry.position() + 1,
                    entry.price(), entry.quantity(), implied ? 0 : entry.orders());
        }
        packet.startOrdersOfLevels();
        for (int i = from; i < to; i++) {
            for (final Entries.OrderEntry order : levels.get(i).orderEntries()) {
                packet.orderOfLevel(order, i - from + 1);
            }
        }
        packet.end();
        return to;
    }

    private static int bytes(final Entries.Entry entry) {
        return LEVEL_BYTES + ORDER_BYTES * entry.orderEntries().size();
    }

    /** Writes orders below the reported levels, from one on, as many as a packet takes; the last ends the event. */
    private int orders(final int index, final long time, final int from) {
        final List<Entries.OrderEntry> orders = entries.deepOrders();
        room(HEADER_BYTES + DEEP_ORDER_BYTES, time);
        int to = from;
        int size = HEADER_BYTES;
        while (to < orders.size() && packet.hasRoom(size + DEEP_ORDER_BYTES)) {
            size += DEEP_ORDER_BYTES;
            to++;
        }
        packet.startOrders(time, to < orders.size() ? 0 : EventIndicator.LAST_QUOTE | EventIndicator.END_OF_EVENT);
        for (final Entries.OrderEntry order : orders.subList(from, to)) {
            packet.order(flows.get(index).instrument().securityId(), order);
        }
        packet.end();
        return to;
    }

    private void send(final long time) {
        sequence++;
        output.send(sequence, packet.finish(sequence, time));
    }
}
