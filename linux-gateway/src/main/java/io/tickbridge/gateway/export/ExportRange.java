package io.tickbridge.gateway.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Which records are exported. Those before are still decoded, so that books are true when the range begins.
 *
 * @param fromIndex  first journal index
 * @param untilIndex journal index after the last
 * @param fromTime   first receive time, ns since the Unix epoch
 * @param untilTime  receive time after the last
 */
public record ExportRange(long fromIndex, long untilIndex, long fromTime, long untilTime) {
    /** Everything. */
    public static final ExportRange ALL = new ExportRange(Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);

    /**
     * Reads what a user wrote.
     *
     * @param from  a journal index such as 0x4e3a00000001, or a time such as 2026-11-22T14:30:00Z; null for the beginning
     * @param until the same, itself left out; null for the end
     * @return the range
     * @throws ExportException when it is neither
     */
    public static ExportRange of(final String from, final String until) {
        final ExportRange range = new ExportRange(
                isIndex(from) ? index(from) : Long.MIN_VALUE, isIndex(until) ? index(until) : Long.MAX_VALUE,
                from == null || isIndex(from) ? Long.MIN_VALUE : time(from),
                until == null || isIndex(until) ? Long.MAX_VALUE : time(until));
        if (range.isEmpty()) {
            throw new ExportException("nothing lies from " + from + " until " + until + ", which is itself left out: the first must be "
                    + "the earlier one");
        }
        return range;
    }

    /** Whether nothing can lie in it. */
    private boolean isEmpty() {
        return fromIndex >= untilIndex || fromTime >= untilTime;
    }

    boolean contains(final long index, final long time) {
        return index >= fromIndex && index < untilIndex && time >= fromTime && time < untilTime;
    }

    private static boolean isIndex(final String text) {
        return text != null && text.startsWith("0x");
    }

    private static long index(final String text) {
        try {
            return Long.parseUnsignedLong(text.substring(2), 16);
        } catch (final NumberFormatException e) {
            throw new ExportException("\"" + text + "\" is no journal index: write it as replay --signals does, like 0x4e3a00000001", e);
        }
    }

    private static long time(final String text) {
        try {
            final Instant time = Instant.parse(text);
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), TimeUnit.SECONDS.toNanos(1)), time.getNano());
        } catch (final DateTimeException | ArithmeticException e) {
            throw new ExportException("\"" + text + "\" is neither a time like 2026-11-22T14:30:00Z nor a journal index like "
                    + "0x4e3a00000001", e);
        }
    }
}
