package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.MessageInspector;
import io.tickbridge.gateway.feed.nasdaq.ItchInspector;
import io.tickbridge.gateway.feed.nasdaq.MoldPacket;
import io.tickbridge.gateway.feed.nasdaq.NasdaqFeedHandler;
import io.tickbridge.protocol.Venue;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Nasdaq TotalView-ITCH 5.0 over MoldUDP64, or in a file of messages. Lines belong together when they name the
 * same session and say the same in it.
 */
final class NasdaqFeed implements InspectedFeed {

    @Override
    public String description() {
        return "MoldUDP64 with Nasdaq TotalView-ITCH 5.0, or a BinaryFILE of it";
    }

    @Override
    public Venue venue() {
        return Venue.NASDAQ;
    }

    @Override
    public Object channelOf(final int address, final int port, final DirectBuffer buffer, final int offset, final int length) {
        return MoldPacket.isSound(buffer, offset, length) ? MoldPacket.session(buffer, offset) : null;
    }

    /** A session's name is no more than ten characters, often blanks or a number: other feeds may have the same. */
    @Override
    public int fingerprints(final DirectBuffer buffer, final int offset, final int length, final long[] prints) {
        return MoldPacket.isSound(buffer, offset, length) ? MoldPacket.fingerprints(buffer, offset, prints) : 0;
    }

    @Override
    public int units(final DirectBuffer buffer, final int offset, final int length) {
        return MoldPacket.isSound(buffer, offset, length) ? MoldPacket.messages(buffer, offset) : -1;
    }

    @Override
    public String session(final DirectBuffer buffer, final int offset) {
        return MoldPacket.session(buffer, offset);
    }

    @Override
    public boolean handlesLines() {
        return true;
    }

    @Override
    public DirectBuffer withoutFirst(final DirectBuffer buffer, final int offset, final int length, final int units) {
        return MoldPacket.withoutFirst(buffer, offset, length, units);
    }

    @Override
    public Optional<MessageFile> messageFile(final Path file) {
        return ItchFile.recognise(file);
    }

    @Override
    public MessageInspector inspector() {
        return new ItchInspector();
    }

    @Override
    public FeedHandler handler(
            final DirectBuffer buffer, final int offset, final int length, final MarketDataListener listener) {
        return new NasdaqFeedHandler(MAX_LINES, REORDER_WINDOW, REORDER_TIMEOUT, REORDER_WAIT, listener);
    }

    @Override
    public boolean tellsOrders(final DirectBuffer buffer, final int offset, final int length) {
        return true;
    }

    @Override
    public String definitionsComeFrom() {
        return "of Nasdaq's stock directory the gateway takes the symbols and no more, and it is sent once, before the market opens";
    }

    @Override
    public String statisticsComeFrom() {
        return "Nasdaq sends none; its imbalances, collars and price discovery are shown by `decode`";
    }

    @Override
    public String ordersComeFrom() {
        return "Nasdaq tells of each once, when it is entered: take a capture of the whole day, from sequence number 1 and without holes";
    }

    @Override
    public long sequence(final DirectBuffer buffer, final int offset, final int length) {
        return length < MoldPacket.HEADER_LENGTH ? -1 : MoldPacket.sequence(buffer, offset);
    }

    @Override
    public long sendTime(final DirectBuffer buffer, final int offset, final int length) {
        return Math.max(0, MoldPacket.firstTimestamp(buffer, offset, length));
    }
}
