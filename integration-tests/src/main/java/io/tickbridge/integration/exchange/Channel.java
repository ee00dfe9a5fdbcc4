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

    private final List<OrderFlow> flows;
    private final List<Product> products;
    private final RandomGenerator random;
    private final EventPackets packets;
    private final Entries entries = new Entries();
    private long orderId;
    private long changed;

    /** Takes finished packets. */
    @FunctionalInterface
    interface PacketOutput {
        /** One packet, valid until this returns. */
        void send(long sequence, ByteBuffer packet);
    }

    Channel(final List<Instrument> instruments, final RandomGenerator random, final PacketOutput output) {
        this.flows = instruments.stream()
                .map(instrument -> new OrderFlow(instrument, random, () -> ++orderId)).toList();
        this.products = instruments.stream().map(instrument -> new Product()).toList();
        this.random = random;
        this.packets = new EventPackets(output);
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
        packets.start();
        book(index, time);
    }

    /** One event of the matching engine: one packet, or more when a sweep moves many levels. */
    void event(final long time) {
        event(random.nextInt(flows.size()), time);
    }

    private void event(final int index, final long time) {
        final OrderFlow flow = flows.get(index);
        final double kind = random.nextDouble();
        packets.start();
        entries.clear();
        if (kind < STATISTICS_SHARE) {
            packets.dailyStatistics(flow.instrument(), changed(index, time), time, random);
        } else if (kind < STATISTICS_SHARE + IMPLIED_SHARE && flow.instrument().impliedDepth() > 0) {
            entries.implied(true);
            flow.nextImplied(entries);
            book(index, time);
        } else {
            flow.next(entries);
            trades(index, time);
            book(index, time);
        }
    }

    void heartbeat(final long time) {
        packets.heartbeat(time);
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
        packets.start();
        entries.clear();
        flows.get(index).uncross(entries);
        trades(index, time);
        book(index, time);
    }

    /** The auction is over. */
    void openGroup(final String group, final long time) {
        groupStatus(group, time, TradingStatus.READY_TO_TRADE);
    }

    /** Trading in the group is over for the week. */
    void close(final String group, final long time) {
        groupStatus(group, time, TradingStatus.CLOSE);
    }

    /**
     * The trade date changes after {@link #close}: statistics begin anew. Packets and updates count on.
     */
    void rollDate(final String group, final long time) {
        for (int i = 0; i < flows.size(); i++) {
            if (flows.get(i).instrument().group().equals(group)) {
                changed(i, time);
                products.get(i).newDay();
            }
        }
        packets.groupStatus(group, time, TradingStatus.NO_CHANGE, TradingStatus.ROLL_OF_TRADE_DATE,
                TradingStatus.RESET_STATISTICS);
    }

    /** Orders of one instrument that were good for the day are gone; its group is closed. */
    void expire(final int index, final long time) {
        packets.start();
        entries.clear();
        flows.get(index).expire(entries);
        book(index, time);
    }

    /**
     * The matching engine's place was taken by another: all books are empty, and are reported from nothing. Updates of each
     * instrument count from 1 ("MDP 3.0 - Channel Reset", step 3), packets count on.
     */
    void reset(final long time) {
        clear();
        packets.channelReset(time, NUMBER);
    }

    /** A new week: packets and updates count from 1, books are empty. */
    void restart(final long time, final boolean announced) {
        clear();
        products.forEach(Product::newDay);
        packets.restart();
        if (announced) {
            packets.channelReset(time, NUMBER);
        } else {
            packets.heartbeat(time);
        }
    }

    private void clear() {
        flows.forEach(OrderFlow::clear);
        products.forEach(product -> product.reportSequence = 0);
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
        return packets.sequence();
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
        packets.status(flows.get(index).instrument(), time, status);
    }

    private void groupStatus(final String group, final long time, final int status) {
        for (int i = 0; i < flows.size(); i++) {
            if (flows.get(i).instrument().group().equals(group)) {
                changed(i, time).status = status;
            }
        }
        packets.groupStatus(group, time, status, 0, 0);
    }

    private Product changed(final int index, final long time) {
        changed |= 1L << index;
        final Product product = products.get(index);
        product.lastTime = time;
        return product;
    }

    private void trades(final int index, final long time) {
        if (!flows.get(index).fills().isEmpty()) {
            packets.trades(flows.get(index), changed(index, time), time);
        }
    }

    private void book(final int index, final long time) {
        packets.book(flows.get(index).instrument(), changed(index, time), entries, time);
    }
}
