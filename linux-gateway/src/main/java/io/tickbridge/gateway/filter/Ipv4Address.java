package io.tickbridge.gateway.filter;

/** IPv4 addresses as the 32 bits they are, first octet highest. No name is ever looked up. */
public final class Ipv4Address {
    private static final int OCTETS = 4;

    private Ipv4Address() {
    }

    /**
     * Reads an address.
     *
     * @param text four decimal octets with dots between, without leading zeros
     * @return its bits
     * @throws IllegalArgumentException when it is anything else
     */
    public static int parse(final String text) {
        final String[] parts = text.split("\\.", -1);
        if (parts.length != OCTETS) {
            throw invalid(text);
        }
        int bits = 0;
        for (final String part : parts) {
            // A leading zero means octal to some readers and decimal to others.
            if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 0xff) {
                throw invalid(text);
            }
            bits = bits << Byte.SIZE | Integer.parseInt(part);
        }
        return bits;
    }

    /**
     * Writes an address.
     *
     * @param bits the address
     * @return four decimal octets with dots between
     */
    public static String format(final int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }

    private static IllegalArgumentException invalid(final String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not an IPv4 address; it must be four numbers from 0 to 255, as in 224.0.31.1");
    }
}
