package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.MessageInspector;
import io.tickbridge.gateway.feed.iex.IexFeedHandler;
import io.tickbridge.gateway.feed.iex.IexInspector;
import io.tickbridge.gateway.feed.iex.IexProtocol;
import io.tickbridge.gateway.feed.iex.Segment;
import io.tickbridge.protocol.Venue;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * IEX-TP with TOPS, DEEP or DEEP+; which of them, the first segment of a channel says. Lines belong together when they carry
 * the same protocol, channel and session. Messages may be counted anew within a session, which their numbers alone do not
 * tell from messages said twice: so the books' handler makes one of the lines, and where there are no books, nobody does.
 */
final class IexFeed implements InspectedFeed {

    @Override
    public String description() {
        return "IEX-TP with TOPS 1.6 or DEEP 1.0 or DEEP+ 1.0";
    }

    @Override
    public Venue venue() {
        return Venue.IEX;
    }

    @Override
    public Object channelOf(final int address, final int port, final DirectBuffer buffer, final int offset, final int length) {
        return length < Segment.HEADER_LENGTH ? null : Segment.stream(buffer, offset);
    }

    @Override
    public int units(final DirectBuffer buffer, final int offset, final int length) {
        return -1;
    }

    @Override
    public boolean handlesLines() {
        return true;
    }

    @Override
    public MessageInspector inspector() {
        return new IexInspector();
    }

    @Override
    public FeedHandler handler(
            final DirectBuffer buffer, final int offset, final int length, final MarketDataListener listener) {
        return new IexFeedHandler(protocol(buffer, offset, length), MAX_LINES, REORDER_WINDOW, REORDER_TIMEOUT, REORDER_WAIT, listener);
    }

    @Override
    public boolean tellsOrders(final DirectBuffer buffer, final int offset, final int length) {
        return protocol(buffer, offset, length) == IexProtocol.DEEP_PLUS;
    }

    private static IexProtocol protocol(final DirectBuffer buffer, final int offset, final int length) {
        final int id = length < Segment.HEADER_LENGTH ? 0 : Segment.protocolId(buffer, offset);
        return Arrays.stream(IexProtocol.values()).filter(protocol -> protocol.id() == id).findFirst()
                .orElse(IexProtocol.TOPS);
    }

    @Override
    public String definitionsComeFrom() {
        return "IEX has none beside the symbol, under which `decode` shows what its security directory says";
    }

    @Override
    public String statisticsComeFrom() {
        return "IEX sends none; its official prices and auction information are shown by `decode`";
    }

    @Override
    public String ordersComeFrom() {
        return "only DEEP+ tells of them, from the first message of the day: take a capture of DEEP+ that begins before the market opens";
    }

    @Override
    public long sequence(final DirectBuffer buffer, final int offset, final int length) {
        return length < Segment.HEADER_LENGTH ? -1 : Segment.firstSequence(buffer, offset);
    }

    @Override
    public long sendTime(final DirectBuffer buffer, final int offset, final int length) {
        return Segment.sendTime(buffer, offset);
    }
}
