package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentFacts;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.protocol.Venue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The books of a capture: one set for each channel, or for each line when lines are not made one. A gap makes books
 * suspect as it would in a gateway.
 */
public final class CaptureBooks implements SequencedVisitor {
    private final InspectedFeed feed;
    private final int marketDepth;
    private final boolean orders;
    private final BookListener listener;
    private final Map<Source, FeedHandler> handlers = new LinkedHashMap<>();
    private long sequence;

    private record Source(CaptureChannel channel, int line) {
    }

    /**
     * No book yet.
     *
     * @param feed     what the capture holds
     * @param marketDepth levels that the exchange maintains on each side of a base book; 0 when not known
     * @param orders   whether single orders are followed beside price levels (CME)
     * @param listener told what happens to books
     */
    public CaptureBooks(
            final InspectedFeed feed, final int marketDepth, final boolean orders, final BookListener listener) {
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
        handlers.computeIfAbsent(new Source(channel, line), source -> feed.handler(
                buffer, offset, length, new MarketBooks(
                        feed.venue(), handlers.size(), Map.of(), InstrumentFacts.ofDepth(marketDepth),
                        followsOrders(buffer, offset, length) ? MarketBooks.USUAL_ORDERS : 0, listener)))
                .onDatagram(buffer, offset, length, receiveTime, 0);
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
        handlers.values().forEach(FeedHandler::onEndOfInput);
    }

    /**
     * What the feed's handlers counted.
     *
     * @param counter which of their counts
     * @return the sum over all channels
     */
    public long counted(final FeedCounter counter) {
        return handlers.values().stream().mapToLong(handler -> handler.counts().get(counter)).sum();
    }
}
