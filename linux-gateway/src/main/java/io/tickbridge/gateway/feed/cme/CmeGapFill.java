package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.feed.cme.codec.AdminHeartbeatDecoder;
import io.tickbridge.gateway.feed.cme.codec.AdminLoginDecoder;
import io.tickbridge.gateway.feed.cme.codec.AdminLogoutDecoder;
import io.tickbridge.gateway.feed.cme.codec.MessageHeaderDecoder;
import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * CME's TCP replay, as "MDP 3.0 - TCP Recovery" and its message pages describe it: a connection, Logon (35=A), one Market
 * Data Request (35=V) of at most 2,000 packets, the packets, Logout (35=5). A connection serves one request. Packets of the
 * last 24 hours are there.
 *
 * <p>What the customer sends is FIX in tag=value form that begins with BodyLength (9) and ends with CheckSum (10), without
 * BeginString. What CME sends is two bytes of length, little-endian, which do not count themselves, and a packet as on a
 * line: header of 12 bytes, then messages. A replayed packet bears its own number; Logon and Logout are the templates
 * AdminLogin and AdminLogout in packets numbered for themselves. The framing is stated by the pages as pictures only; it was
 * taken from a client that is in public use.
 *
 * <p>One thread, not the receive thread.
 */
public final class CmeGapFill implements GapFill {
    /** "The maximum number of packets that can be requested in one resend request message is 2000." */
    public static final int MOST_PACKETS = 2_000;
    /** Longest user name and password: what a request leaves room for. */
    public static final int LONGEST_NAME = 32;

    private static final int SIZE = Short.BYTES;
    private static final char SOH = '\1';
    private static final int CHECKSUM_MODULUS = 256; // FIX, tag 10

    private final int channel;
    private final String user;
    private final String password;
    private final WireBytes bytes = new WireBytes();
    private final UnsafeBuffer packet = new UnsafeBuffer(0, 0);
    private int requests;

    /**
     * For one channel.
     *
     * @param channel  its number, ApplID (tag 1180)
     * @param user     Username (tag 553), at most {@link #LONGEST_NAME} characters
     * @param password Password (tag 554), likewise
     */
    public CmeGapFill(final int channel, final String user, final String password) {
        this.channel = channel;
        this.user = user;
        this.password = password;
    }

    /** {@inheritDoc} CME does not answer datagrams. */
    @Override
    public int mostByDatagram() {
        return MOST_PACKETS;
    }

    @Override
    public int mostByStream() {
        return MOST_PACKETS;
    }

    @Override
    public int largestPacket() {
        return SIZE + CmeFeedHandler.MAX_DATAGRAM;
    }

    @Override
    public boolean takesTurns() {
        return true;
    }

    @Override
    public int logon(final MutableDirectBuffer target) {
        return message(target, "35=A" + SOH + "553=" + user + SOH + "554=" + password + SOH);
    }

    @Override
    public boolean isLoggedOn(final DirectBuffer buffer, final int length) {
        return template(buffer, length) == AdminLoginDecoder.TEMPLATE_ID;
    }

    /** {@inheritDoc} MDReqID (tag 262) names the request in CME's logs; it counts. */
    @Override
    public int request(
            final MutableDirectBuffer target, final long stream, final long session, final long from, final long to) {
        return message(target, "35=V" + SOH + "1180=" + channel + SOH + "262=" + channel + "-" + ++requests + SOH
                + "1182=" + from + SOH + "1183=" + to + SOH);
    }

    @Override
    public int logout(final MutableDirectBuffer target) {
        return message(target, "35=5" + SOH);
    }

    @Override
    public int packetLength(final DirectBuffer buffer, final int length) {
        return length < SIZE ? 0 : SIZE + (buffer.getShort(0, LITTLE_ENDIAN) & 0xffff);
    }

    @Override
    public String refusal(final DirectBuffer buffer, final int length) {
        if (template(buffer, length) != AdminLogoutDecoder.TEMPLATE_ID) {
            return null;
        }
        final int start = SIZE + PacketHeader.LENGTH + MessageFraming.BLOCK;
        final int most = Math.min(AdminLogoutDecoder.textLength(), length - start);
        final StringBuilder reason = new StringBuilder();
        for (int i = 0; i < most; i++) {
            final byte character = buffer.getByte(start + i);
            if (character == 0) {
                break;
            }
            reason.append(character < ' ' ? '?' : (char) character);
        }
        final String text = reason.toString().strip();
        return text.isEmpty() ? "no reason given" : text;
    }

    @Override
    public long answer(
            final DirectBuffer buffer, final int length, final long stream, final long session, final long from,
            final long to, final Sink sink) {
        final int template = template(buffer, length);
        if (template == AdminHeartbeatDecoder.TEMPLATE_ID && !isAsked(buffer, from, to)) {
            return from;
        }
        if (template < 0 || !isAsked(buffer, from, to)) {
            return REFUSED;
        }
        packet.wrap(buffer, SIZE, length - SIZE);
        sink.onDatagram(packet, length - SIZE);
        return from + 1;
    }

    /** CME replays in order: whatever does not come next leaves a hole that this server does not fill. */
    private static boolean isAsked(final DirectBuffer buffer, final long from, final long to) {
        return PacketHeader.sequence(buffer, SIZE) == from && from <= to;
    }

    /** Template of the first message; negative when there is none that makes sense. */
    private int template(final DirectBuffer buffer, final int length) {
        final int message = SIZE + PacketHeader.LENGTH;
        if (length < message + MessageFraming.BLOCK) {
            return -1;
        }
        bytes.wrap(buffer, 0, length);
        final int size = MessageFraming.size(bytes, message);
        return size < MessageFraming.BLOCK || size > length - message
                || MessageFraming.schema(bytes, message) != MessageHeaderDecoder.SCHEMA_ID
                ? -1 : MessageFraming.template(bytes, message);
    }

    private static int message(final MutableDirectBuffer target, final String body) {
        final String counted = "9=" + body.length() + SOH + body;
        int sum = 0;
        for (int i = 0; i < counted.length(); i++) {
            sum += counted.charAt(i);
        }
        final byte[] text = (counted + "10=%03d".formatted(sum % CHECKSUM_MODULUS) + SOH).getBytes(US_ASCII);
        target.putBytes(0, text);
        return text.length;
    }
}
