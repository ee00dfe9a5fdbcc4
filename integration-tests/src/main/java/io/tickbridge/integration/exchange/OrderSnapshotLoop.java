package io.tickbridge.integration.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * The channel's recovery feed by order: each instrument's orders in chunks of a packet, in a loop all day, numbered anew
 * in each loop (CME Globex, "MDP 3.0 - Market by Order - Book Recovery").
 */
final class OrderSnapshotLoop {
    /** Orders of 29 bytes in a packet. */
    private static final int PER_CHUNK = 44;

    private final Channel channel;
    private final Channel.PacketOutput output;
    private final Mdp3Packet packet = new Mdp3Packet();
    private int next;
    private long sequence;

    OrderSnapshotLoop(final Channel channel, final Channel.PacketOutput output) {
        this.channel = channel;
        this.output = output;
    }

    /** Sends the next instrument's orders, between two events; which one that was. */
    int step(final long time) {
        final int index = next;
        next = (next + 1) % channel.instruments();
        sequence = index == 0 ? 0 : sequence;
        final List<TrueBook.Order> orders = new ArrayList<>();
        for (final boolean bid : new boolean[] {true, false}) {
            channel.book(index).side(bid).values().forEach(level -> orders.addAll(level.queue()));
        }
        final int chunks = Math.max(1, (orders.size() + PER_CHUNK - 1) / PER_CHUNK);
        for (int chunk = 1; chunk <= chunks; chunk++) {
            packet.start();
            packet.startOrderSnapshot(channel.sequence(), channel.instruments(), channel.instrument(index).securityId(),
                    chunks, chunk, channel.product(index).lastTime());
            orders.subList((chunk - 1) * PER_CHUNK, Math.min(orders.size(), chunk * PER_CHUNK))
                    .forEach(packet::snapshotOrder);
            packet.end();
            output.send(++sequence, packet.finish(sequence, time));
        }
        return index;
    }
}
