package io.tickbridge.gateway.book;

import io.tickbridge.protocol.Venue;

/** The venues' own keys, from and to text. Cold path. */
public final class InstrumentKey {
    private static final int SYMBOL_LENGTH = 8;

    private InstrumentKey() {
    }

    /**
     * The key of an instrument as a configuration names it.
     *
     * @param venue where it trades
     * @param id    CME: SecurityID in decimal; IEX: the symbol, at most 8 ASCII characters
     * @return the key as feeds state it
     * @throws IllegalArgumentException when the text is neither; the message says what was found and allowed
     */
    public static long of(final Venue venue, final String id) {
        if (venue == Venue.CME) {
            try {
                return Integer.parseInt(id);
            } catch (final NumberFormatException e) {
                throw new IllegalArgumentException("'" + id + "' is no CME SecurityID: a decimal number of 32 bits", e);
            }
        }
        return pack(id, ' ');
    }

    /**
     * The number that stands for a security group.
     *
     * @param group at most 8 ASCII characters
     * @return first character lowest, padded with zero bytes
     * @throws IllegalArgumentException when the text is longer or not ASCII
     */
    public static long ofGroup(final String group) {
        return pack(group.strip(), '\0');
    }

    /**
     * A key as text.
     *
     * @param venue where the instrument trades
     * @param key   its key
     * @return CME: the SecurityID in decimal; else the symbol without padding
     */
    public static String text(final Venue venue, final long key) {
        if (venue == Venue.CME) {
            return Long.toString(key);
        }
        final StringBuilder symbol = new StringBuilder(SYMBOL_LENGTH);
        for (int i = 0; i < SYMBOL_LENGTH; i++) {
            final char c = (char) (key >>> i * Byte.SIZE & 0xff);
            // A damaged symbol must not break the lines and columns of what is printed.
            symbol.append(c == 0 ? ' ' : c < ' ' || c > '~' ? '?' : c);
        }
        return symbol.toString().stripTrailing();
    }

    private static long pack(final String text, final char padding) {
        if (text.isEmpty() || text.length() > SYMBOL_LENGTH || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException("'" + text + "' is not 1 to 8 printable ASCII characters without space");
        }
        long key = 0;
        for (int i = SYMBOL_LENGTH - 1; i >= 0; i--) {
            key = key << Byte.SIZE | (i < text.length() ? text.charAt(i) : padding);
        }
        return key;
    }
}
