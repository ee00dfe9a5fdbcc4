package io.tickbridge.gateway.bench.wire;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The frame that is sent again and again: Ethernet II, IPv4, UDP to a multicast group, and as payload the trial it
 * belongs to, its number in the trial and the time for which it was scheduled. Big-endian throughout.
 *
 * <p>Addresses are those that RFC 2544 (appendix C.2.2) has reserved for tests, so that no frame can be taken for
 * anybody's data. A frame's size counts its frame check sequence, as the RFC does: 64 means 60 bytes of memory.
 */
public final class TestFrame {
    /** Bytes that the wire adds behind what lies in memory. */
    public static final int CHECK_SEQUENCE = 4;
    /** Smallest frame of Ethernet, bytes with check sequence. */
    public static final int SMALLEST = 64;
    /** Largest frame of Ethernet without VLAN tag, bytes with check sequence. */
    public static final int LARGEST = 1518;
    /** Where the frames go. */
    public static final String GROUP = "239.255.25.44";
    /** UDP port that they go to. */
    public static final int PORT = 25_440;
    /** Who sends them; the second address of 198.18.0.0/30 is the receiver's. */
    public static final String SENDER = "198.18.0.1";

    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int UDP = 8;
    private static final int PAYLOAD = ETHERNET + IPV4 + UDP;
    private static final int TRIAL = PAYLOAD;
    private static final int NUMBER = TRIAL + Integer.BYTES;
    private static final int SCHEDULED = NUMBER + Integer.BYTES;
    private static final int END = SCHEDULED + Long.BYTES;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int VERSION_AND_LENGTH = 0x45; // version 4, header of 5 words
    private static final long DESTINATION_MAC = 0x0100_5e7f_192cL; // RFC 1112, 6.4: of 239.255.25.44
    private static final int DESTINATION_IP = 0xefff_192c;
    private static final int SOURCE_IP = 0xc612_0001;

    private TestFrame() {
    }

    /**
     * Writes a whole frame, without trial, number and time.
     *
     * @param memory    where to
     * @param offset    where it begins
     * @param size      of the frame, bytes with check sequence
     * @param sourceMac Ethernet address of the sender, in the lower 48 bits
     */
    static void write(final MutableDirectBuffer memory, final int offset, final int size, final long sourceMac) {
        final int length = size - CHECK_SEQUENCE;
        memory.setMemory(offset, length, (byte) 0);
        memory.putShort(offset, (short) (DESTINATION_MAC >>> 32), ByteOrder.BIG_ENDIAN);
        memory.putInt(offset + 2, (int) DESTINATION_MAC, ByteOrder.BIG_ENDIAN);
        memory.putShort(offset + 6, (short) (sourceMac >>> 32), ByteOrder.BIG_ENDIAN);
        memory.putInt(offset + 8, (int) sourceMac, ByteOrder.BIG_ENDIAN);
        memory.putShort(offset + 12, (short) TYPE_IPV4, ByteOrder.BIG_ENDIAN);
        final int ip = offset + ETHERNET; // RFC 791, 3.1
        memory.putByte(ip, (byte) VERSION_AND_LENGTH);
        memory.putShort(ip + 2, (short) (length - ETHERNET), ByteOrder.BIG_ENDIAN);
        memory.putShort(ip + 6, (short) 0x4000, ByteOrder.BIG_ENDIAN); // don't fragment
        memory.putByte(ip + 8, (byte) 1); // hops: no router is to pass it on
        memory.putByte(ip + 9, (byte) 17); // UDP
        memory.putInt(ip + 12, SOURCE_IP, ByteOrder.BIG_ENDIAN);
        memory.putInt(ip + 16, DESTINATION_IP, ByteOrder.BIG_ENDIAN);
        memory.putShort(ip + 10, checksum(memory, ip), ByteOrder.BIG_ENDIAN);
        final int udp = ip + IPV4; // RFC 768; checksum 0 says that there is none
        memory.putShort(udp, (short) PORT, ByteOrder.BIG_ENDIAN);
        memory.putShort(udp + 2, (short) PORT, ByteOrder.BIG_ENDIAN);
        memory.putShort(udp + 4, (short) (length - ETHERNET - IPV4), ByteOrder.BIG_ENDIAN);
    }

    /** RFC 791: ones' complement of the ones' complement sum of the header's 16-bit words. */
    private static short checksum(final DirectBuffer memory, final int ip) {
        int sum = 0;
        for (int i = 0; i < IPV4; i += Short.BYTES) {
            sum += Short.toUnsignedInt(memory.getShort(ip + i, ByteOrder.BIG_ENDIAN));
        }
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    /** Marks a frame for its journey. */
    static void mark(
            final MutableDirectBuffer memory, final int offset, final int trial, final int number, final long scheduled) {
        memory.putInt(offset + TRIAL, trial, ByteOrder.BIG_ENDIAN);
        memory.putInt(offset + NUMBER, number, ByteOrder.BIG_ENDIAN);
        memory.putLong(offset + SCHEDULED, scheduled, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Whether a frame is one of these: anything may be on a wire.
     *
     * @param frame  memory that holds it
     * @param offset where it begins
     * @param length its bytes
     * @return true for a test frame
     */
    public static boolean is(final DirectBuffer frame, final int offset, final int length) {
        return length >= END
                && frame.getShort(offset + 12, ByteOrder.BIG_ENDIAN) == TYPE_IPV4
                && frame.getInt(offset + ETHERNET + 16, ByteOrder.BIG_ENDIAN) == DESTINATION_IP
                && frame.getShort(offset + ETHERNET + IPV4 + 2, ByteOrder.BIG_ENDIAN) == PORT;
    }

    /**
     * Which trial a frame belongs to.
     *
     * @param frame  memory that holds it
     * @param offset where it begins
     * @return number of the trial
     */
    public static int trial(final DirectBuffer frame, final int offset) {
        return frame.getInt(offset + TRIAL, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Its number in the trial.
     *
     * @param frame  memory that holds it
     * @param offset where it begins
     * @return counted from 0
     */
    public static int number(final DirectBuffer frame, final int offset) {
        return frame.getInt(offset + NUMBER, ByteOrder.BIG_ENDIAN);
    }

    /**
     * When it was to be sent.
     *
     * @param frame  memory that holds it
     * @param offset where it begins
     * @return ns, CLOCK_MONOTONIC
     */
    public static long scheduled(final DirectBuffer frame, final int offset) {
        return frame.getLong(offset + SCHEDULED, ByteOrder.BIG_ENDIAN);
    }
}
