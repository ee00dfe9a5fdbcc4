package io.tickbridge.integration.exchange;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where the feeds of a simulated channel are sent, in memory and in captures; numbered like a channel of CME's. */
final class Endpoint {
    private static final int FIRST_PORT = 14_310;
    private static final int NEXT_LINE = 1_000;
    /** Between the ports of one {@link Feed} and the next. */
    static final int NEXT_FEED = 2_000;


    private Endpoint() {
    }

    /** Multicast group and port of a line, 0 for A and 1 for B. */
    static InetSocketAddress of(final Feed feed, final int line) {
        try {
            final byte[] group = {(byte) 224, 0, (byte) (31 + line), (byte) (1 + feed.ordinal())};
            return new InetSocketAddress(
                    InetAddress.getByAddress(group), FIRST_PORT + line * NEXT_LINE + feed.ordinal() * NEXT_FEED);
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
