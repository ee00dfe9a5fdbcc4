package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.cme.codec.MaturityMonthYearDecoder;
import io.tickbridge.gateway.wire.WireBytes;

/** The composite MaturityMonthYear (FIX tag 200) as FIX writes it: YYYYMM, YYYYMMDD or YYYYMMwW. */
final class MaturityText {
    /** Bytes of the composite. */
    static final int LENGTH = MaturityMonthYearDecoder.ENCODED_LENGTH;

    private static final int NO_YEAR = MaturityMonthYearDecoder.yearNullValue();
    private static final int NOTHING = MaturityMonthYearDecoder.dayNullValue();

    private MaturityText() {
    }

    static String of(final WireBytes buffer, final int at) {
        final int year = buffer.getShort(at + MaturityMonthYearDecoder.yearEncodingOffset(), LITTLE_ENDIAN) & 0xFFFF;
        final int month = buffer.getByte(at + MaturityMonthYearDecoder.monthEncodingOffset()) & 0xFF;
        if (year == NO_YEAR || month == NOTHING) {
            return "";
        }
        final String yearAndMonth = two(year / 100) + two(year % 100) + two(month);
        final int day = buffer.getByte(at + MaturityMonthYearDecoder.dayEncodingOffset()) & 0xFF;
        if (day != NOTHING) {
            return yearAndMonth + two(day);
        }
        final int week = buffer.getByte(at + MaturityMonthYearDecoder.weekEncodingOffset()) & 0xFF;
        return week == NOTHING ? yearAndMonth : yearAndMonth + 'w' + week;
    }

    private static String two(final int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
