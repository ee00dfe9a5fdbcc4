package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.iex.IexSymbol;
import io.tickbridge.protocol.Venue;

/** The venues' own keys, from and to text. Cold path. */
public final class InstrumentKey {
    private InstrumentKey() {
    }

    /**
     * The key of an instrument as a configuration names it.
     *
     * @param venue where it trades
     * @param id    CME: SecurityID in decimal; IEX: the symbol
     * @return the key as feeds state it
     * @throws IllegalArgumentException when the text is neither; the message says what was found and allowed
     */
    public static long of(final Venue venue, final String id) {
        if (venue != Venue.CME) {
            return IexSymbol.key(id);
        }
        try {
            return Integer.parseInt(id);
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a CME SecurityID is a decimal number of 32 bits, found \"" + id + "\"", e);
        }
    }

    /**
     * The number that stands for a CME security group.
     *
     * @param group at most 8 ASCII characters
     * @return first character lowest, padded with zero bytes
     * @throws IllegalArgumentException when the text is empty, longer, or not printable ASCII
     */
    public static long ofGroup(final String group) {
        if (!group.matches("[!-~]{1,8}")) {
            throw new IllegalArgumentException(
                    "a security group has 1 to 8 printable ASCII characters without blanks, found \"" + group + "\"");
        }
        long key = 0;
        for (int i = group.length() - 1; i >= 0; i--) {
            key = key << Byte.SIZE | group.charAt(i);
        }
        return key;
    }

    /**
     * A key as text.
     *
     * @param venue where the instrument trades
     * @param key   its key
     * @return CME: the SecurityID in decimal; else the symbol without padding, a question mark for each character
     *         that no symbol has, so that a damaged one breaks no line
     */
    public static String text(final Venue venue, final long key) {
        return venue == Venue.CME ? Long.toString(key) : IexSymbol.text(key).replaceAll("[^!-~]", "?");
    }
}
