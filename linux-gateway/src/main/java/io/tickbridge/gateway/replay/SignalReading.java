package io.tickbridge.gateway.replay;

import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.SignalDecoder;
import io.tickbridge.protocol.Venue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.agrona.DirectBuffer;

/** Why a signal fired, for people: when, which rule, on what, to which side, and its value in the unit of its kind (SIGNALS.md). */
final class SignalReading {
    private static final int PRICE_SCALE = 9;
    private static final int PER_CENT_SCALE = 4; // of parts per million
    private static final List<String> CHANGES = List.of("bid price", "bid quantity", "offer price", "offer quantity");

    private SignalReading() {
    }

    /** Tab separated: UTC time of the exchange, rule, symbol, side, value, best bid and offer. */
    static String of(final RunNames names, final LongFunction<String> defined, final DirectBuffer body, final int offset) {
        final SignalDecoder signal = new SignalDecoder()
                .wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
        final String kind = names.rule(signal.rule());
        return String.join("\t", Instant.ofEpochSecond(0, signal.exchangeTime()).toString(),
                ("rule " + signal.rule() + ' ' + kind).strip(), names.symbol(venue(signal.venueRaw()), signal.instrument(), defined),
                side(signal.sideRaw()), value(kind, signal.value()),
                "bid " + price(signal.bidPrice()) + " x " + signal.bidQuantity() + ", offer " + price(signal.askPrice()) + " x "
                + signal.askQuantity());
    }

    private static Venue venue(final short number) {
        for (final Venue venue : Venue.values()) {
            if (venue.value() == number) {
                return venue;
            }
        }
        return Venue.NULL_VAL;
    }

    private static String side(final short number) {
        return number == Side.BUY.value() ? "BUY" : number == Side.SELL.value() ? "SELL" : "no side";
    }

    private static String value(final String kind, final long value) {
        return switch (kind) {
            case "top-of-book" -> changed(value) + " changed";
            case "microprice-cross" -> "microprice " + price(value);
            case "book-imbalance" -> "imbalance " + decimal(value, PER_CENT_SCALE) + " %";
            case "order-flow-imbalance" -> "flow " + value + " contracts or shares";
            case "sweep" -> value + " price levels traded";
            case "spread-widening" -> "spread " + value + " ticks";
            default -> "value " + value;
        };
    }

    private static String changed(final long bits) {
        final List<String> names = new ArrayList<>();
        for (int bit = 0; bit < CHANGES.size(); bit++) {
            if ((bits >>> bit & 1) != 0) {
                names.add(CHANGES.get(bit));
            }
        }
        return String.join(", ", names);
    }

    private static String price(final long units) {
        return units == Long.MIN_VALUE || units == Long.MAX_VALUE ? "none" : decimal(units, PRICE_SCALE);
    }

    private static String decimal(final long units, final int scale) {
        return BigDecimal.valueOf(units, scale).stripTrailingZeros().toPlainString();
    }
}
