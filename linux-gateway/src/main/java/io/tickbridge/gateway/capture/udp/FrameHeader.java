package io.tickbridge.gateway.capture.udp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts back in front of a payload the headers that the kernel took off: Ethernet II, IPv4 without options (RFC 791,
 * 3.1), UDP (RFC 768), so that filter, journal and replay see one kind of frame wherever it came from.
 *
 * <p>What the kernel tells is right: lengths, the sender's address and port, the group, its MAC address (RFC 1112,
 * 6.4), the header checksum. What it does not tell is zero or a constant: source MAC address, identification, UDP
 * checksum (zero, "not computed"), time to live (1), VLAN tags (none).
 */
final class FrameHeader {
    /** Bytes in front of the payload. */
    static final int LENGTH = 42;

    private static final int TYPE = 12;
    private static final int IP = 14;
    private static final int IP_HEADER = 20;
    private static final int IP_TOTAL_LENGTH = IP + 2;
    private static final int IP_CHECKSUM = IP + 10;
    private static final int IP_SOURCE = IP + 12;
    private static final int IP_DESTINATION = IP + 16;
    private static final int UDP = IP + IP_HEADER;
    private static final int UDP_DESTINATION_PORT = UDP + 2;
    private static final int UDP_LENGTH = UDP + 4;
    private static final int UDP_HEADER = 8;
    private static final int SHORT_MASK = 0xffff;

    private final UnsafeBuffer template = new UnsafeBuffer(new byte[LENGTH]);
    private final int constantSum;
    private int senderAddress;
    private short senderPort;

    /**
     * Headers of datagrams to one group.
     *
     * @param address the group's, its first octet highest
     * @param port    UDP port
     */
    FrameHeader(final int address, final int port) {
        // 01-00-5E and the lower 23 bits of the group.
        template.putShort(0, (short) 0x0100, BIG_ENDIAN);
        template.putInt(2, 0x5E00_0000 | address & 0x7f_ffff, BIG_ENDIAN);
        template.putShort(TYPE, (short) 0x0800, BIG_ENDIAN);
        // Version 4, five words; Don't Fragment; time to live 1, protocol 17.
        template.putShort(IP, (short) 0x4500, BIG_ENDIAN);
        template.putShort(IP + 6, (short) 0x4000, BIG_ENDIAN);
        template.putShort(IP + 8, (short) 0x0111, BIG_ENDIAN);
        template.putInt(IP_DESTINATION, address, BIG_ENDIAN);
        template.putShort(UDP_DESTINATION_PORT, (short) port, BIG_ENDIAN);
        constantSum = 0x4500 + 0x4000 + 0x0111 + (address >>> Short.SIZE) + (address & SHORT_MASK);
    }

    /**
     * Writes the headers of one datagram.
     *
     * @param sender  its address, first octet highest
     * @param port    its UDP port
     * @param payload bytes that follow the headers
     */
    void write(final MutableDirectBuffer target, final int offset, final int sender, final short port, final int payload) {
        // A group has one sender as a rule.
        if (sender != senderAddress || port != senderPort) {
            template.putInt(IP_SOURCE, sender, BIG_ENDIAN);
            template.putShort(UDP, port, BIG_ENDIAN);
            senderAddress = sender;
            senderPort = port;
        }
        final int totalLength = IP_HEADER + UDP_HEADER + payload;
        template.putShort(IP_TOTAL_LENGTH, (short) totalLength, BIG_ENDIAN);
        template.putShort(IP_CHECKSUM, checksum(totalLength), BIG_ENDIAN);
        template.putShort(UDP_LENGTH, (short) (UDP_HEADER + payload), BIG_ENDIAN);
        target.putBytes(offset, template, 0, LENGTH);
    }

    private short checksum(final int totalLength) {
        final int source = template.getInt(IP_SOURCE, BIG_ENDIAN);
        int sum = constantSum + totalLength + (source >>> Short.SIZE) + (source & SHORT_MASK);
        sum = (sum >>> Short.SIZE) + (sum & SHORT_MASK);
        sum += sum >>> Short.SIZE;
        return (short) ~sum;
    }
}
