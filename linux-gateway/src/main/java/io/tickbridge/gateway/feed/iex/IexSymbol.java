package io.tickbridge.gateway.feed.iex;

import java.nio.charset.StandardCharsets;

/**
 * An instrument's key on IEX: the 8 bytes of its symbol as they are on the wire, first character in the lowest byte,
 * padded with spaces on the right ("Data Types", String).
 */
public final class IexSymbol {
    /** Most characters of a symbol. */
    public static final int LENGTH = 8;

    private IexSymbol() {
    }

    /**
     * The key of a symbol.
     *
     * @param symbol 1 to 8 printable ASCII characters without blanks, in Nasdaq Integrated symbology
     * @return the key
     * @throws IllegalArgumentException when it is no such symbol
     */
    public static long key(final String symbol) {
        if (!symbol.matches("[!-~]{1,8}")) {
            throw new IllegalArgumentException(
                    "an IEX symbol has 1 to 8 printable ASCII characters without blanks, found \"" + symbol + "\"");
        }
        long key = 0;
        for (int i = LENGTH - 1; i >= 0; i--) {
            key = key << 8 | (i < symbol.length() ? symbol.charAt(i) : ' ');
        }
        return key;
    }

    /**
     * The symbol of a key, for people.
     *
     * @param key as on the wire
     * @return the symbol without its padding
     */
    public static String text(final long key) {
        final byte[] ascii = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            ascii[i] = (byte) (key >>> 8 * i);
        }
        return new String(ascii, StandardCharsets.US_ASCII).stripTrailing();
    }
}
