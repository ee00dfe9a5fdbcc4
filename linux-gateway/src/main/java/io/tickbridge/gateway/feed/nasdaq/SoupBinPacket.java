package io.tickbridge.gateway.feed.nasdaq;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * SoupBinTCP packets: a 16-bit length that does not count itself, a type, and what belongs to that. From "SoupBinTCP Packet
 * Types" in SoupBinTCP Version 3.00; big-endian, text in ASCII.
 *
 * <p>A flyweight without state: a packet begins where its buffer does.
 */
final class SoupBinPacket {
    /** Bytes of the length that each packet begins with. */
    static final int LENGTH_SIZE = 2;
    /** Bytes before what a packet carries. */
    static final int HEADER_LENGTH = 3;

    static final int DEBUG = '+';
    static final int LOGIN_ACCEPTED = 'A';
    static final int LOGIN_REJECTED = 'J';
    static final int SEQUENCED_DATA = 'S';
    static final int SERVER_HEARTBEAT = 'H';
    static final int END_OF_SESSION = 'Z';
    /** Login Reject Code: user name and password do not fit. */
    static final int NOT_AUTHORIZED = 'A';

    /** Login Accepted: 10 characters of session, 20 of sequence number, padded with spaces on the left. */
    static final int LOGIN_ACCEPTED_LENGTH = 33;
    static final int LOGIN_REJECTED_LENGTH = 4;

    static final int USERNAME_LENGTH = 6;
    static final int PASSWORD_LENGTH = 10;
    static final int SESSION_LENGTH = 10;
    static final int NUMBER_LENGTH = 20;

    private static final int TYPE = 2;
    private static final int USERNAME = 3;
    private static final int PASSWORD = 9;
    private static final int REQUESTED_SESSION = 19;
    private static final int REQUESTED_SEQUENCE = 29;
    private static final int LOGIN_LENGTH = 49;
    private static final int ACCEPTED_SEQUENCE = 13;

    private SoupBinPacket() {
    }

    /** Bytes of the packet, its length field included; 0 when it cannot be told yet. */
    static int length(final DirectBuffer buffer, final int available) {
        return available < LENGTH_SIZE ? 0 : LENGTH_SIZE + (buffer.getShort(0, BIG_ENDIAN) & 0xffff);
    }

    static int type(final DirectBuffer packet) {
        return packet.getByte(TYPE) & 0xff;
    }

    /** Session of a Login Accepted packet. */
    static String session(final DirectBuffer packet) {
        return packet.getStringWithoutLengthAscii(HEADER_LENGTH, SESSION_LENGTH).strip();
    }

    /** Sequence number of a Login Accepted packet, as text. */
    static String sequence(final DirectBuffer packet) {
        return packet.getStringWithoutLengthAscii(ACCEPTED_SEQUENCE, NUMBER_LENGTH).strip();
    }

    /** Writes a Login Request for the current session from this number on; its bytes. */
    static int login(
            final MutableDirectBuffer target, final String username, final String password, final long sequence) {
        header(target, LOGIN_LENGTH, 'L');
        text(target, USERNAME, username, USERNAME_LENGTH);
        text(target, PASSWORD, password, PASSWORD_LENGTH);
        text(target, REQUESTED_SESSION, "", SESSION_LENGTH);
        text(target, REQUESTED_SEQUENCE, String.format("%" + NUMBER_LENGTH + "d", sequence), NUMBER_LENGTH);
        return LOGIN_LENGTH;
    }

    static int clientHeartbeat(final MutableDirectBuffer target) {
        return header(target, HEADER_LENGTH, 'R');
    }

    static int logout(final MutableDirectBuffer target) {
        return header(target, HEADER_LENGTH, 'O');
    }

    private static int header(final MutableDirectBuffer target, final int length, final char type) {
        target.putShort(0, (short) (length - LENGTH_SIZE), BIG_ENDIAN);
        target.putByte(TYPE, (byte) type);
        return length;
    }

    private static void text(final MutableDirectBuffer target, final int at, final String text, final int length) {
        target.setMemory(at, length, (byte) ' ');
        target.putBytes(at, text.getBytes(US_ASCII));
    }
}
