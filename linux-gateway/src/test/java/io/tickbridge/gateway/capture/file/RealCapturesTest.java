package io.tickbridge.gateway.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.filter.DropReason;
import io.tickbridge.gateway.filter.FrameFilter;
import io.tickbridge.gateway.filter.Ipv4Address;
import io.tickbridge.gateway.filter.OpenFilter;
import io.tickbridge.gateway.filter.UdpGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reader and filter against captures of exchanges, with counts and fields that other programs found. */
class RealCapturesTest {

    @Test
    void splitsTheCmeCaptureIntoItsLines() {
        final FrameFilter filter = new FrameFilter(true, List.of(),
                List.of(UdpGroup.of("224.0.31.64", 14340), UdpGroup.of("224.0.32.64", 15340)));
        final int[] lines = new int[2];
        try (CaptureFileSource source = CaptureFiles.open(SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng"))) {
            while (source.poll((buffer, offset, length, receiveTime, port) ->
                    lines[filter.accept(buffer, offset, length)]++, 100) > 0) {
                continue;
            }
        }
        assertEquals(5_000, lines[0]);
        assertEquals(5_000, lines[1]);
        assertEquals(10_000, filter.counts().totalAccepted());
    }

    @ParameterizedTest
    @CsvSource({
        "iex-deep10-20170425.pcap.gz, 224.2.3.10, 16648, 121314, 3, 1",
        "iex-tops16-20170710.pcap.gz, 224.67.0.199, 16642, 13022, 1, 0",
    })
    void findsTheIexGroup(final String name, final String group, final int port, final long frames,
            final long rightChecksums, final long truncated) {
        final FrameFilter filter = new FrameFilter(false, List.of(), List.of(UdpGroup.of(group, port)));
        // The publisher rewrote these captures without computing UDP checksums anew; tshark counts the same.
        final FrameFilter strict = new FrameFilter(true, List.of(), List.of(UdpGroup.of(group, port)));
        try (CaptureFileSource source = CaptureFiles.open(SharedData.file("captures/" + name))) {
            while (source.poll((buffer, offset, length, receiveTime, onPort) -> {
                filter.accept(buffer, offset, length);
                strict.accept(buffer, offset, length);
            }, 100) > 0) {
                continue;
            }
            assertEquals(truncated, source.counts().truncated());
            assertEquals(truncated == 1, source.truncation().isPresent());
        }
        assertEquals(frames, filter.counts().totalAccepted());
        assertEquals(0, filter.counts().totalDropped());
        assertEquals(rightChecksums, strict.counts().totalAccepted());
        assertEquals(frames - rightChecksums, strict.counts().get(DropReason.BAD_UDP_CHECKSUM));
    }

    @Test
    void endsWhereTheFileWasCut() {
        final CaptureFixture read = new CaptureFixture().readAll(SharedData.file("captures/iex-truncated.pcapng"));
        assertEquals(2, read.frames.size());
        assertEquals(1, read.counts.truncated());
    }

    @Test
    void looksThroughTheVlanTagOfTheNasdaqCapture() {
        // Its frames were put together by hand, and the IPv4 checksums do not hold; tshark counts the same.
        final OpenFilter strict = new OpenFilter(true);
        final OpenFilter open = new OpenFilter(false);
        final FrameFilter none = new FrameFilter(false, List.of(), List.of());
        try (CaptureReader reader =
                CaptureFiles.reader(SharedData.file("captures/nasdaq-itch50-messages.pcap"), new SourceCounts())) {
            while (reader.next()) {
                open.accept(reader.buffer(), reader.offset(), reader.length());
                strict.accept(reader.buffer(), reader.offset(), reader.length());
                none.accept(reader.buffer(), reader.offset(), reader.length());
            }
        }
        assertEquals(190, open.counts().totalAccepted());
        assertEquals(178, strict.counts().get(DropReason.BAD_IP_CHECKSUM));
        assertEquals(190, none.counts().get(DropReason.OTHER_GROUP));
    }

    @ParameterizedTest
    @CsvSource({"cme-mdp3-v6-ch340-ab.pcapng", "iex-tops16-20170710.pcap.gz", "iex-deep10-20170425.pcap.gz",
        "nasdaq-itch50-messages.pcap", "iex-truncated.pcapng"})
    void agreesWithTsharkOnEveryFrame(final String name) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "skipped: tshark is not installed");
        final Path file = SharedData.file("captures/" + name);
        final Process tshark = new ProcessBuilder("/usr/bin/tshark", "-n", "-r", file.toString(), "-T", "fields",
                "-e", "frame.time_epoch", "-e", "frame.len", "-e", "ip.src", "-e", "udp.srcport", "-e", "ip.dst",
                "-e", "udp.dstport", "-e", "udp.length").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final OpenFilter filter = new OpenFilter(false);
        try (BufferedReader lines = tshark.inputReader();
                CaptureReader reader = CaptureFiles.reader(file, new SourceCounts())) {
            while (reader.next()) {
                filter.accept(reader.buffer(), reader.offset(), reader.length());
                final var frame = filter.frame();
                final String line = lines.readLine();
                assertNotNull(line, "tshark sees fewer frames");
                assertEquals(line, String.format("%d.%09d\t%d\t%s\t%d\t%s\t%d\t%d",
                        reader.timestamp() / 1_000_000_000, reader.timestamp() % 1_000_000_000, reader.length(),
                        address(frame.sourceAddress()), frame.sourcePort(),
                        address(frame.destinationAddress()), frame.destinationPort(), frame.payloadLength() + 8));
            }
            assertNull(lines.readLine(), "tshark sees more frames");
        }
        tshark.waitFor();
    }

    private static String address(final int bits) {
        return Ipv4Address.format(bits);
    }
}
