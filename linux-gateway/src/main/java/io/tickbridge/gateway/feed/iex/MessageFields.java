package io.tickbridge.gateway.feed.iex;

import static io.tickbridge.gateway.feed.iex.FieldNames.word;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** All fields of one message, by name, in the order of the wire. Cold path. */
final class MessageFields {
    private static final int PRICE_SCALE = 4;

    private final DirectBuffer buffer;
    private final int message;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private MessageFields(final DirectBuffer buffer, final int message) {
        this.buffer = buffer;
        this.message = message;
    }

    /** Fields of a message whose type is known and whose length suffices; bytes of a later version are counted. */
    static Map<String, Object> of(final DirectBuffer buffer, final int message, final int length) {
        final MessageFields fields = new MessageFields(buffer, message);
        final char type = (char) (buffer.getByte(message + MessageLayout.TYPE) & 0xff);
        fields.read(type);
        final int further = length - MessageLayout.length(type);
        if (further > 0) {
            fields.fields.put("furtherBytes", (long) further);
        }
        return fields.fields;
    }

    /** What can be said of a message of unknown type. */
    static Map<String, Object> ofUnknown(final int length) {
        return Map.of("unknownBytes", (long) length);
    }

    private void read(final char type) {
        final int code = u8(MessageLayout.CODE);
        switch (type) {
            case 'S' -> text("systemEvent", word(FieldNames.SYSTEM_EVENT, code)).timestamp();
            case 'D' -> text("flags", FieldNames.directoryFlags(code)).timestamp().symbol()
                    .size("roundLotSize", MessageLayout.ROUND_LOT_SIZE)
                    .price("adjustedPocPrice", MessageLayout.ADJUSTED_POC_PRICE)
                    .text("luldTier", word(FieldNames.LULD_TIER, u8(MessageLayout.LULD_TIER)));
            case 'H' -> text("tradingStatus", word(FieldNames.TRADING_STATUS, code)).timestamp().symbol()
                    .text("reason", ascii(MessageLayout.REASON, MessageLayout.REASON_LENGTH));
            case 'O' -> text("operationalHaltStatus", word(FieldNames.OPERATIONAL_HALT_STATUS, code))
                    .timestamp().symbol();
            case 'P' -> text("shortSalePriceTestStatus", word(FieldNames.SHORT_SALE_PRICE_TEST_STATUS, code))
                    .timestamp().symbol()
                    .text("detail", word(FieldNames.SHORT_SALE_PRICE_TEST_DETAIL, u8(MessageLayout.DETAIL)));
            case 'I' -> text("retailLiquidityIndicator", word(FieldNames.RETAIL_LIQUIDITY, code))
                    .timestamp().symbol();
            case 'E' -> text("securityEvent", word(FieldNames.SECURITY_EVENT, code)).timestamp().symbol();
            case '8', '5' -> text("side", type == '8' ? "BUY" : "SELL")
                    .text("eventFlags", word(FieldNames.EVENT_FLAGS, code)).timestamp().symbol()
                    .size("size", MessageLayout.SIZE)
                    .price("price", MessageLayout.PRICE);
            case 'Q' -> text("flags", FieldNames.quoteFlags(code)).timestamp().symbol()
                    .size("bidSize", MessageLayout.BID_SIZE)
                    .price("bidPrice", MessageLayout.BID_PRICE)
                    .price("askPrice", MessageLayout.ASK_PRICE)
                    .size("askSize", MessageLayout.ASK_SIZE);
            case 'T', 'B' -> text("saleConditionFlags", FieldNames.saleConditionFlags(code)).timestamp().symbol()
                    .size("size", MessageLayout.SIZE)
                    .price("price", MessageLayout.PRICE)
                    .number("tradeId", i64(MessageLayout.TRADE_ID));
            case 'X' -> text("priceType", word(FieldNames.PRICE_TYPE, code)).timestamp().symbol()
                    .price("officialPrice", MessageLayout.OFFICIAL_PRICE);
            case 'A' -> auction(code);
            case 'a' -> text("side", word(FieldNames.SIDE, code)).timestamp().symbol().order();
            case 'M' -> text("modifyFlags", FieldNames.modifyFlags(code)).timestamp().symbol().order();
            case 'R' -> timestamp().symbol().number("orderId", i64(MessageLayout.ORDER_ID));
            case 'L' -> text("saleConditionFlags", FieldNames.saleConditionFlags(code)).timestamp().symbol().order()
                    .number("tradeId", i64(MessageLayout.EXECUTION_TRADE_ID));
            case 'C' -> timestamp().symbol();
            default -> throw new IllegalArgumentException("no message type '" + type + "'");
        }
    }

    private void auction(final int code) {
        text("auctionType", word(FieldNames.AUCTION_TYPE, code)).timestamp().symbol()
                .size("pairedShares", MessageLayout.PAIRED_SHARES)
                .price("referencePrice", MessageLayout.REFERENCE_PRICE)
                .price("indicativeClearingPrice", MessageLayout.INDICATIVE_CLEARING_PRICE)
                .size("imbalanceShares", MessageLayout.IMBALANCE_SHARES)
                .text("imbalanceSide", word(FieldNames.IMBALANCE_SIDE, u8(MessageLayout.IMBALANCE_SIDE)))
                .number("extensionNumber", u8(MessageLayout.EXTENSION_NUMBER))
                .size("scheduledAuctionTime", MessageLayout.SCHEDULED_AUCTION_TIME)
                .price("auctionBookClearingPrice", MessageLayout.AUCTION_BOOK_CLEARING_PRICE)
                .price("collarReferencePrice", MessageLayout.COLLAR_REFERENCE_PRICE)
                .price("lowerAuctionCollar", MessageLayout.LOWER_AUCTION_COLLAR)
                .price("upperAuctionCollar", MessageLayout.UPPER_AUCTION_COLLAR);
    }

    private MessageFields order() {
        return number("orderId", i64(MessageLayout.ORDER_ID)).size("size", MessageLayout.ORDER_SIZE)
                .price("price", MessageLayout.ORDER_PRICE);
    }

    private MessageFields timestamp() {
        return number("timestamp", i64(MessageLayout.TIMESTAMP));
    }

    private MessageFields symbol() {
        return text("symbol", IexSymbol.text(i64(MessageLayout.SYMBOL)));
    }

    /** An unsigned 32-bit number. */
    private MessageFields size(final String name, final int field) {
        return number(name, buffer.getInt(message + field, LITTLE_ENDIAN) & 0xffff_ffffL);
    }

    private MessageFields price(final String name, final int field) {
        fields.put(name, BigDecimal.valueOf(i64(field), PRICE_SCALE));
        return this;
    }

    private MessageFields number(final String name, final long value) {
        fields.put(name, value);
        return this;
    }

    private MessageFields text(final String name, final String value) {
        fields.put(name, value);
        return this;
    }

    private int u8(final int field) {
        return buffer.getByte(message + field) & 0xff;
    }

    private long i64(final int field) {
        return buffer.getLong(message + field, LITTLE_ENDIAN);
    }

    private String ascii(final int field, final int length) {
        return buffer.getStringWithoutLengthAscii(message + field, length).stripTrailing();
    }
}
