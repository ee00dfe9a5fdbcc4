package io.tickbridge.gateway.feed.iex;

import static io.tickbridge.gateway.feed.MarketDataListener.NO_PRICE;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * Reads messages whose length has been checked, and tells the {@link EventAssembler} what they say of the market.
 * Messages that say nothing of book, trades, trading status, auctions or retail interest (reference data, short sale
 * restrictions, official prices, the day's milestones) are known and passed over.
 *
 * <p>One thread; allocates nothing.
 */
final class MessageDecoder {
    /** From the wire's 1e-4 to the 1e-9 used inside. */
    static final long PRICE_FACTOR = 100_000;
    private static final long HIGHEST_PRICE = Long.MAX_VALUE / PRICE_FACTOR;

    private final IexProtocol protocol;
    private final EventAssembler events;

    MessageDecoder(final IexProtocol protocol, final EventAssembler events) {
        this.protocol = protocol;
        this.events = events;
    }

    /** What became of a message. */
    enum Outcome {
        DECODED,
        /** Of a type that the protocol's version here does not have. */
        UNKNOWN,
        /** Its content is impossible; whatever it was meant to say is lost. */
        UNUSABLE
    }

    /**
     * Reads one message.
     *
     * @param bytes   look at it
     * @param message where its type byte lies
     * @param length  its bytes, at least what {@link IexProtocol#minimumLength} asks for
     * @return what became of it
     */
    Outcome decode(final WireBytes bytes, final int message, final int length) {
        final int type = length == 0 ? 0 : bytes.getByte(message + MessageLayout.TYPE) & 0xff;
        if (protocol.minimumLength(type) == 0) {
            return Outcome.UNKNOWN;
        }
        switch (type) {
            case 'Q':
                return decodeQuote(bytes, message);
            case '8':
                return decodePriceLevel(bytes, message, MarketDataListener.BID);
            case '5':
                return decodePriceLevel(bytes, message, MarketDataListener.ASK);
            case 'T':
                return decodeTrade(bytes, message);
            case 'H':
                events.onRegulatoryStatus(
                        symbol(bytes, message), timestamp(bytes, message),
                        code(bytes, message) == MessageLayout.TRADING);
                return Outcome.DECODED;
            case 'O':
                events.onOperationalStatus(
                        symbol(bytes, message), timestamp(bytes, message),
                        code(bytes, message) == MessageLayout.NOT_HALTED);
                return Outcome.DECODED;
            case 'B':
                events.onTradeBreak(
                        symbol(bytes, message), timestamp(bytes, message), i64(bytes, message + MessageLayout.TRADE_ID));
                return Outcome.DECODED;
            case 'I':
                events.onRetailInterest(symbol(bytes, message), code(bytes, message));
                return Outcome.DECODED;
            case 'A':
                return decodeAuction(bytes, message);
            case 'C':
                events.onClearBook(symbol(bytes, message), timestamp(bytes, message));
                return Outcome.DECODED;
            case 'R':
                events.onOrderDeleted(symbol(bytes, message), timestamp(bytes, message),
                        i64(bytes, message + MessageLayout.ORDER_ID));
                return Outcome.DECODED;
            case 'a', 'M', 'L':
                return decodeOrder(bytes, message, type);
            default:
                events.endTrades();
                return Outcome.DECODED;
        }
    }

    private Outcome decodeQuote(final WireBytes bytes, final int message) {
        final long bidPrice = i64(bytes, message + MessageLayout.BID_PRICE);
        final long askPrice = i64(bytes, message + MessageLayout.ASK_PRICE);
        final int bidSize = quantity(bytes, message + MessageLayout.BID_SIZE);
        final int askSize = quantity(bytes, message + MessageLayout.ASK_SIZE);
        // A side without quote has size and price 0.
        final boolean hasBid = bidSize != 0;
        final boolean hasAsk = askSize != 0;
        if (hasBid && !isPrice(bidPrice) || hasAsk && !isPrice(askPrice)) {
            return Outcome.UNUSABLE;
        }
        events.onQuote(
                symbol(bytes, message), timestamp(bytes, message),
                (code(bytes, message) & MessageLayout.SYMBOL_NOT_AVAILABLE) == 0,
                hasBid ? bidPrice * PRICE_FACTOR : NO_PRICE, bidSize,
                hasAsk ? askPrice * PRICE_FACTOR : NO_PRICE, askSize);
        return Outcome.DECODED;
    }

    private Outcome decodePriceLevel(final WireBytes bytes, final int message, final int side) {
        final long price = i64(bytes, message + MessageLayout.PRICE);
        if (!isPrice(price)) {
            return Outcome.UNUSABLE;
        }
        events.onPriceLevel(
                symbol(bytes, message), timestamp(bytes, message),
                (code(bytes, message) & MessageLayout.EVENT_COMPLETE) != 0,
                side, price * PRICE_FACTOR, quantity(bytes, message + MessageLayout.SIZE));
        return Outcome.DECODED;
    }

    private Outcome decodeTrade(final WireBytes bytes, final int message) {
        final long price = i64(bytes, message + MessageLayout.PRICE);
        if (!isPrice(price)) {
            return Outcome.UNUSABLE;
        }
        events.onTrade(
                symbol(bytes, message), timestamp(bytes, message),
                price * PRICE_FACTOR, quantity(bytes, message + MessageLayout.SIZE));
        return Outcome.DECODED;
    }

    private Outcome decodeOrder(final WireBytes bytes, final int message, final int type) {
        final long price = i64(bytes, message + MessageLayout.ORDER_PRICE);
        final int size = bytes.getInt(message + MessageLayout.ORDER_SIZE, LITTLE_ENDIAN);
        final int code = code(bytes, message);
        if (!isPrice(price) || size <= 0 || type == 'a' && code != MessageLayout.BUY && code != MessageLayout.SELL) {
            return Outcome.UNUSABLE;
        }
        final long instrument = symbol(bytes, message);
        final long time = timestamp(bytes, message);
        final long order = i64(bytes, message + MessageLayout.ORDER_ID);
        switch (type) {
            case 'a' -> events.onOrderAdded(instrument, time, order,
                    code == MessageLayout.BUY ? MarketDataListener.BID : MarketDataListener.ASK, price * PRICE_FACTOR, size);
            case 'M' -> events.onOrderModified(instrument, time, order, price * PRICE_FACTOR, size,
                    (code & MessageLayout.MAINTAIN_PRIORITY) != 0);
            default -> events.onOrderExecuted(instrument, time, order, price * PRICE_FACTOR, size);
        }
        return Outcome.DECODED;
    }

    private Outcome decodeAuction(final WireBytes bytes, final int message) {
        final long reference = i64(bytes, message + MessageLayout.REFERENCE_PRICE);
        final long clearing = i64(bytes, message + MessageLayout.INDICATIVE_CLEARING_PRICE);
        final int side = bytes.getByte(message + MessageLayout.IMBALANCE_SIDE);
        events.onAuction(symbol(bytes, message), timestamp(bytes, message),
                quantity(bytes, message + MessageLayout.PAIRED_SHARES),
                quantity(bytes, message + MessageLayout.IMBALANCE_SHARES),
                side == 'B' ? MarketDataListener.BID : side == 'S' ? MarketDataListener.ASK : -1,
                isPrice(reference) ? reference * PRICE_FACTOR : NO_PRICE,
                isPrice(clearing) ? clearing * PRICE_FACTOR : NO_PRICE);
        return Outcome.DECODED;
    }

    private static boolean isPrice(final long wire) {
        return wire > 0 && wire <= HIGHEST_PRICE;
    }

    private static int code(final WireBytes bytes, final int message) {
        return bytes.getByte(message + MessageLayout.CODE) & 0xff;
    }

    private static long timestamp(final WireBytes bytes, final int message) {
        return i64(bytes, message + MessageLayout.TIMESTAMP);
    }

    private static long symbol(final WireBytes bytes, final int message) {
        return i64(bytes, message + MessageLayout.SYMBOL);
    }

    /** Unsigned on the wire; what an int cannot hold is shown as the most it can, so that no size turns negative. */
    private static int quantity(final WireBytes bytes, final int index) {
        final int size = bytes.getInt(index, LITTLE_ENDIAN);
        return size < 0 ? Integer.MAX_VALUE : size;
    }

    private static long i64(final WireBytes bytes, final int index) {
        return bytes.getLong(index, LITTLE_ENDIAN);
    }
}
