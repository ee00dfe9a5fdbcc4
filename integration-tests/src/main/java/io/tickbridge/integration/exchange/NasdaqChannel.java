package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Nasdaq's TotalView-ITCH 5.0 of several stocks over MoldUDP64, driven by the same order flow as the CME channel: every
 * order by its reference number, executions one by one, replacements under a new number. Deterministic.
 */
final class NasdaqChannel {
    private static final double TRADE_SHARE = 0.01; // against orders that were not displayed
    private static final double BREAK_SHARE = 0.003; // of events, those with which an earlier trade is broken
    private static final double ASIDE_SHARE = 0.02; // of events, those with a message that no book depends on
    /** Messages that no book depends on, and their bytes ("Message Formats" in TotalView-ITCH 5.0). */
    private static final Map<Character, Integer> ASIDES = new TreeMap<>(Map.of(
            'Y', 20, 'L', 26, 'V', 35, 'W', 12, 'K', 28, 'J', 35, 'N', 20, 'O', 48));

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
    /** Everything that was said in the session, the first one is number 1. */
    private List<byte[]> messages = new ArrayList<>();
    /** The session before, and what was said in it: re-requests are answered for a while after its end. */
    private String lastSession = "";
    private List<byte[]> lastMessages = List.of();
    /** What a snapshot at the end of the session before said. */
    private List<byte[]> yesterday = List.of();
    private final boolean[] halted;
    private final boolean[] operationallyHalted;
    private final boolean[] hasOperationalHalt;
    /** The latest of the day's events. */
    private char systemEvent = 'O';
    private int firstLocate = 1;
    private LaterVersion later = LaterVersion.NONE;

    /** Takes finished packets. */
    @FunctionalInterface
    interface Output {
        /** One packet, valid until this returns; {@code next} is the number of the message after it. */
        void send(long next, ByteBuffer packet);
    }

    private static final class Reference {
        private final long number;
        private final boolean attributed;
        private int quantity;

        private Reference(final long number, final boolean attributed, final int quantity) {
            this.number = number;
            this.attributed = attributed;
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
        this.halted = new boolean[stocks.size()];
        this.operationallyHalted = new boolean[stocks.size()];
        this.hasOperationalHalt = new boolean[stocks.size()];
    }

    /** From now on it speaks so. */
    void speak(final LaterVersion version) {
        later = version;
    }

    /** A day begins: a session of its own, with books that are empty. */
    synchronized void start(final String newSession, final long time) {
        yesterday = session.isEmpty() ? List.of() : snapshot(time);
        lastSession = session;
        lastMessages = messages;
        messages = new ArrayList<>();
        session = newSession;
        sequence = 1;
        systemEvent = 'S';
        // Numbers of orders, trades and stocks are a day's: the next one may deal out the same anew.
        lastReference = 0;
        lastMatch = 0;
        firstLocate = 1 + random.nextInt(100);
        Arrays.fill(halted, false);
        Arrays.fill(operationallyHalted, false);
        Arrays.fill(hasOperationalHalt, false);
        references.clear();
        flows.forEach(OrderFlow::clear);
        packet.start(session, sequence);
        packet.systemEvent(time, 'O');
        packet.systemEvent(time, 'S');
        for (int i = 0; i < flows.size(); i++) {
            packet.directory(time, locate(i), flows.get(i).instrument().symbol());
        }
        for (int i = 0; i < flows.size(); i++) {
            packet.tradingAction(time, locate(i), flows.get(i).instrument().symbol(), 'T');
        }
        send();
    }

    /** One stock's first orders. */
    synchronized void open(final int index, final long time) {
        changes.list.clear();
        flows.get(index).open(changes);
        packet.start(session, sequence);
        write(index, time);
        send();
    }

    /** One event of the matching engine, of a stock by seed; which one that was. */
    synchronized int event(final long time) {
        final int index = random.nextInt(flows.size());
        final OrderFlow flow = flows.get(index);
        changes.list.clear();
        packet.start(session, sequence);
        flow.next(changes);
        write(index, time);
        if (random.nextDouble() < TRADE_SHARE) {
            packet.trade(time, locate(index), flow.instrument(), 1 + random.nextInt(500), ++lastMatch);
        }
        if (lastMatch > 0 && random.nextDouble() < BREAK_SHARE) {
            packet.broken(time, locate(index), 1 + random.nextLong(lastMatch));
        }
        if (random.nextDouble() < ASIDE_SHARE) {
            final List<Character> types = List.copyOf(ASIDES.keySet());
            final char type = types.get(random.nextInt(types.size()));
            packet.aside(time, locate(index), type, ASIDES.get(type));
        }
        if (later.happens()) {
            packet.unknown(time, locate(index), later);
        }
        send();
        return index;
    }

    /** Halts a stock, or lets it trade again. While halted, orders come and go, but none is matched. */
    synchronized void halt(final int index, final long time, final boolean isHalted) {
        flows.get(index).halt(isHalted || operationallyHalted[index]);
        halted[index] = isHalted;
        packet.start(session, sequence);
        packet.tradingAction(time, locate(index), flows.get(index).instrument().symbol(), isHalted ? 'H' : 'T');
        send();
    }

    /** This market alone halts a stock, or lets it trade again. */
    synchronized void operationalHalt(final int index, final long time, final boolean isHalted) {
        flows.get(index).halt(isHalted || halted[index]);
        operationallyHalted[index] = isHalted;
        hasOperationalHalt[index] = true;
        packet.start(session, sequence);
        packet.operationalHalt(time, locate(index), flows.get(index).instrument().symbol(), isHalted);
        send();
    }

