package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.SignalDecoder;
import java.math.BigDecimal;
import java.util.HexFormat;
import org.agrona.DirectBuffer;

/**
 * A signal body for people. The layout is that of the Signal message in tickbridge-link.xml, up to its receiveTime.
 *
 * @param hex    the 64 bytes
 * @param fields name=value, space separated; prices in decimal
 */
public record SignalText(String hex, String fields) {
    private static final int PRICE_SCALE = 9;

    static SignalText of(final DirectBuffer buffer, final int offset) {
        final byte[] body = new byte[SignalListener.BODY_LENGTH];
        buffer.getBytes(offset, body);
        final SignalDecoder signal = new SignalDecoder()
                .wrap(buffer, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
        return new SignalText(HexFormat.of().formatHex(body), "number=" + signal.number()
                + " exchangeTime=" + signal.exchangeTime()
                + " instrument=" + Long.toUnsignedString(signal.instrument())
                + " rule=" + signal.rule()
                + " venue=" + signal.venueRaw()
                + " side=" + signal.sideRaw()
                + " bid=" + price(signal.bidPrice()) + "x" + signal.bidQuantity()
                + " ask=" + price(signal.askPrice()) + "x" + signal.askQuantity()
                + " value=" + signal.value());
    }

    private static String price(final long nanos) {
        return BigDecimal.valueOf(nanos, PRICE_SCALE).stripTrailingZeros().toPlainString();
    }
}
