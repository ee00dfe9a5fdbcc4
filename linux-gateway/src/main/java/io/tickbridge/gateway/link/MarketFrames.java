package io.tickbridge.gateway.link;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.InstrumentDefinitionEncoder;
import io.tickbridge.protocol.InstrumentStateEncoder;
import io.tickbridge.protocol.Link;
import io.tickbridge.protocol.QuoteEncoder;
import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.SignalDefinitionEncoder;
import io.tickbridge.protocol.SignalEncoder;
import io.tickbridge.protocol.TradeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes the frames that speak of instruments, signals and the market. One thread. */
final class MarketFrames {
    static final int SIGNAL_DEFINITION_LENGTH = Link.HEADER_LENGTH + SignalDefinitionEncoder.BLOCK_LENGTH;
    static final int INSTRUMENT_DEFINITION_LENGTH = Link.HEADER_LENGTH + InstrumentDefinitionEncoder.BLOCK_LENGTH;
    static final int STATE_LENGTH = Link.HEADER_LENGTH + InstrumentStateEncoder.BLOCK_LENGTH;
    static final int QUOTE_LENGTH = Link.HEADER_LENGTH + QuoteEncoder.BLOCK_LENGTH;
    static final int TRADE_LENGTH = Link.HEADER_LENGTH + TradeEncoder.BLOCK_LENGTH;

    private static final int RECEIVE_TIME_OFFSET = Link.HEADER_LENGTH + SignalEncoder.receiveTimeEncodingOffset();

    private final FrameHeaders headers = new FrameHeaders();
    private final SignalDefinitionEncoder signalDefinition = new SignalDefinitionEncoder();
    private final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
    private final InstrumentStateEncoder state = new InstrumentStateEncoder();
    private final QuoteEncoder quote = new QuoteEncoder();
    private final TradeEncoder trade = new TradeEncoder();

    void signalDefinition(
            final MutableDirectBuffer buffer, final int offset, final SignalDescription signal, final long sequence,
            final long now) {
        headers.write(buffer, offset, SignalDefinitionEncoder.TEMPLATE_ID, SignalDefinitionEncoder.BLOCK_LENGTH, 0,
                sequence, now);
        signalDefinition.wrap(buffer, offset + Link.HEADER_LENGTH)
                .rule(signal.rule())
                .name(WireText.fit(signal.name(), SignalDefinitionEncoder.nameLength()))
                .parameters(WireText.fit(signal.parameters(), SignalDefinitionEncoder.parametersLength()));
    }

    void instrumentDefinition(
            final MutableDirectBuffer buffer, final int offset, final LinkedInstrument instrument, final long sequence,
            final long now) {
        headers.write(buffer, offset, InstrumentDefinitionEncoder.TEMPLATE_ID,
                InstrumentDefinitionEncoder.BLOCK_LENGTH, 0, sequence, now);
        definition.wrap(buffer, offset + Link.HEADER_LENGTH)
                .instrument(instrument.book.instrument())
                .priceIncrement(instrument.book.tickSize() == 0
                        ? InstrumentDefinitionEncoder.priceIncrementNullValue() : instrument.book.tickSize())
                .venue(instrument.book.venue())
                .channel(instrument.book.feed())
                .symbol(WireText.fit(instrument.book.symbol(), InstrumentDefinitionEncoder.symbolLength()));
    }

    void state(
            final MutableDirectBuffer buffer, final int offset, final LinkedInstrument instrument, final int flags,
            final long sequence, final long now) {
        headers.write(buffer, offset, InstrumentStateEncoder.TEMPLATE_ID, InstrumentStateEncoder.BLOCK_LENGTH, flags,
                sequence, now);
        state.wrap(buffer, offset + Link.HEADER_LENGTH)
                .instrument(instrument.book.instrument())
                .exchangeTime(instrument.stateTime)
                .venue(instrument.book.venue())
                .state(instrument.state);
    }

    /** The body goes as the engine wrote it: the bytes that are journalled are the bytes that are sent. */
    void signal(
            final MutableDirectBuffer buffer, final int offset, final DirectBuffer body, final int bodyOffset,
            final long receiveTime, final long sequence, final long now) {
        headers.write(buffer, offset, SignalEncoder.TEMPLATE_ID, SignalEncoder.BLOCK_LENGTH, Link.FLAG_SEQUENCED,
                sequence, now);
        buffer.putBytes(offset + Link.HEADER_LENGTH, body, bodyOffset, SignalListener.BODY_LENGTH);
        buffer.putLong(offset + RECEIVE_TIME_OFFSET, receiveTime, SignalEncoder.BYTE_ORDER);
    }

    void quote(
            final MutableDirectBuffer buffer, final int offset, final LinkedInstrument instrument, final int conflated,
            final long sequence, final long now) {
        headers.write(buffer, offset, QuoteEncoder.TEMPLATE_ID, QuoteEncoder.BLOCK_LENGTH, 0, sequence, now);
        quote.wrap(buffer, offset + Link.HEADER_LENGTH)
                .instrument(instrument.book.instrument())
                .exchangeTime(instrument.quoteTime)
                .bidPrice(instrument.bidPrice)
                .askPrice(instrument.askPrice)
                .bidQuantity(instrument.bidQuantity)
                .askQuantity(instrument.askQuantity)
                .conflated(conflated)
                .venue(instrument.book.venue())
                .state(instrument.state);
    }

    void trade(
            final MutableDirectBuffer buffer, final int offset, final LinkedInstrument instrument,
            final long exchangeTime, final long price, final int quantity, final int aggressor, final long skipped,
            final long sequence, final long now) {
        headers.write(buffer, offset, TradeEncoder.TEMPLATE_ID, TradeEncoder.BLOCK_LENGTH, 0, sequence, now);
        trade.wrap(buffer, offset + Link.HEADER_LENGTH)
                .instrument(instrument.book.instrument())
                .exchangeTime(exchangeTime)
                .price(price)
                .quantity(quantity)
                .skipped(skipped)
                .venue(instrument.book.venue())
                .aggressor(side(aggressor));
    }

    private static Side side(final int aggressor) {
        return switch (aggressor) {
            case MarketDataListener.BID -> Side.BUY;
            case MarketDataListener.ASK -> Side.SELL;
            default -> Side.NONE;
        };
    }
}
