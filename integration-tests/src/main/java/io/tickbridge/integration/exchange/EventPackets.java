package io.tickbridge.integration.exchange;

import java.util.List;
import java.util.random.RandomGenerator;

/** Writes what happens on a channel as packets with one sequence, as many as an event takes. */
final class EventPackets {
    private static final int LIMIT_TICKS = 400;
    /** Bytes of a level and of an order in a book message, and of what stands before them. */
    private static final int LEVEL_BYTES = 32;
    private static final int ORDER_BYTES = 24;
    private static final int DEEP_ORDER_BYTES = 40;
    private static final int TRADE_BYTES = 32;
    private static final int TRADE_ORDER_BYTES = 16;
    private static final int HEADER_BYTES = 40;

    private final Mdp3Packet packet = new Mdp3Packet();
    private final Channel.PacketOutput output;
    private long sequence;
    private int tradeId;

    EventPackets(final Channel.PacketOutput output) {
        this.output = output;
    }

    /** Number of the packet sent last. */
    long sequence() {
        return sequence;
    }

    /** Packets count from 1 from now on. */
    void restart() {
        sequence = 0;
    }

    /** An event begins; {@link #trades} and {@link #book} say what it is. */
    void start() {
        packet.start();
    }

    void heartbeat(final long time) {
        packet.start();
        packet.heartbeat();
        send(time);
    }

    void channelReset(final long time, final int channel) {
        packet.start();
        packet.channelReset(time, channel);
        send(time);
    }

    /** States the trading status of one instrument. */
    void status(final Instrument instrument, final long time, final int status) {
        packet.start();
        packet.securityStatus(time, instrument, status);
        send(time);
    }

    /** States something of all instruments of a group: a status, or an event such as the roll of the trade date. */
    void groupStatus(final String group, final long time, final int status, final int haltReason, final int event) {
        packet.start();
        packet.groupStatus(time, group, status, haltReason, event);
        send(time);
    }

    /** Writes an event's trades, with the volume and the statistics that follow from them; nothing when there are none. */
    void trades(final OrderFlow flow, final Product product, final long time) {
        if (flow.fills().isEmpty()) {
            return;
        }
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
    void dailyStatistics(
            final Instrument instrument, final Product product, final long time, final RandomGenerator random) {
        packet.start();
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
    void book(final Instrument instrument, final Product product, final Entries entries, final long time) {
        int from = 0;
        do {
            from = levels(instrument, product, entries, time, from);
        } while (from < entries.levels().size());
        int order = 0;
        while (order < entries.deepOrders().size()) {
            order = orders(instrument, entries.deepOrders(), time, order);
        }
        send(time);
    }

    /** Writes levels from one on, as many as a packet takes, with their orders; the last of them ends the event. */
    private int levels(
            final Instrument instrument, final Product product, final Entries entries, final long time, final int from) {
        final List<Entries.Entry> levels = entries.levels();
        final boolean more = !entries.deepOrders().isEmpty();
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
        final int id = instrument.securityId();
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
    private int orders(
            final Instrument instrument, final List<Entries.OrderEntry> orders, final long time, final int from) {
        room(HEADER_BYTES + DEEP_ORDER_BYTES, time);
        int to = from;
        int size = HEADER_BYTES;
        while (to < orders.size() && packet.hasRoom(size + DEEP_ORDER_BYTES)) {
            size += DEEP_ORDER_BYTES;
            to++;
        }
        packet.startOrders(time, to < orders.size() ? 0 : EventIndicator.LAST_QUOTE | EventIndicator.END_OF_EVENT);
        for (final Entries.OrderEntry order : orders.subList(from, to)) {
            packet.order(instrument.securityId(), order);
        }
        packet.end();
        return to;
    }

    private void send(final long time) {
        sequence++;
        output.send(sequence, packet.finish(sequence, time));
    }
}
