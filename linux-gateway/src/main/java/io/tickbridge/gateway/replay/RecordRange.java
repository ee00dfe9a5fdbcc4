package io.tickbridge.gateway.replay;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;

/**
 * A part of a journal, by index or by time, both ends included.
 *
 * @param fromIndex first index
 * @param toIndex   last index
 * @param fromTime  first time, ns since the Unix epoch
 * @param toTime    last time
 */
public record RecordRange(long fromIndex, long toIndex, long fromTime, long toTime) {
    /** The whole journal. */
    public static final RecordRange ALL = new RecordRange(0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);

    private static final String INDEX_PREFIX = "0x";

    /**
     * Reads the two ends as people write them: an index as replay prints it, with 0x before it, or a time of ISO 8601 in
     * UTC, as {@code 2026-11-22T14:30:00.5Z}.
     *
     * @param from first, or null for the journal's beginning
     * @param to   last, or null for its end
     * @return what lies between
     * @throws IllegalArgumentException saying what was found and what is allowed
     */
    public static RecordRange parse(final String from, final String to) {
        final boolean byIndexFrom = from != null && from.startsWith(INDEX_PREFIX);
        final boolean byIndexTo = to != null && to.startsWith(INDEX_PREFIX);
        final RecordRange range = new RecordRange(
                byIndexFrom ? index(from) : ALL.fromIndex, byIndexTo ? index(to) : ALL.toIndex,
                from == null || byIndexFrom ? ALL.fromTime : time(from), to == null || byIndexTo ? ALL.toTime : time(to));
        if (range.fromIndex > range.toIndex || range.fromTime > range.toTime) {
            throw new IllegalArgumentException(from + " lies after " + to + ": nothing lies between");
        }
        return range;
    }

    private static long index(final String text) {
        try {
            return Long.parseLong(text.substring(INDEX_PREFIX.length()), 16);
        } catch (final NumberFormatException e) {
            throw refused(text, e);
        }
    }

    private static long time(final String text) {
        try {
            final Instant instant = Instant.parse(text);
            return Math.addExact(TimeUnit.SECONDS.toNanos(instant.getEpochSecond()), instant.getNano());
        } catch (final DateTimeParseException | ArithmeticException e) {
            throw refused(text, e);
        }
    }

    private static IllegalArgumentException refused(final String text, final Exception cause) {
        return new IllegalArgumentException("found " + text
                + ", allowed: a journal index such as 0x50b100000000, or a time such as 2026-11-22T14:30:00.5Z", cause);
    }

    /**
     * Whether a record lies in it.
     *
     * @param index of the record
     * @param time  of the record, ns since the Unix epoch
     * @return true when it does
     */
    public boolean contains(final long index, final long time) {
        return index >= fromIndex && index <= toIndex && time >= fromTime && time <= toTime;
    }

    /**
     * Whether nothing more can lie in it. Times may go back, so that only an index tells.
     *
     * @param index of a record
     * @return true when it is behind the last
     */
    public boolean isBehind(final long index) {
        return index > toIndex;
    }
}
