package io.tickbridge.gateway.capture.file;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.capture.SourceCounts;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * What a capture file is, by its first four bytes: pcap (draft-ietf-opsawg-pcap, "File Header", Magic Number) or
 * pcapng (draft-ietf-opsawg-pcapng, "Section Header Block", whose type reads the same in both byte orders).
 *
 * @param isPcapng     whether it is pcapng; byte order then stands in each section
 * @param order        pcap: byte order of all headers
 * @param nanoseconds  pcap: whether fractions of a second count ns instead of µs
 */
record CaptureFormat(boolean isPcapng, ByteOrder order, boolean nanoseconds) {
    private static final int MAGIC_LENGTH = 4;
    private static final int PCAP_MICROSECONDS = 0xA1B2_C3D4;
    private static final int PCAP_NANOSECONDS = 0xA1B2_3C4D;
    private static final String WANTED = "a pcap or pcapng capture, plain or gzip";
    private static final Map<Integer, String> OTHER_MAGICS = Map.of(
            0x28B5_2FFD, "zstd, unpack it first",
            0xFD37_7A58, "xz, unpack it first",
            0x425A_6839, "bzip2, unpack it first",
            0x0422_4D18, "lz4, unpack it first",
            0x504B_0304, "zip, unpack it first",
            0x736E_6F6F, "snoop, convert it with editcap -F nsecpcap",
            0xA1B2_CD34, "pcap as changed by A. Kuznetsov, convert it with editcap -F nsecpcap",
            0x34CD_B2A1, "pcap as changed by A. Kuznetsov, convert it with editcap -F nsecpcap");

    /** Looks at the window's first bytes and leaves it before them. */
    static CaptureFormat detect(final CaptureWindow window) {
        if (!window.require(MAGIC_LENGTH)) {
            throw window.invalid(0, "a file of " + window.available() + " bytes", WANTED);
        }
        final int magic = window.buffer().getInt(window.position(), BIG_ENDIAN);
        if (magic == PcapngReader.SECTION_HEADER) {
            return new CaptureFormat(true, null, false);
        }
        final int swapped = Integer.reverseBytes(magic);
        if (magic == PCAP_MICROSECONDS || magic == PCAP_NANOSECONDS) {
            return new CaptureFormat(false, BIG_ENDIAN, magic == PCAP_NANOSECONDS);
        }
        if (swapped == PCAP_MICROSECONDS || swapped == PCAP_NANOSECONDS) {
            return new CaptureFormat(false, LITTLE_ENDIAN, swapped == PCAP_NANOSECONDS);
        }
        final String known = OTHER_MAGICS.get(magic);
        throw window.invalid(0, String.format("magic %08x", magic) + (known == null ? "" : " (" + known + ")"), WANTED);
    }

    CaptureReader reader(final CaptureWindow window, final SourceCounts counts) {
        return isPcapng ? new PcapngReader(window, counts) : new PcapReader(window, counts, order, nanoseconds);
    }
}
