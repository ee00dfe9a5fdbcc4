package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentFacts;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.protocol.Venue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The books of a capture: one set for each channel, or for each line when lines are not made one. A gap makes books
 * suspect as it would in a gateway, and snapshots of the same channel heal them. What a channel repeats before any of its
 * changes was seen makes a set of books by itself, which its first line of changes then goes on with.
 */
public final class CaptureBooks implements SequencedVisitor {
    private final InspectedFeed feed;
    private final int marketDepth;
    private final boolean orders;
    private final boolean together;
    private final BookListener listener;
    private final List<FeedHandler> all = new ArrayList<>();
    private final Map<Source, FeedHandler> handlers = new HashMap<>();
    private final Map<Long, List<FeedHandler>> families = new HashMap<>();
    /** Handlers that have seen nothing but what is repeated, by family. */
    private final Map<Long, FeedHandler> unclaimed = new HashMap<>();
    private long sequence;

    /** Line of a handler that takes what is repeated. */
    private static final int REPEATED = 1;

    private record Source(CaptureChannel channel, int line) {
    }

    /**
     * No book yet.
     *
     * @param feed     what the capture holds
     * @param marketDepth levels that the exchange maintains on each side of a base book; 0 when not known
     * @param orders   whether single orders are followed beside price levels (CME)
     * @param together whether lines that come apart are made one here, where the feed {@link InspectedFeed#handlesLines}
     * @param listener told what happens to books
     */
    public CaptureBooks(
            final InspectedFeed feed, final int marketDepth, final boolean orders, final boolean together,
            final BookListener listener) {
        this.together = together && feed.handlesLines();
        this.feed = feed;
        this.marketDepth = marketDepth;
        this.orders = orders;
        this.listener = listener;
    }

    /**
     * The packet that is being processed.
     *
     * @return its sequence number
     */
    public long sequence() {
        return sequence;
    }

    @Override
    public void onDatagram(
            final CaptureChannel channel, final int line, final long packetSequence, final DirectBuffer buffer,
            final int offset, final int length, final long receiveTime) {
        sequence = packetSequence;
        final long family = feed.family(channel);
        if (channel.isRepeated(feed, buffer, offset, length)) {
            final List<FeedHandler> known = families.computeIfAbsent(family, key -> new ArrayList<>());
            // What looked like a line of changes as long as it had only heartbeats.
            handlers.entrySet().removeIf(entry -> entry.getKey().channel == channel && known.remove(entry.getValue()));
            if (known.isEmpty()) {
                unclaimed.put(family, add(family, buffer, offset, length));
            }
            families.get(family).forEach(handler -> handler.onDatagram(buffer, offset, length, receiveTime, REPEATED));
            return;
        }
        handlers.computeIfAbsent(new Source(channel, together ? 0 : line), source -> {
            final FeedHandler begun = unclaimed.remove(family);
            return begun == null ? add(family, buffer, offset, length) : begun;
        }).onDatagram(buffer, offset, length, receiveTime, together ? Math.min(line, InspectedFeed.MAX_LINES - 1) : 0);
    }

    private FeedHandler add(final long family, final DirectBuffer buffer, final int offset, final int length) {
        final FeedHandler handler = feed.handler(
                buffer, offset, length, new MarketBooks(
                        feed.venue(), all.size(), Map.of(), InstrumentFacts.ofDepth(marketDepth),
                        followsOrders(buffer, offset, length) ? MarketBooks.USUAL_ORDERS : 0, listener));
        all.add(handler);
        families.computeIfAbsent(family, key -> new ArrayList<>()).add(handler);
        return handler;
    }

    private boolean followsOrders(final DirectBuffer buffer, final int offset, final int length) {
        return orders && feed.venue() == Venue.CME || feed.tellsOrders(buffer, offset, length);
    }

    @Override
    public void onGap(final CaptureChannel channel, final long from, final long to) {
        // The feed handler sees the hole itself.
    }

    /** The capture has ended. */
    public void end() {
        all.forEach(FeedHandler::onEndOfInput);
    }

    /**
     * What the feed's handlers counted.
     *
     * @param counter which of their counts
     * @return the sum over all channels
     */
    public long counted(final FeedCounter counter) {
        return all.stream().mapToLong(handler -> handler.counts().get(counter)).sum();
    }
}
