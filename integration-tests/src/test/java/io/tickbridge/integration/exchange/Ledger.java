package io.tickbridge.integration.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What was true after each packet of the incremental feed. Packets are numbered from 0 and go on counting where the
 * exchange counts anew.
 */
final class Ledger {
    private final Channel channel;
    private final List<Moment> moments = new ArrayList<>();
    private final Map<Long, Integer> byTime = new HashMap<>();
    private Truth[] latest;

    /**
     * One instrument.
     *
     * @param sides       bids, offers, implied bids, implied offers: price, quantity and orders of each level
     * @param orders      bids, offers: number, price and quantity of each order, in the order of their fills
     * @param status      CME's trading status
     * @param statusSince packet that stated it
     */
    record Truth(long[][] sides, long[][] orders, int status, int statusSince) {
        /** Longs of a level. */
        static final int STRIDE = 3;

        int depth(final int side) {
            return sides[side].length / STRIDE;
        }

        boolean trades() {
            return status == TradingStatus.READY_TO_TRADE;
        }
    }

    /** After one packet; truths are null when it does not end what happened. */
    record Moment(long time, Truth[] truths) {
    }

    Ledger(final Channel channel) {
        this.channel = channel;
        this.latest = new Truth[channel.instruments()];
        Arrays.fill(latest, new Truth(new long[4][0], new long[2][0], TradingStatus.UNKNOWN, -1));
    }

    /** A packet was sent; its number here. */
    int packet() {
        moments.add(new Moment(0, null));
        return moments.size() - 1;
    }

    int last() {
        return moments.size() - 1;
    }

    /** All packets of what happened at this time are sent. */
    void complete(final long time) {
        final long changed = channel.takeChanged();
        if (changed != 0) {
            latest = latest.clone();
            for (int i = 0; i < latest.length; i++) {
                if ((changed >>> i & 1) != 0) {
                    latest[i] = truth(i, latest[i]);
                }
            }
        }
        moments.set(last(), new Moment(time, latest));
        byTime.put(time, last());
    }

    private Truth truth(final int index, final Truth before) {
        final int status = channel.product(index).status();
        return new Truth(
                new long[][] {
                    levels(channel.book(index), true, true), levels(channel.book(index), false, true),
                    levels(channel.impliedBook(index), true, false), levels(channel.impliedBook(index), false, false)},
                new long[][] {orders(channel.book(index), true), orders(channel.book(index), false)},
                status, status == before.status() ? before.statusSince() : last());
    }

    private static long[] levels(final TrueBook book, final boolean bid, final boolean withOrders) {
        final long[] levels = new long[Math.min(book.side(bid).size(), book.depth()) * Truth.STRIDE];
        int cell = 0;
        for (final Map.Entry<Long, TrueBook.Level> level : book.side(bid).entrySet()) {
            if (cell == levels.length) {
                break;
            }
            levels[cell++] = level.getKey();
            levels[cell++] = level.getValue().quantity();
            levels[cell++] = withOrders ? level.getValue().orders() : 0;
        }
        return levels;
    }

    private static long[] orders(final TrueBook book, final boolean bid) {
        return book.side(bid).values().stream().flatMap(level -> level.queue().stream())
                .flatMapToLong(order -> LongStream.of(order.id(), order.price(), order.quantity())).toArray();
    }

    Moment at(final int packet) {
        return moments.get(packet);
    }

    /** Number of the last packet of what happened at this time. */
    int numberAt(final long time) {
        return byTime.get(time);
    }

    /** What happened at this time; null when nothing did, or packets that are no event's end. */
    Moment atTime(final long time) {
        final Integer packet = byTime.get(time);
        return packet == null ? null : moments.get(packet);
    }
}
