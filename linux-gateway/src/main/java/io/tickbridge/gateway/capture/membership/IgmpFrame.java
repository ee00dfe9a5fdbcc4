package io.tickbridge.gateway.capture.membership;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tickbridge.gateway.filter.InternetChecksum;
import io.tickbridge.gateway.wire.WireBytes;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a host's messages as Ethernet frames, one at a time into the same memory. Fields are big-endian.
 *
 * <p>Every message goes out with TTL 1, the precedence of internetwork control and the Router Alert option (RFC 3376,
 * section 4; RFC 2113), to the Ethernet address that stands for its group (RFC 1112, section 6.4).
 */
final class IgmpFrame {
    private static final int MTU = 1500;
    private static final int ETHERNET = 14;
    private static final int VLAN_TAG = 4;
    private static final int SHORTEST = 60; // Ethernet without frame check sequence (IEEE 802.3, 4.4.2, minFrameSize)
    private static final short TYPE_VLAN = (short) 0x8100;
    private static final short TYPE_IPV4 = 0x0800;
    private static final long MULTICAST = 0x0100_5e00_0000L;
    private static final int MULTICAST_MASK = 0x7f_ffff;

    private static final int IP_HEADER = 24; // with the one option
    private static final byte VERSION_AND_LENGTH = 0x46;
    private static final byte INTERNETWORK_CONTROL = (byte) 0xc0;
    private static final short DO_NOT_FRAGMENT = 0x4000;
    private static final int ROUTER_ALERT = 0x9404_0000;
    private static final int IP_TOTAL_LENGTH = 2;
    private static final int IP_FLAGS = 6;
    private static final int IP_TTL = 8;
    private static final int IP_PROTOCOL = 9;
    private static final int IP_CHECKSUM = 10;
    private static final int IP_SOURCE = 12;
    private static final int IP_DESTINATION = 16;
    private static final int IP_OPTION = 20;

    private static final byte REPORT_V1 = 0x12;
    private static final byte REPORT_V2 = 0x16;
    private static final byte LEAVE = 0x17;
    private static final byte REPORT_V3 = 0x22;
    private static final int ALL_ROUTERS = 0xe000_0002; // 224.0.0.2: RFC 2236, section 9
    private static final int ALL_V3_ROUTERS = 0xe000_0016; // 224.0.0.22: RFC 3376, section 4.2.14
    private static final int CHECKSUM = 2;
    private static final int GROUP = 4;
    private static final int RECORD_COUNT = 6;
    private static final int MESSAGE_HEADER = 8;
    private static final int RECORD_HEADER = 8;
    private static final int RECORD_SOURCES = 2;

    /** Most senders of one record: what one message holds. */
    static final int MOST_SOURCES = (MTU - IP_HEADER - MESSAGE_HEADER - RECORD_HEADER) / Integer.BYTES;

    private final ReportSource source;
    private final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(ETHERNET + VLAN_TAG + MTU, 64));
    private final WireBytes bytes = new WireBytes();
    private final int ip;
    private int length;

    IgmpFrame(final ReportSource source) {
        this.source = source;
        this.ip = ETHERNET + (source.vlan() == 0 ? 0 : VLAN_TAG);
    }

    UnsafeBuffer buffer() {
        return memory;
    }

    /** Bytes of the frame written last. */
    int length() {
        return length;
    }

    void report(final IgmpVersion version, final int group) {
        shortMessage(version == IgmpVersion.V1 ? REPORT_V1 : REPORT_V2, group, group);
    }

    void leave(final int group) {
        shortMessage(LEAVE, group, ALL_ROUTERS);
    }

    private void shortMessage(final byte type, final int group, final int destination) {
        final int message = begin(destination);
        memory.putByte(message, type);
        memory.putInt(message + GROUP, group, BIG_ENDIAN);
        end(MESSAGE_HEADER);
    }

    /**
     * Writes as many records as fit, and none with more than {@link #MOST_SOURCES}.
     *
     * @return how many were written, from the first
     */
    int records(final List<GroupRecord> records) {
        final int message = begin(ALL_V3_ROUTERS);
        memory.putByte(message, REPORT_V3);
        int size = MESSAGE_HEADER;
        int count = 0;
        for (final GroupRecord record : records) {
            final int more = RECORD_HEADER + record.sources().size() * Integer.BYTES;
            if (IP_HEADER + size + more > MTU) {
                break;
            }
            final int at = message + size;
            memory.putByte(at, (byte) record.type().code());
            memory.putShort(at + RECORD_SOURCES, (short) record.sources().size(), BIG_ENDIAN);
            memory.putInt(at + GROUP, record.group(), BIG_ENDIAN);
            for (int i = 0; i < record.sources().size(); i++) {
                memory.putInt(at + RECORD_HEADER + i * Integer.BYTES, record.sources().get(i), BIG_ENDIAN);
            }
            size += more;
            count++;
        }
        memory.putShort(message + RECORD_COUNT, (short) count, BIG_ENDIAN);
        end(size);
        return count;
    }

    /** Headers but for what depends on the message. */
    private int begin(final int destination) {
        memory.setMemory(0, memory.capacity(), (byte) 0);
        ethernetAddress(0, MULTICAST | destination & MULTICAST_MASK);
        ethernetAddress(6, source.ethernet());
        if (source.vlan() != 0) {
            memory.putShort(12, TYPE_VLAN, BIG_ENDIAN);
            memory.putShort(14, (short) source.vlan(), BIG_ENDIAN);
        }
        memory.putShort(ip - Short.BYTES, TYPE_IPV4, BIG_ENDIAN);
        memory.putByte(ip, VERSION_AND_LENGTH);
        memory.putByte(ip + 1, INTERNETWORK_CONTROL);
        memory.putShort(ip + IP_FLAGS, DO_NOT_FRAGMENT, BIG_ENDIAN);
        memory.putByte(ip + IP_TTL, (byte) 1);
        memory.putByte(ip + IP_PROTOCOL, (byte) IgmpQuery.PROTOCOL);
        memory.putInt(ip + IP_SOURCE, source.address(), BIG_ENDIAN);
        memory.putInt(ip + IP_DESTINATION, destination, BIG_ENDIAN);
        memory.putInt(ip + IP_OPTION, ROUTER_ALERT, BIG_ENDIAN);
        return ip + IP_HEADER;
    }

    private void ethernetAddress(final int at, final long address) {
        memory.putShort(at, (short) (address >>> Integer.SIZE), BIG_ENDIAN);
        memory.putInt(at + Short.BYTES, (int) address, BIG_ENDIAN);
    }

    private void end(final int size) {
        memory.putShort(ip + IP_TOTAL_LENGTH, (short) (IP_HEADER + size), BIG_ENDIAN);
        checksum(ip, IP_HEADER, ip + IP_CHECKSUM);
        checksum(ip + IP_HEADER, size, ip + IP_HEADER + CHECKSUM);
        length = Math.max(SHORTEST, ip + IP_HEADER + size);
    }

    private void checksum(final int from, final int size, final int to) {
        bytes.wrap(memory, from, size);
        memory.putShort(to, (short) ~InternetChecksum.fold(InternetChecksum.sum(bytes, from, size)), BIG_ENDIAN);
    }
}
