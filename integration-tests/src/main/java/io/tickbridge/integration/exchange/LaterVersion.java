package io.tickbridge.integration.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How Nasdaq and IEX would speak after a change of their specifications, for a share of what they say: messages of types that
 * nobody knows yet and, at IEX, fields behind those that are known. Readers pass over both. By a source of its own, so that
 * the market stays what it is.
 */
final class LaterVersion {
    /** Speaks as the specifications are. */
    static final LaterVersion NONE = new LaterVersion(0, () -> 0L);

    /** Types that neither TotalView-ITCH 5.0 nor TOPS, DEEP or DEEP+ have. */
    private static final byte[] TYPES = "Zzgw09@~".getBytes(US_ASCII);
    private static final int MOST = 24; // bytes

    private final double share;
    private final RandomGenerator random;

    LaterVersion(final double share, final RandomGenerator random) {
        this.share = share;
        this.random = random;
    }

    /** Whether it shows now. */
    boolean happens() {
        return share > 0 && random.nextDouble() < share;
    }

    /** A message, now and then with a few bytes behind those that are known. */
    byte[] lengthened(final byte[] message) {
        if (!happens()) {
            return message;
        }
        final byte[] longer = Arrays.copyOf(message, message.length + 1 + random.nextInt(MOST));
        for (int i = message.length; i < longer.length; i++) {
            longer[i] = (byte) random.nextInt();
        }
        return longer;
    }

    /** A message of an unknown type, at IEX: of any length, none included. */
    byte[] unknown() {
        final byte[] message = new byte[random.nextInt(MOST)];
        random.nextBytes(message);
        if (message.length > 0) {
            message[0] = type();
        }
        return message;
    }

    /** Writes what follows the header of a Nasdaq message of an unknown type, which is as the header of all others. */
    void fill(final ByteBuffer message) {
        for (int i = random.nextInt(MOST); i > 0; i--) {
            message.put((byte) random.nextInt());
        }
    }

    /** A type that the specifications do not have. */
    byte type() {
        return TYPES[random.nextInt(TYPES.length)];
    }
}
