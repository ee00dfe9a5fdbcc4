package io.tickbridge.gateway.feed.nasdaq;

import static io.tickbridge.gateway.feed.nasdaq.ItchNames.word;
import static java.nio.ByteOrder.BIG_ENDIAN;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** All fields of one message, by name, in the order of the wire. Cold path. */
final class ItchFields {
    private static final int PRICE4_SCALE = 4;
    private static final int PRICE8_SCALE = 8;
    private static final int STOCK_LENGTH = 8;
    private static final int MPID_LENGTH = 4;

    private final DirectBuffer buffer;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    /** Where the next field begins: all fields lie one after the other. */
    private int position;

    private ItchFields(final DirectBuffer buffer, final int message) {
        this.buffer = buffer;
        this.position = message + ItchLayout.STOCK_LOCATE;
    }

    /** Fields of a message whose type is known and whose length is that of its type. */
    static Map<String, Object> of(final DirectBuffer buffer, final int message) {
        final ItchFields fields = new ItchFields(buffer, message);
        fields.u16("stockLocate").u16("trackingNumber").timestamp();
        fields.read((char) (buffer.getByte(message) & 0xff));
        return fields.fields;
    }

    /** What can be said of a message of unknown type. */
    static Map<String, Object> ofUnknown(final int length) {
        return Map.of("unknownBytes", (long) length);
    }

    private void read(final char type) {
        switch (type) {
            case 'S' -> code("systemEvent", ItchNames.SYSTEM_EVENT);
            case 'R' -> stock().code("marketCategory", ItchNames.MARKET_CATEGORY)
                    .code("financialStatus", ItchNames.FINANCIAL_STATUS).u32("roundLotSize")
                    .code("roundLotsOnly", ItchNames.YES_NO).character("issueClassification").alpha("issueSubType", 2)
                    .code("authenticity", ItchNames.AUTHENTICITY).code("shortSaleThreshold", ItchNames.YES_NO)
                    .code("ipoFlag", ItchNames.IPO_FLAG).code("luldTier", ItchNames.LULD_TIER)
                    .code("etpFlag", ItchNames.YES_NO).u32("etpLeverageFactor").code("inverse", ItchNames.YES_NO);
            case 'H' -> stock().code("tradingState", ItchNames.TRADING_STATE).skip(1).alpha("reason", 4);
            case 'Y' -> stock().code("regShoAction", ItchNames.REG_SHO_ACTION);
            case 'L' -> alpha("mpid", MPID_LENGTH).stock().code("primaryMarketMaker", ItchNames.YES_NO)
                    .code("marketMakerMode", ItchNames.MARKET_MAKER_MODE)
                    .code("participantState", ItchNames.PARTICIPANT_STATE);
            case 'V' -> price8("level1").price8("level2").price8("level3");
            case 'W' -> code("breachedLevel", ItchNames.BREACHED_LEVEL);
            case 'K' -> stock().u32("quotationReleaseTime").code("quotationRelease", ItchNames.QUOTATION_RELEASE)
                    .price4("ipoPrice");
            case 'J' -> stock().price4("collarReferencePrice").price4("upperCollarPrice").price4("lowerCollarPrice")
                    .u32("collarExtension");
            case 'h' -> stock().code("market", ItchNames.MARKET_CODE).code("operationalHalt", ItchNames.HALT_ACTION);
            case 'A' -> addOrder();
            case 'F' -> addOrder().alpha("attribution", MPID_LENGTH);
            case 'E' -> u64("order").u32("executedShares").u64("match");
            case 'C' -> u64("order").u32("executedShares").u64("match").code("printable", ItchNames.YES_NO)
                    .price4("executionPrice");
            case 'X' -> u64("order").u32("canceledShares");
            case 'D' -> u64("order");
            case 'U' -> u64("originalOrder").u64("newOrder").u32("shares").price4("price");
            case 'P' -> addOrder().u64("match");
            case 'Q' -> u64("shares").stock().price4("crossPrice").u64("match").code("crossType", ItchNames.CROSS_TYPE);
            case 'B' -> u64("match");
            case 'I' -> u64("pairedShares").u64("imbalanceShares")
                    .code("imbalanceDirection", ItchNames.IMBALANCE_DIRECTION).stock().price4("farPrice")
                    .price4("nearPrice").price4("currentReferencePrice").code("crossType", ItchNames.CROSS_TYPE)
                    .character("priceVariation");
            case 'N' -> stock().code("interest", ItchNames.INTEREST);
            case 'O' -> stock().code("openEligible", ItchNames.YES_NO).price4("minimumAllowablePrice")
                    .price4("maximumAllowablePrice").price4("nearExecutionPrice").u64("nearExecutionTime")
                    .price4("lowerPriceRangeCollar").price4("upperPriceRangeCollar");
            default -> throw new IllegalArgumentException("no message type '" + type + "'");
        }
    }

    /** What the Add Order Messages and the Trade Message share. */
    private ItchFields addOrder() {
        return u64("order").code("side", ItchNames.SIDE).u32("shares").stock().price4("price");
    }

    private ItchFields stock() {
        return alpha("stock", STOCK_LENGTH);
    }

    private void timestamp() {
        final long nanos = (buffer.getShort(position, BIG_ENDIAN) & 0xffffL) << Integer.SIZE
                | buffer.getInt(position + Short.BYTES, BIG_ENDIAN) & 0xffff_ffffL;
        put("timestamp", Short.BYTES + Integer.BYTES, nanos);
    }

    private ItchFields u16(final String name) {
        return put(name, Short.BYTES, buffer.getShort(position, BIG_ENDIAN) & 0xffffL);
    }

    private ItchFields u32(final String name) {
        return put(name, Integer.BYTES, buffer.getInt(position, BIG_ENDIAN) & 0xffff_ffffL);
    }

    private ItchFields u64(final String name) {
        final long bits = buffer.getLong(position, BIG_ENDIAN);
        return put(name, Long.BYTES, bits >= 0 ? (Object) bits : new BigDecimal(Long.toUnsignedString(bits)));
    }

    private ItchFields price4(final String name) {
        final long units = buffer.getInt(position, BIG_ENDIAN) & 0xffff_ffffL;
        return put(name, Integer.BYTES, BigDecimal.valueOf(units, PRICE4_SCALE));
    }

    private ItchFields price8(final String name) {
        final BigInteger units = new BigInteger(Long.toUnsignedString(buffer.getLong(position, BIG_ENDIAN)));
        return put(name, Long.BYTES, new BigDecimal(units, PRICE8_SCALE));
    }

    private ItchFields alpha(final String name, final int length) {
        return put(name, length, buffer.getStringWithoutLengthAscii(position, length).stripTrailing());
    }

    private ItchFields character(final String name) {
        return put(name, 1, String.valueOf((char) (buffer.getByte(position) & 0xff)).strip());
    }

    private ItchFields code(final String name, final Map<Character, String> words) {
        return put(name, 1, word(words, buffer.getByte(position) & 0xff));
    }

    private ItchFields skip(final int length) {
        position += length;
        return this;
    }

    private ItchFields put(final String name, final int length, final Object value) {
        fields.put(name, value);
        return skip(length);
    }
}