    /** What the opening cross would come to. */
    synchronized void imbalance(final int index, final long time) {
        final OrderFlow flow = flows.get(index);
        packet.start(session, sequence);
        packet.imbalance(time, locate(index), flow.instrument().symbol(), random.nextInt(10_000), flow.instrument().start());
        send();
    }

    /** Market hours begin. */
    synchronized void marketHours(final long time) {
        systemEvent = 'Q';
        packet.start(session, sequence);
        packet.systemEvent(time, 'Q');
        send();
    }

    /** The day is over: no message follows. */
    synchronized void close(final long time) {
        systemEvent = 'C';
        packet.start(session, sequence);
        packet.systemEvent(time, 'M');
        packet.systemEvent(time, 'E');
        packet.systemEvent(time, 'C');
        send();
    }

    /** Says that the session has ended, in place of heartbeats. */
    synchronized void endOfSession() {
        packet.start(session, sequence);
        output.send(sequence, packet.finishSession());
    }

    /** Number of the next message. */
    synchronized long sequence() {
        return sequence;
    }

    /** What was said in a session, the first message is number 1; empty for one that is neither the current nor the last. */
    synchronized List<byte[]> messages(final String ofSession) {
        return ofSession.equals(session) ? List.copyOf(messages)
                : ofSession.equals(lastSession) ? List.copyOf(lastMessages) : List.of();
    }

    /** What GLIMPSE said at the end of the session before, but for the number to go on with, which is today's. */
    synchronized List<byte[]> yesterday() {
        final List<byte[]> all = new ArrayList<>(yesterday.subList(0, Math.max(0, yesterday.size() - 1)));
        final ItchPacket end = new ItchPacket();
        end.start(session, 1);
        end.endOfSnapshot(sequence);
        all.addAll(end.list());
        return all;
    }

    /** All there is to know now, as GLIMPSE says it, each order behind those that are before it at its price. */
    synchronized List<byte[]> snapshot(final long time) {
        final List<byte[]> all = new ArrayList<>();
        final ItchPacket out = new ItchPacket();
        out.start(session, 1);
        out.systemEvent(time, systemEvent);
        for (int i = 0; i < flows.size(); i++) {
            out.directory(time, locate(i), flows.get(i).instrument().symbol());
        }
        for (int i = 0; i < flows.size(); i++) {
            out.tradingAction(time, locate(i), flows.get(i).instrument().symbol(), halted[i] ? 'H' : 'T');
            out.aside(time, locate(i), 'Y', ASIDES.get('Y'));
            if (hasOperationalHalt[i]) {
                out.operationalHalt(time, locate(i), flows.get(i).instrument().symbol(), operationallyHalted[i]);
            }
        }
        for (int i = 0; i < flows.size(); i++) {
            for (final boolean bid : new boolean[] {true, false}) {
                for (final TrueBook.Level level : flows.get(i).book().side(bid).values()) {
                    for (final TrueBook.Order order : level.queue()) {
                        if (out.isFull()) {
                            all.addAll(out.list());
                            out.start(session, 1);
                        }
                        final Reference reference = references.get(order.id());
                        out.add(time, locate(i), reference.number, bid, order.quantity(), flows.get(i).instrument().symbol(),
                                order.price(), reference.attributed);
                    }
                }
            }
        }
        out.endOfSnapshot(sequence);
        all.addAll(out.list());
        return all;
    }

    /** The opening cross: orders are collected for so many events, then filled at one price. */
    synchronized void collect(final int index) {
        flows.get(index).collect();
    }

    /** The opening cross of a stock whose orders were collected. */
    synchronized void cross(final int index, final long time) {
        final OrderFlow flow = flows.get(index);
        changes.list.clear();
        flow.uncross(changes);
        packet.start(session, sequence);
        int crossed = 0;
        for (final OrderFlow.Fill fill : flow.fills()) {
            crossed += fill.quantity();
            for (final TrueBook.OrderFill order : fill.resting()) {
                packet.executedAtPrice(time, locate(index), take(order), order.quantity(), fill.price(), ++lastMatch);
                room();
            }
        }
        if (crossed > 0) {
            packet.cross(time, locate(index), flow.instrument().symbol(), crossed, flow.fills().get(0).price(), ++lastMatch);
        }
        send();
    }

    /** Says which message comes next. */
    synchronized void heartbeat() {
        packet.start(session, sequence);
        output.send(sequence, packet.finish());
    }

    private int locate(final int index) {
        return firstLocate + index;
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
                packet.executed(time, locate(index), take(order), order.quantity(), ++lastMatch);
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
            final boolean attributed = random.nextInt(4) == 0;
            references.put(change.id(), new Reference(++lastReference, attributed, change.quantity()));
            packet.add(time, locate(index), lastReference, change.bid(), change.quantity(),
                    flows.get(index).instrument().symbol(), change.price(), attributed);
        } else if (change.action() == TrueBook.DELETE) {
            references.remove(change.id());
            packet.delete(time, locate(index), known.number);
        } else if (change.quantity() < known.quantity) {
            packet.cancel(time, locate(index), known.number, known.quantity - change.quantity());
            known.quantity = change.quantity();
        } else {
            references.put(change.id(), new Reference(++lastReference, known.attributed, change.quantity()));
            packet.replace(time, locate(index), known.number, lastReference, change.quantity(), change.price());
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
            messages.addAll(packet.list());
            output.send(sequence, packet.finish());
        }
    }
}
