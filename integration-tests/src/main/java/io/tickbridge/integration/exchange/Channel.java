package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One CME channel: several instruments' order flows, reported as packets with one sequence. Deterministic: the seed,
 * and the times it is given, decide every byte.
 */
final class Channel {
    private static final int TRADING = 17; // SecurityTradingStatus ReadyToTrade, tag 326
    private static final int HALTED = 2; // SecurityTradingStatus TradingHalt

    private final List<OrderFlow> flows;
    private final int[] reportSequences;
    private final int[] volumes;
    private final RandomGenerator random;
    private final PacketOutput output;
    private final Mdp3Packet packet = new Mdp3Packet();
    private final Entries entries = new Entries();
    private long sequence;
    private int tradeId;

    /** Takes finished packets. */
    @FunctionalInterface
    interface PacketOutput {
        /** One packet, valid until this returns. */
        void send(long sequence, ByteBuffer packet);
    }

    Channel(final List<Instrument> instruments, final RandomGenerator random, final PacketOutput output) {
        this.flows = instruments.stream().map(instrument -> new OrderFlow(instrument, random)).toList();
        this.reportSequences = new int[instruments.size()];
        this.volumes = new int[instruments.size()];
        this.random = random;
        this.output = output;
    }

    /** Announces trading and sends the opening books, one packet after another; each event takes a nanosecond. */
    void open(final long from) {
        long time = from;
        for (int i = 0; i < flows.size(); i++) {
            status(i, time++, TRADING);
            entries.clear();
            flows.get(i).open(entries);
            packet.start();
            bookToTheEnd(i, time++);
        }
    }

    /** One event of the matching engine: one packet, or more when a sweep moves many levels. */
    void event(final long time) {
        final int index = random.nextInt(flows.size());
        final OrderFlow flow = flows.get(index);
        entries.clear();
        flow.next(entries);
        packet.start();
        if (!flow.fills().isEmpty()) {
            trades(index, time);
        }
        if (entries.size() > 0) {
            bookToTheEnd(index, time);
        } else if (!packet.isEmpty()) {
            send(time);
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
        status(index, time, halted ? HALTED : TRADING);
    }

    /** The book as it is, whatever was sent of it. */
    TrueBook book(final int index) {
        return flows.get(index).book();
    }

    private void status(final int index, final long time, final int status) {
        packet.start();
        packet.securityStatus(time, flows.get(index).instrument(), status);
        send(time);
    }

    private void trades(final int index, final long time) {
        final OrderFlow flow = flows.get(index);
        final int id = flow.instrument().securityId();
        packet.startTrades(time, EventIndicator.LAST_TRADE);
        for (final OrderFlow.Fill fill : flow.fills()) {
            packet.tradeEntry(id, ++reportSequences[index], fill.price(), fill.quantity(), fill.orders(),
                    flow.lastBuyer(), ++tradeId);
            volumes[index] += fill.quantity();
        }
        packet.endTrades();
        packet.volume(time, EventIndicator.LAST_VOLUME, id, ++reportSequences[index], volumes[index]);
    }

    /** Writes all instructions, into the packet begun and as many more as it takes, and sends them. */
    private void bookToTheEnd(final int index, final long time) {
        int from = book(index, time, 0);
        send(time);
        while (from < entries.size()) {
            packet.start();
            from = book(index, time, from);
            send(time);
        }
    }

    /** Writes instructions from one on, as many as a packet takes; the last of them ends the event. */
    private int book(final int index, final long time, final int from) {
        final int id = flows.get(index).instrument().securityId();
        final int to = Math.min(entries.size(), from + Entries.PER_PACKET);
        final int end = to == entries.size() ? EventIndicator.LAST_QUOTE | EventIndicator.END_OF_EVENT : 0;
        packet.startBook(time, end);
        for (int i = from; i < to; i++) {
            final Entries.Entry entry = entries.get(i);
            packet.bookEntry(id, ++reportSequences[index], entry.action(), entry.bid() ? '0' : '1',
                    entry.position() + 1, entry.price(), entry.quantity(), entry.orders());
        }
        packet.endBook();
        return to;
    }

    private void send(final long time) {
        sequence++;
        output.send(sequence, packet.finish(sequence, time));
    }
}
