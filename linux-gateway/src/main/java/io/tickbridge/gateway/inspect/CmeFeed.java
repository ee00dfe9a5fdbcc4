package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.MessageInspector;
import io.tickbridge.gateway.feed.cme.CmeFeedHandler;
import io.tickbridge.gateway.feed.cme.CmeInspector;
import io.tickbridge.gateway.feed.cme.PacketHeader;
import io.tickbridge.protocol.Venue;
import org.agrona.DirectBuffer;

/**
 * CME MDP 3.0. Lines A and B of a channel have ports that differ by 1000, A's thousands being even: 14310 and 15310 are
 * the incremental lines of channel 310 ("MDP 3.0 - Channel Definitions" as CME publishes them).
 */
final class CmeFeed implements InspectedFeed {
    private static final int THOUSAND = 1000;

    @Override
    public String description() {
        return "CME MDP 3.0";
    }

    @Override
    public Venue venue() {
        return Venue.CME;
    }

    @Override
    public Object channelOf(final int address, final int port, final DirectBuffer buffer, final int offset, final int length) {
        return port / (2 * THOUSAND) * THOUSAND + port % THOUSAND;
    }

    @Override
    public int units(final DirectBuffer buffer, final int offset, final int length) {
        return length < PacketHeader.LENGTH ? -1 : 1;
    }

    @Override
    public boolean handlesLines() {
        return false;
    }

    @Override
    public MessageInspector inspector() {
        return new CmeInspector();
    }

    @Override
    public FeedHandler handler(
            final DirectBuffer buffer, final int offset, final int length, final MarketDataListener listener) {
        return new CmeFeedHandler(new boolean[] {false, true}, 0, 0, 0, listener);
    }

    @Override
    public Content content(final DirectBuffer buffer, final int offset, final int length) {
        if (CmeFeedHandler.statesAll(buffer, offset, length)) {
            return Content.STATE;
        }
        return CmeFeedHandler.tellsNothing(buffer, offset, length) ? Content.NEITHER : Content.CHANGE;
    }

    /** A channel's number is the last three digits of all its ports: 310 of 14310, 22310 and 23310. */
    @Override
    public long family(final CaptureChannel channel) {
        return channel.lines().get(0).port() % THOUSAND;
    }

    @Override
    public String definitionsComeFrom() {
        return "CME repeats them on the channel's instrument feed (lines of `carries: definitions`), not among the changes: add a "
                + "capture of that";
    }

    @Override
    public String statisticsComeFrom() {
        return "CME sends them as they change, and with the snapshots of levels (lines of `carries: snapshot`): add a capture of those";
    }

    @Override
    public String ordersComeFrom() {
        return "CME tells of them in market-by-order messages (templates 43 and 47) from the beginning of the week, and repeats "
                + "those that stand on the channel's order snapshot feed (lines of `carries: snapshot-orders`): add a capture of that";
    }

    @Override
    public long sequence(final DirectBuffer buffer, final int offset, final int length) {
        return length < PacketHeader.LENGTH ? -1 : PacketHeader.sequence(buffer, offset);
    }

    @Override
    public long sendTime(final DirectBuffer buffer, final int offset, final int length) {
        return PacketHeader.sendingTime(buffer, offset);
    }
}
