package io.tickbridge.gateway.capture.membership;

import io.tickbridge.gateway.filter.InternetChecksum;
import io.tickbridge.gateway.wire.WireBytes;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * A querier's question (RFC 3376, section 4.1; RFC 2236, section 2; RFC 1112, appendix I).
 *
 * <p>Neither TTL nor Router Alert is insisted on: RFC 3376, section 9.1, would have queries without the option ignored, but
 * an answer too many costs one report, and one too few costs the feed.
 *
 * @param version       of the querier (RFC 3376, section 7.1)
 * @param group         asked about, IPv4; 0 for all
 * @param sources       asked about, of that group; none for all
 * @param maxResponse   ns within which to answer
 * @param robustness    the querier's robustness variable; 0 when it does not say
 * @param queryInterval ns between its general queries; 0 when it does not say
 */
record IgmpQuery(
        IgmpVersion version, int group, List<Integer> sources, long maxResponse, int robustness, long queryInterval) {
    static final int PROTOCOL = 2;
    static final int TYPE = 0x11;

    private static final int TYPE_OFFSET = 12;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_PROVIDER_VLAN = 0x88A8;
    private static final int VLAN_TAG = 4;
    private static final int IP_TOTAL_LENGTH = 2;
    private static final int IP_PROTOCOL = 9;
    private static final int IP_DESTINATION = 16;
    private static final int IP_MIN_HEADER = 20;
    private static final int SHORT_QUERY = 8; // versions 1 and 2
    private static final int LONG_QUERY = 12; // version 3, without sources
    private static final int GROUP = 4;
    private static final int ROBUSTNESS = 8;
    private static final int INTERVAL_CODE = 9;
    private static final int SOURCES = 10;
    private static final int ALL_SYSTEMS = 0xe000_0001; // 224.0.0.1
    private static final long TENTH = 100_000_000; // ns
    private static final long SECOND = 1_000_000_000; // ns
    private static final int VERSION_1_TENTHS = 100; // RFC 3376, section 7.2.1: version 1 does not say, so 10 s
    private static final int SUM_HOLDS = 0xffff;

    /**
     * Reads a frame.
     *
     * @param frame  memory that holds it
     * @param offset of its Ethernet header
     * @param length its bytes
     * @return the query; empty when it is none, or broken, or of a kind that is to be ignored
     */
    static Optional<IgmpQuery> read(final DirectBuffer frame, final int offset, final int length) {
        final int ip = ipHeader(frame, offset, length);
        if (ip < 0) {
            return Optional.empty();
        }
        final WireBytes bytes = new WireBytes();
        bytes.wrap(frame, offset, length);
        final int headerLength = (bytes.getByte(ip) & 0xf) * Integer.BYTES;
        final int totalLength = unsignedShort(bytes, ip + IP_TOTAL_LENGTH);
        final int size = totalLength - headerLength;
        final int igmp = ip + headerLength;
        if (headerLength < IP_MIN_HEADER || size < SHORT_QUERY || ip + totalLength > offset + length
                || bytes.getByte(ip + IP_PROTOCOL) != PROTOCOL || bytes.getByte(igmp) != TYPE
                || InternetChecksum.fold(InternetChecksum.sum(bytes, igmp, size)) != SUM_HOLDS) {
            return Optional.empty();
        }
        return read(bytes, igmp, size, bytes.getInt(ip + IP_DESTINATION, ByteOrder.BIG_ENDIAN));
    }

    /** Whether a frame's bytes could be a query: cheap, for the receive thread, on any frame that is no UDP. */
    static boolean isLikely(final DirectBuffer frame, final int offset, final int length) {
        final int ip = ipHeader(frame, offset, length);
        return ip >= 0 && frame.getByte(ip + IP_PROTOCOL) == PROTOCOL
                && ip + (frame.getByte(ip) & 0xf) * Integer.BYTES < offset + length
                && frame.getByte(ip + (frame.getByte(ip) & 0xf) * Integer.BYTES) == TYPE;
    }

    /** Index of the IPv4 header behind any VLAN tags; -1 when there is no room for one. */
    private static int ipHeader(final DirectBuffer frame, final int offset, final int length) {
        int type = offset + TYPE_OFFSET;
        while (type + Short.BYTES + IP_MIN_HEADER <= offset + length) {
            final int value = frame.getShort(type, ByteOrder.BIG_ENDIAN) & 0xffff;
            if (value != TYPE_VLAN && value != TYPE_PROVIDER_VLAN) {
                return type + Short.BYTES;
            }
            type += VLAN_TAG;
        }
        return -1;
    }

    private static Optional<IgmpQuery> read(
            final WireBytes bytes, final int igmp, final int size, final int destination) {
        final int code = bytes.getByte(igmp + 1) & 0xff;
        final int group = bytes.getInt(igmp + GROUP, ByteOrder.BIG_ENDIAN);
        if (group == 0 && destination != ALL_SYSTEMS || group != 0 && group >>> 28 != 0xe) {
            return Optional.empty();
        }
        if (size == SHORT_QUERY) {
            return Optional.of(code == 0
                    ? new IgmpQuery(IgmpVersion.V1, 0, List.of(), VERSION_1_TENTHS * TENTH, 0, 0)
                    : new IgmpQuery(IgmpVersion.V2, group, List.of(), code * TENTH, 0, 0));
        }
        if (size < LONG_QUERY) {
            return Optional.empty();
        }
        final int count = unsignedShort(bytes, igmp + SOURCES);
        if (LONG_QUERY + count * Integer.BYTES > size) {
            return Optional.empty();
        }
        final List<Integer> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sources.add(bytes.getInt(igmp + LONG_QUERY + i * Integer.BYTES, ByteOrder.BIG_ENDIAN));
        }
        return Optional.of(new IgmpQuery(IgmpVersion.V3, group, sources, expanded(code) * TENTH,
                bytes.getByte(igmp + ROBUSTNESS) & 0x7, expanded(bytes.getByte(igmp + INTERVAL_CODE) & 0xff) * SECOND));
    }

    /** From 128 on a code is a small floating point number (RFC 3376, sections 4.1.1 and 4.1.7). */
    static long expanded(final int code) {
        return code < 0x80 ? code : (long) (code & 0xf | 0x10) << (code >>> 4 & 0x7) + 3;
    }

    private static int unsignedShort(final WireBytes bytes, final int index) {
        return bytes.getShort(index, ByteOrder.BIG_ENDIAN) & 0xffff;
    }
}
