package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Nasdaq's TotalView-ITCH 5.0 of several stocks over MoldUDP64, driven by the same order flow as the CME channel: every
 * order by its reference number, executions one by one, replacements under a new number. Deterministic.
 */
final class NasdaqChannel {
    private static final double TRADE_SHARE = 0.01; // against orders that were not displayed

    private final List<OrderFlow> flows;
    private final RandomGenerator random;
    private final Output output;
    private final ItchPacket packet = new ItchPacket();
    private final Changes changes = new Changes();
    /** By the flow's number of an order: what Nasdaq calls it, and what is left of it. */
    private final Map<Long, Reference> references = new HashMap<>();
    private String session = "";
    private long sequence;
    private long lastReference;
    private long lastMatch;

    /** Takes finished packets. */
    @FunctionalInterface
    interface Output {
        /** One packet, valid until this returns; {@code next} is the number of the message after it. */
        void send(long next, ByteBuffer packet);
    }

    private static final class Reference {
        private final long number;
        private int quantity;

        private Reference(final long number, final int quantity) {
            this.number = number;
            this.quantity = quantity;
        }
    }

    /** What happened to an order of the flow, as it was then. */
    private record Change(int action, boolean bid, long id, long price, int quantity) {
    }

    /** Levels are no matter of Nasdaq's. */
    private static final class Changes implements TrueBook.Instructions {
        private final List<Change> list = new ArrayList<>();

        @Override
        public void level(
                final int action, final boolean side, final int position, final long price, final int quantity,
                final int orders) {
            // Whoever listens adds them up.
        }

        @Override
        public void order(final int action, final TrueBook.Order order, final boolean reported) {
            list.add(new Change(action, order.bid(), order.id(), order.price(), order.quantity()));
        }
    }

    NasdaqChannel(final List<Instrument> stocks, final RandomGenerator random, final Output output) {
        final long[] ids = new long[1];
        this.flows = stocks.stream().map(stock -> new OrderFlow(stock, random, () -> ++ids[0])).toList();
        this.random = random;
        this.output = output;
    }

    /** A day begins: a session of its own, with books that are empty. */
    void start(final String newSession, final long time) {
        session = newSession;
        sequence = 1;
        references.clear();
        flows.forEach(OrderFlow::clear);
        packet.start(session, sequence);
        packet.systemEvent(time, 'O');
        packet.systemEvent(time, 'S');
        for (int i = 0; i < flows.size(); i++) {
            packet.directory(time, i + 1, flows.get(i).instrument().symbol());
        }
        for (int i = 0; i < flows.size(); i++) {
            packet.tradingAction(time, i + 1, flows.get(i).instrument().symbol(), 'T');
        }
        send();
    }

    /** One stock's first orders. */
    void open(final int index, final long time) {
        changes.list.clear();
        flows.get(index).open(changes);
        packet.start(session, sequence);
        write(index, time);
        send();
    }

    /** One event of the matching engine, of a stock by seed; which one that was. */
    int event(final long time) {
        final int index = random.nextInt(flows.size());
        final OrderFlow flow = flows.get(index);
        changes.list.clear();
        packet.start(session, sequence);
        flow.next(changes);
        write(index, time);
        if (random.nextDouble() < TRADE_SHARE) {
            packet.trade(time, index + 1, flow.instrument(), 1 + random.nextInt(500), ++lastMatch);
        }
        send();
        return index;
    }

    /** Halts a stock, or lets it trade again. While halted, orders come and go, but none is matched. */
    void halt(final int index, final long time, final boolean halted) {
        flows.get(index).halt(halted);
        packet.start(session, sequence);
        packet.tradingAction(time, index + 1, flows.get(index).instrument().symbol(), halted ? 'H' : 'T');
        send();
    }

    /** The opening cross: orders are collected for so many events, then filled at one price. */
    void collect(final int index) {
        flows.get(index).collect();
    }

    /** The opening cross of a stock whose orders were collected. */
    void cross(final int index, final long time) {
        final OrderFlow flow = flows.get(index);
        changes.list.clear();
        flow.uncross(changes);
        packet.start(session, sequence);
        int crossed = 0;
        for (final OrderFlow.Fill fill : flow.fills()) {
            crossed += fill.quantity();
            for (final TrueBook.OrderFill order : fill.resting()) {
                packet.executedAtPrice(time, index + 1, take(order), order.quantity(), fill.price(), ++lastMatch);
                room();
            }
        }
        if (crossed > 0) {
            packet.cross(time, index + 1, flow.instrument().symbol(), crossed, flow.fills().get(0).price(), ++lastMatch);
        }
        send();
    }

    /** Says which message comes next. */
    void heartbeat() {
        packet.start(session, sequence);
        output.send(sequence, packet.finish());
    }

    TrueBook book(final int index) {
        return flows.get(index).book();
    }

    Instrument stock(final int index) {
        return flows.get(index).instrument();
    }

    int stocks() {
        return flows.size();
    }

    private void write(final int index, final long time) {
        final OrderFlow flow = flows.get(index);
        for (final OrderFlow.Fill fill : flow.fills()) {
            for (final TrueBook.OrderFill order : fill.resting()) {
                packet.executed(time, index + 1, take(order), order.quantity(), ++lastMatch);
                room();
            }
        }
        if (flow.fills().isEmpty()) {
            for (final Change change : changes.list) {
                write(index, time, change);
                room();
            }
        }
    }

    private void write(final int index, final long time, final Change change) {
        final Reference known = references.get(change.id());
        if (change.action() == TrueBook.NEW) {
            references.put(change.id(), new Reference(++lastReference, change.quantity()));
            packet.add(time, index + 1, lastReference, change.bid(), change.quantity(),
                    flows.get(index).instrument().symbol(), change.price(), random.nextInt(4) == 0);
        } else if (change.action() == TrueBook.DELETE) {
            references.remove(change.id());
            packet.delete(time, index + 1, known.number);
        } else if (change.quantity() < known.quantity) {
            packet.cancel(time, index + 1, known.number, known.quantity - change.quantity());
            known.quantity = change.quantity();
        } else {
            references.put(change.id(), new Reference(++lastReference, change.quantity()));
            packet.replace(time, index + 1, known.number, lastReference, change.quantity(), change.price());
        }
    }

    /** Nasdaq's number of an order that is filled. */
    private long take(final TrueBook.OrderFill order) {
        final Reference reference = references.get(order.id());
        reference.quantity -= order.quantity();
        if (reference.quantity == 0) {
            references.remove(order.id());
        }
        return reference.number;
    }

    private void room() {
        if (packet.isFull()) {
            send();
            packet.start(session, sequence);
        }
    }

    private void send() {
        if (packet.messages() > 0) {
            sequence += packet.messages();
            output.send(sequence, packet.finish());
        }
    }
}
