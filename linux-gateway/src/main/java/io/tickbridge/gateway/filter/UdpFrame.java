package io.tickbridge.gateway.filter;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;

/**
 * Flyweight over an Ethernet II frame that carries an unfragmented IPv4/UDP datagram. All fields are big-endian.
 *
 * <p>Layouts: Ethernet II (IEEE 802.3, 3.2.6, length/type as type), VLAN tags (IEEE 802.1Q, 9.6, tag protocol
 * identifiers 0x8100 and 0x88A8), IPv4 (RFC 791, 3.1), UDP (RFC 768). What follows the IPv4 packet in the frame is
 * padding of a short frame, or a frame check sequence that a capture kept; what follows the UDP datagram in the
 * packet is surplus, which kernels ignore too (RFC 9868). Neither belongs to the payload.
 */
public final class UdpFrame {
    private static final int ETHERNET_TYPE_OFFSET = 12;
    private static final int VLAN_TAG_LENGTH = 4;
    private static final int TYPE_LENGTH = 2;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_PROVIDER_VLAN = 0x88A8;
    private static final int MAX_VLAN_TAGS = 2;

    private static final int IP_MIN_HEADER = 20;
    private static final int IP_TOTAL_LENGTH = 2;
    private static final int IP_FRAGMENT = 6;
    private static final int IP_PROTOCOL = 9;
    private static final int IP_SOURCE = 12;
    private static final int IP_DESTINATION = 16;
    // More Fragments and the 13 bits of the offset; Don't Fragment is no fragment.
    private static final int FRAGMENT_MASK = 0x3fff;
    private static final int PROTOCOL_UDP = 17;

    private static final int UDP_HEADER = 8;
    private static final int UDP_SOURCE_PORT = 0;
    private static final int UDP_DESTINATION_PORT = 2;
    private static final int UDP_LENGTH = 4;
    private static final int UDP_CHECKSUM = 6;

    private static final int SHORT_MASK = 0xffff;
    private static final int SUM_HOLDS = 0xffff;

    private final boolean checksums;
    private final WireBytes bytes = new WireBytes();
    private int ip;
    private int udp;
    private int udpLength;

    /**
     * A flyweight.
     *
     * @param checksums whether {@link #wrap} and {@link #checksumHolds} verify checksums
     */
    public UdpFrame(final boolean checksums) {
        this.checksums = checksums;
    }

    /**
     * Looks at a frame: headers, lengths, and the IPv4 header checksum. The UDP checksum is left to
     * {@link #checksumHolds}, since it reads the whole payload, which an unwanted frame is not worth.
     *
     * @param frame  memory that holds it
     * @param offset where it begins
     * @param length bytes captured
     * @return null when it is a whole datagram; otherwise why not, and the flyweight is not to be used
     */
    public DropReason wrap(final DirectBuffer frame, final int offset, final int length) {
        bytes.wrap(frame, offset, length);
        final int end = offset + length;
        int type = offset + ETHERNET_TYPE_OFFSET;
        int tags = 0;
        while (true) {
            if (type + TYPE_LENGTH > end) {
                return DropReason.SHORT_FRAME;
            }
            final int value = unsignedShort(type);
            if (value == TYPE_IPV4) {
                break;
            }
            if (value != TYPE_VLAN && value != TYPE_PROVIDER_VLAN) {
                return DropReason.NOT_IPV4;
            }
            if (++tags > MAX_VLAN_TAGS) {
                return DropReason.VLAN_DEPTH;
            }
            type += VLAN_TAG_LENGTH;
        }
        ip = type + TYPE_LENGTH;
        return wrapIp(end);
    }

    private DropReason wrapIp(final int end) {
        if (ip + IP_MIN_HEADER > end) {
            return DropReason.SHORT_FRAME;
        }
        final int versionAndLength = bytes.getByte(ip) & 0xff;
        final int headerLength = (versionAndLength & 0xf) * Integer.BYTES;
        if (versionAndLength >>> 4 != 4 || headerLength < IP_MIN_HEADER) {
            return DropReason.BAD_IP_HEADER;
        }
        final int totalLength = unsignedShort(ip + IP_TOTAL_LENGTH);
        if (totalLength < headerLength || ip + totalLength > end) {
            return DropReason.BAD_IP_LENGTH;
        }
        if (checksums && InternetChecksum.fold(InternetChecksum.sum(bytes, ip, headerLength)) != SUM_HOLDS) {
            return DropReason.BAD_IP_CHECKSUM;
        }
        if ((unsignedShort(ip + IP_FRAGMENT) & FRAGMENT_MASK) != 0) {
            return DropReason.FRAGMENT;
        }
        if ((bytes.getByte(ip + IP_PROTOCOL) & 0xff) != PROTOCOL_UDP) {
            return DropReason.NOT_UDP;
        }
        udp = ip + headerLength;
        return wrapUdp(totalLength - headerLength);
    }

    private DropReason wrapUdp(final int available) {
        if (available < UDP_HEADER) {
            return DropReason.BAD_UDP_LENGTH;
        }
        udpLength = unsignedShort(udp + UDP_LENGTH);
        return udpLength < UDP_HEADER || udpLength > available ? DropReason.BAD_UDP_LENGTH : null;
    }

    /**
     * Verifies the UDP checksum over pseudo header, header and payload (RFC 768, Fields).
     *
     * @return true when it holds, when the sender computed none (zero), or when checksums are not verified
     */
    public boolean checksumHolds() {
        if (!checksums || unsignedShort(udp + UDP_CHECKSUM) == 0) {
            return true;
        }
        final long pseudoHeader =
                InternetChecksum.sum(bytes, ip + IP_SOURCE, 2 * Integer.BYTES) + PROTOCOL_UDP + udpLength;
        return InternetChecksum.fold(pseudoHeader + InternetChecksum.sum(bytes, udp, udpLength)) == SUM_HOLDS;
    }

    /**
     * Who sent it.
     *
     * @return IPv4 address, first octet highest
     */
    public int sourceAddress() {
        return bytes.getInt(ip + IP_SOURCE, BIG_ENDIAN);
    }

    /**
     * The sender's UDP port.
     *
     * @return 0 to 65535
     */
    public int sourcePort() {
        return unsignedShort(udp + UDP_SOURCE_PORT);
    }

    /**
     * Where it is sent to: the group.
     *
     * @return IPv4 address, first octet highest
     */
    public int destinationAddress() {
        return bytes.getInt(ip + IP_DESTINATION, BIG_ENDIAN);
    }

    /**
     * The UDP port it is sent to.
     *
     * @return 0 to 65535
     */
    public int destinationPort() {
        return unsignedShort(udp + UDP_DESTINATION_PORT);
    }

    /**
     * Where the payload begins.
     *
     * @return index into the buffer given to {@link #wrap}
     */
    public int payloadOffset() {
        return udp + UDP_HEADER;
    }

    /**
     * Bytes of payload.
     *
     * @return 0 to 65507
     */
    public int payloadLength() {
        return udpLength - UDP_HEADER;
    }

    private int unsignedShort(final int index) {
        return bytes.getShort(index, BIG_ENDIAN) & SHORT_MASK;
    }
}
