package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.filter.Ipv4Address;
import io.tickbridge.gateway.filter.UdpFrame;
import io.tickbridge.gateway.filter.UdpGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies what one line brought out of a capture, for a player that takes whole files. */
final class FirstLine {
    private static final int BURST = 256;
    private static final int NANOSECOND_PCAP = 0xa1b2_3c4d; // pcap-savefile(5)
    private static final int ETHERNET = 1;
    private static final int LONGEST = 65_535;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private FirstLine() {
    }

    /** Writes the frames of the group that comes first in a capture to another file, pcap, times included. */
    static void copy(final Path capture, final Path to) throws IOException {
        final UdpFrame udp = new UdpFrame(false);
        final UdpGroup[] line = new UdpGroup[1];
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        // Version 2.4, then time zone and accuracy, which are 0.
        out.writeBytes(ByteBuffer.allocate(24).putInt(NANOSECOND_PCAP).putShort((short) 2).putShort((short) 4)
                .putLong(0).putInt(LONGEST).putInt(ETHERNET).array());
        try (PacketSource source = CaptureFiles.open(capture)) {
            while (!source.isExhausted()) {
                source.poll((buffer, offset, length, time, port) -> {
                    if (udp.wrap(buffer, offset, length) != null) {
                        return;
                    }
                    final UdpGroup group = UdpGroup.of(Ipv4Address.format(udp.destinationAddress()), udp.destinationPort());
                    line[0] = line[0] == null ? group : line[0];
                    if (line[0].equals(group)) {
                        final byte[] bytes = new byte[length];
                        buffer.getBytes(offset, bytes);
                        out.writeBytes(ByteBuffer.allocate(16).putInt((int) (time / NANOS_PER_SECOND))
                                .putInt((int) (time % NANOS_PER_SECOND)).putInt(length).putInt(length).array());
                        out.writeBytes(bytes);
                    }
                }, BURST);
            }
        }
        Files.write(to, out.toByteArray());
    }
}
