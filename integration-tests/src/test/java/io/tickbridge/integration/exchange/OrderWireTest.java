package io.tickbridge.integration.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshBook46Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshOrderBook47Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshTradeSummary48Decoder;
import io.tickbridge.gateway.feed.cme.codec.MessageHeaderDecoder;
import io.tickbridge.gateway.feed.cme.codec.OrderUpdateAction;
import io.tickbridge.gateway.feed.cme.codec.SnapshotFullRefreshOrderBook53Decoder;
import io.tickbridge.gateway.feed.cme.codec.UpdateAction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * What the simulator says of single orders, read with the decoders generated from the exchange's schema: books by order
 * that are built of it are the true ones, with every order's priority, and so are those of the snapshots.
 */
final class OrderWireTest {
    private static final int SEEDS = 20;
    private static final int EVENTS = 1_000;
    private static final int PACKET_HEADER = 12;
    private static final int SIZE = 2;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[0]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final IncrementalRefreshBook46Decoder book = new IncrementalRefreshBook46Decoder();
    private final IncrementalRefreshOrderBook47Decoder orders = new IncrementalRefreshOrderBook47Decoder();
    private final IncrementalRefreshTradeSummary48Decoder trades = new IncrementalRefreshTradeSummary48Decoder();
    private final SnapshotFullRefreshOrderBook53Decoder snapshot = new SnapshotFullRefreshOrderBook53Decoder();
    private final Map<Integer, Map<Long, Resting>> built = new HashMap<>();
    private final Map<Integer, Map<Long, Resting>> snapshots = new HashMap<>();
    private long tradedByPrice;
    private long tradedByOrder;

    /** An order as the wire tells of it. */
    private record Resting(long priority, long price, int quantity) {
    }

    @Test
    void booksBuiltOfOrdersAreTheTrueOnes() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            built.clear();
            snapshots.clear();
            final SplittableRandom random = new SplittableRandom(seed);
            final Channel channel = new Channel(TradingDay.INSTRUMENTS, random, (sequence, packet) -> read(packet));
            final OrderSnapshotLoop loop = new OrderSnapshotLoop(channel, (sequence, packet) -> read(packet));
            channel.open(1_000);
            for (int i = 0; i < EVENTS; i++) {
                channel.event(2_000 + i);
            }
            for (int i = 0; i < channel.instruments(); i++) {
                loop.step(9_000);
                final int id = channel.instrument(i).securityId();
                final Map<Long, Resting> truth = truth(channel.book(i));
                assertEquals(truth, new TreeMap<>(built.get(id)), "seed " + seed + " " + channel.instrument(i).symbol());
                assertEquals(truth, new TreeMap<>(snapshots.get(id)), "seed " + seed + " " + channel.instrument(i).symbol());
            }
        }
        assertTrue(tradedByPrice > 0);
        // Each trade has an aggressor and those who rested, so every contract is told of twice.
        assertEquals(2 * tradedByPrice, tradedByOrder);
    }

    private static Map<Long, Resting> truth(final TrueBook book) {
        final Map<Long, Resting> truth = new TreeMap<>();
        for (final boolean bid : new boolean[] {true, false}) {
            book.side(bid).values().forEach(level -> level.queue().forEach(order ->
                    truth.put(order.id(), new Resting(order.priority(), order.price(), order.quantity()))));
        }
        return truth;
    }

    private void read(final ByteBuffer packet) {
        buffer.wrap(packet);
        int at = PACKET_HEADER;
        while (at < packet.remaining()) {
            header.wrap(buffer, at + SIZE);
            final int block = at + SIZE + MessageHeaderDecoder.ENCODED_LENGTH;
            switch (header.templateId()) {
                case IncrementalRefreshBook46Decoder.TEMPLATE_ID -> readBook(block);
                case IncrementalRefreshOrderBook47Decoder.TEMPLATE_ID -> readOrders(block);
                case IncrementalRefreshTradeSummary48Decoder.TEMPLATE_ID -> readTrades(block);
                case SnapshotFullRefreshOrderBook53Decoder.TEMPLATE_ID -> readSnapshot(block);
                default -> { }
            }
            at += buffer.getShort(at) & 0xffff;
        }
        assertEquals(packet.remaining(), at);
    }

    private void readBook(final int block) {
        book.wrap(buffer, block, header.blockLength(), header.version());
        final List<Long> prices = new ArrayList<>();
        final List<Integer> instruments = new ArrayList<>();
        book.noMDEntries().forEach(entry -> {
            prices.add(entry.mDEntryPx().mantissa());
            instruments.add(entry.securityID());
        });
        book.noOrderIDEntries().forEach(order -> {
            final int reference = order.referenceID() - 1;
            final Map<Long, Resting> resting = built.computeIfAbsent(instruments.get(reference), id -> new HashMap<>());
            if (order.orderUpdateAction() == OrderUpdateAction.Delete) {
                resting.remove(order.orderID());
            } else {
                resting.put(order.orderID(), new Resting(
                        order.mDOrderPriority(), prices.get(reference), order.mDDisplayQty()));
            }
        });
    }

    private void readOrders(final int block) {
        orders.wrap(buffer, block, header.blockLength(), header.version());
        orders.noMDEntries().forEach(order -> {
            final Map<Long, Resting> resting = built.computeIfAbsent(order.securityID(), id -> new HashMap<>());
            if (order.mDUpdateAction() == UpdateAction.Delete) {
                resting.remove(order.orderID());
            } else {
                resting.put(order.orderID(), new Resting(
                        order.mDOrderPriority(), order.mDEntryPx().mantissa(), order.mDDisplayQty()));
            }
        });
    }

    private void readTrades(final int block) {
        trades.wrap(buffer, block, header.blockLength(), header.version());
        trades.noMDEntries().forEach(trade -> tradedByPrice += trade.mDEntrySize());
        trades.noOrderIDEntries().forEach(order -> tradedByOrder += order.lastQty());
    }

    private void readSnapshot(final int block) {
        snapshot.wrap(buffer, block, header.blockLength(), header.version());
        final Map<Long, Resting> resting = snapshots.computeIfAbsent(snapshot.securityID(), id -> new HashMap<>());
        assertTrue(snapshot.currentChunk() >= 1 && snapshot.currentChunk() <= snapshot.noChunks());
        snapshot.noMDEntries().forEach(order -> resting.put(order.orderID(), new Resting(
                order.mDOrderPriority(), order.mDEntryPx().mantissa(), order.mDDisplayQty())));
    }
}
