package io.tickbridge.integration.exchange;

import java.util.Map;

/**
 * The channel's recovery feed by price: one packet for each instrument, in a loop all day, numbered anew in each loop
 * (CME Globex, "MDP 3.0 - Market by Price - Book Recovery").
 */
final class SnapshotLoop {
    private static final int NO_LEVEL = 127; // MDPriceLevel null

    private final Channel channel;
    private final Channel.PacketOutput output;
    private final Mdp3Packet packet = new Mdp3Packet();
    private int next;

    SnapshotLoop(final Channel channel, final Channel.PacketOutput output) {
        this.channel = channel;
        this.output = output;
    }

    /** Sends the next instrument's snapshot, between two events; which one that was. */
    int step(final long time) {
        final int index = next;
        next = (next + 1) % channel.instruments();
        final Product product = channel.product(index);
        packet.start();
        packet.startSnapshot(channel.sequence(), channel.instruments(), channel.instrument(index).securityId(),
                product.reportSequence(), product.lastTime(), product.status());
        levels(channel.book(index), false);
        levels(channel.impliedBook(index), true);
        if (product.open() != 0) {
            packet.snapshotEntry('4', NO_LEVEL, product.open(), Integer.MAX_VALUE, 0);
            packet.snapshotEntry('e', NO_LEVEL, Long.MAX_VALUE, product.volume(), 0);
        }
        packet.end();
        output.send(index + 1, packet.finish(index + 1, time));
        return index;
    }

    private void levels(final TrueBook book, final boolean implied) {
        for (final boolean bid : new boolean[] {true, false}) {
            int position = 0;
            for (final Map.Entry<Long, TrueBook.Level> level : book.side(bid).entrySet()) {
                if (position++ == book.depth()) {
                    break;
                }
                packet.snapshotEntry(Entries.type(bid, implied), position, level.getKey(), level.getValue().quantity(),
                        implied ? 0 : level.getValue().orders());
            }
        }
    }
}
