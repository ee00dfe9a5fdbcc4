package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a GLIMPSE server sends upon a login ("Nasdaq GLIMPSE Version 5.0", over "SoupBinTCP Version 3.00"): packets to be sent
 * one after the other. Big-endian.
 */
final class GlimpseLogin {
    /** What simulated servers accept. */
    static final String USERNAME = "TICKBR";
    /** The same. */
    static final String PASSWORD = "IDGE";

    private static final int LOGIN = 49;
    private static final int STALE = 1_000_000_000; // messages by which a number is too far ahead

    private final NasdaqChannel channel;

    /** What a server does with a login. */
    enum Manner {
        /** Sends the snapshot as specified. */
        GOOD,
        /** Accepts, and says nothing more. */
        SILENT,
        /** Refuses. */
        REFUSED,
        /** Closes the connection in the middle of the snapshot. */
        CUT,
        /** Ends the session in the middle of the snapshot. */
        ENDED,
        /** Names a number to go on with that cannot be. */
        OTHER_DAY,
        /** Sends what was true when the day before ended, and names today's number to go on with. */
        YESTERDAY,
        /** Sends a message in the midst that no snapshot has. */
        WRONG_MESSAGE,
        /** Begins with another message than the first. */
        OTHER_SEQUENCE
    }

    GlimpseLogin(final NasdaqChannel channel) {
        this.channel = channel;
    }

    /** The packets; after the last one the connection is closed, or silent. */
    List<byte[]> answer(final ByteBuffer login, final Manner manner, final long time) {
        final List<byte[]> packets = new ArrayList<>();
        packets.add(packet('+', "simulated GLIMPSE".getBytes(StandardCharsets.US_ASCII)));
        if (!isValid(login) || manner == Manner.REFUSED) {
            packets.add(packet('J', new byte[] {'A'}));
            return packets;
        }
        packets.add(packet('A', String.format("%10s%20d", "G1", manner == Manner.OTHER_SEQUENCE ? 7 : 1)
                .getBytes(StandardCharsets.US_ASCII)));
        packets.add(packet('H', new byte[0]));
        if (manner == Manner.SILENT) {
            return packets;
        }
        final List<byte[]> messages = manner == Manner.YESTERDAY ? channel.yesterday() : channel.snapshot(time);
        final int half = messages.size() / 2;
        for (int i = 0; i < messages.size(); i++) {
            if (i == half && manner == Manner.CUT) {
                return packets;
            } else if (i == half && manner == Manner.ENDED) {
                packets.add(packet('Z', new byte[0]));
                return packets;
            } else if (i == half && manner == Manner.WRONG_MESSAGE) {
                packets.add(packet('S', ByteBuffer.allocate(19).put((byte) 'D').array()));
            }
            byte[] message = messages.get(i);
            if (message[0] == 'G' && manner == Manner.OTHER_DAY) {
                message = ("G" + String.format("%20d", channel.sequence() + STALE)).getBytes(StandardCharsets.US_ASCII);
            }
            packets.add(packet('S', message));
        }
        return packets;
    }

    private static boolean isValid(final ByteBuffer login) {
        final byte[] bytes = new byte[login.remaining()];
        login.duplicate().get(bytes);
        final String text = new String(bytes, StandardCharsets.US_ASCII);
        return bytes.length == LOGIN && login.getShort(login.position()) == LOGIN - Short.BYTES && bytes[2] == 'L'
                && text.substring(3, 9).stripTrailing().equals(USERNAME)
                && text.substring(9, 19).stripTrailing().equals(PASSWORD)
                && text.substring(19, 29).isBlank() && text.substring(29, 49).strip().equals("1");
    }

    private static byte[] packet(final char type, final byte[] content) {
        return ByteBuffer.allocate(3 + content.length)
                .putShort((short) (1 + content.length)).put((byte) type).put(content).array();
    }
}
