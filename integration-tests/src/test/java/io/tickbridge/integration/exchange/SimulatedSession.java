package io.tickbridge.integration.exchange;

import java.util.SplittableRandom;

/** A simulated session from opening to end; the true books are noted down after every event. */
final class SimulatedSession {
    private static final long FIRST_TIME = 1_800_000_000_000_000_000L;
    private static final int SENDING_TIME = 4; // offset in a packet; the simulator sends at the event's own time
    private static final long BETWEEN_EVENTS = 1_000; // ns

    private final SplittableRandom random;
    private final BookSnapshots truth;
    private final Channel channel;
    private long time = FIRST_TIME;
    private int halted = -1;

    SimulatedSession(final long seed, final BookSnapshots truth, final Channel.PacketOutput output) {
        this.random = new SplittableRandom(seed);
        this.truth = truth;
        this.channel = new Channel(Simulator.INSTRUMENTS, random, (sequence, packet) -> {
            // Noted before the packet is delivered, and after the book was changed.
            note(packet.getLong(SENDING_TIME));
            output.send(sequence, packet);
        });
    }

    void open() {
        channel.open(time);
    }

    void trade(final int events) {
        for (int i = 0; i < events; i++) {
            time += BETWEEN_EVENTS;
            channel.event(time);
        }
    }

    /** As {@link #trade}, with one instrument halted now and then. */
    void tradeWithHalts(final int events) {
        final int stretch = 50;
        for (int i = 0; i < events; i += stretch) {
            trade(stretch);
            time += BETWEEN_EVENTS;
            if (halted >= 0) {
                channel.halt(halted, time, false);
                halted = -1;
            } else if (random.nextBoolean()) {
                halted = random.nextInt(Simulator.INSTRUMENTS.size());
                channel.halt(halted, time, true);
            }
        }
        if (halted >= 0) {
            time += BETWEEN_EVENTS;
            channel.halt(halted, time, false);
            halted = -1;
        }
    }

    private void note(final long eventTime) {
        for (int i = 0; i < Simulator.INSTRUMENTS.size(); i++) {
            truth.take(eventTime, Simulator.INSTRUMENTS.get(i).securityId(), channel.book(i));
        }
    }
}
