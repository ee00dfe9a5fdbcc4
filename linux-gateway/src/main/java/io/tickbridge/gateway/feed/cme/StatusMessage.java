package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.SecurityStatusDecoder;
import io.tickbridge.gateway.feed.cme.codec.SecurityTradingStatus;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * Template 30, SecurityStatus: whether an instrument, or a whole security group when SecurityID is null, is traded.
 *
 * <p>SecurityTradingStatus (tag 326) 17, ready to trade, is the only status in which a resting quote can be hit at
 * any moment: auctions (21, 24, 25, 15), pauses (2), closes (4, 18, 26), workups of single levels (201, 202) and
 * everything not known (20, or a number of a later version) count as not trading. 103, no change, and null come
 * with events that are not about trading, such as a roll of the trade date, and change nothing.
 */
final class StatusMessage {
    /** What {@link #status} returns for a status that changes nothing. */
    static final int IGNORED = -1;

    private final MarketDataListener listener;
    private final MatchEvent event;

    StatusMessage(final MarketDataListener listener, final MatchEvent event) {
        this.listener = listener;
        this.event = event;
    }

    /** Reads the message; its block must have been found long enough. */
    void read(final WireBytes buffer, final int block) {
        event.begin(buffer.getLong(block + SecurityStatusDecoder.transactTimeEncodingOffset(), LITTLE_ENDIAN));
        final int status =
                status(buffer.getByte(block + SecurityStatusDecoder.securityTradingStatusEncodingOffset()) & 0xFF);
        if (status != IGNORED) {
            final int instrument =
                    buffer.getInt(block + SecurityStatusDecoder.securityIDEncodingOffset(), LITTLE_ENDIAN);
            if (instrument != SecurityStatusDecoder.securityIDNullValue()) {
                listener.onTradingStatus(instrument, status);
            } else {
                listener.onGroupTradingStatus(group(buffer, block), status);
            }
        }
        event.end(buffer.getByte(block + SecurityStatusDecoder.matchEventIndicatorEncodingOffset()));
    }

    /** As the listener knows it. */
    static int status(final int wire) {
        if (wire == SecurityTradingStatus.ReadyToTrade.value()) {
            return MarketDataListener.STATUS_TRADING;
        }
        return wire == SecurityTradingStatus.NoChange.value() || wire == SecurityTradingStatus.NULL_VAL.value()
                ? IGNORED
                : MarketDataListener.STATUS_NOT_TRADING;
    }

    /** The 6 characters, first lowest; CME fills up with NUL. */
    private static long group(final WireBytes buffer, final int block) {
        final int characters = block + SecurityStatusDecoder.securityGroupEncodingOffset();
        return buffer.getInt(characters, LITTLE_ENDIAN) & 0xFFFF_FFFFL
                | (buffer.getShort(characters + Integer.BYTES, LITTLE_ENDIAN) & 0xFFFFL) << Integer.SIZE;
    }
}
