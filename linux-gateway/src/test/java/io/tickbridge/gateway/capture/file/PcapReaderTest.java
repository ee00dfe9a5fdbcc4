package io.tickbridge.gateway.capture.file;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.file.CaptureFixture.Frame;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapReaderTest {
    private static final int MICROSECONDS = 0xA1B2C3D4;
    private static final int NANOSECONDS = 0xA1B23C4D;
    private static final byte[] FRAME = Captures.frame(1, 60);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"little, micro", "little, nano", "big, micro", "big, nano"})
    void readsBothByteOrdersAndResolutions(final String orderName, final String resolution) {
        final ByteOrder order = orderName.equals("big") ? BIG_ENDIAN : LITTLE_ENDIAN;
        final boolean nano = resolution.equals("nano");
        final int latest = 0xffff_fffe;
        final CaptureFixture read = CaptureFixture.read(directory, new Captures(order)
                .pcapHeader(nano ? NANOSECONDS : MICROSECONDS, 1)
                .pcapRecord(1_478_961_025, 968_272, FRAME)
                .pcapRecord(latest, 999_999, Captures.frame(2, 1514)).bytes());
        final long unit = nano ? 1 : 1_000;
        assertEquals(List.of(
                Frame.of(1_478_961_025_000_000_000L + 968_272 * unit, 0, FRAME),
                Frame.of(4_294_967_294_000_000_000L + 999_999 * unit, 0, Captures.frame(2, 1514))), read.frames);
        assertTrue(read.truncation.isEmpty());
        assertEquals(0, read.counts.truncated());
    }

    @Test
    void passesOverAndCountsFramesThatTheSnapLengthCut() {
        final CaptureFixture read = CaptureFixture.read(directory, new Captures(LITTLE_ENDIAN)
                .pcapHeader(NANOSECONDS, 1)
                .pcapRecord(1, 1, FRAME, 60, 61)
                .pcapRecord(1, 2, new byte[0], 0, 61)
                .pcapRecord(1, 3, FRAME).bytes());
        assertEquals(List.of(Frame.of(1_000_000_003L, 0, FRAME)), read.frames);
        assertEquals(2, read.counts.truncated());
        assertTrue(read.truncation.isEmpty());
    }

    @Test
    void ignoresTheBitsAboveTheLinkType() {
        final int withFrameCheckSequence = 0x4400_0001;
        assertEquals(1, CaptureFixture.read(directory, new Captures(LITTLE_ENDIAN)
                .pcapHeader(NANOSECONDS, withFrameCheckSequence).pcapRecord(1, 1, FRAME).bytes()).frames.size());
    }

    @Test
    void namesTheLinkTypeThatIsNotEthernet() {
        refuses(new Captures(LITTLE_ENDIAN).pcapHeader(NANOSECONDS, 113),
                "at byte 20", "link type 113 (LINUX_SLL)", "link type 1 (ETHERNET)");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "262145, 262145", "-1, -1", "-2147483648, 60"})
    void refusesLengthsThatNoCaptureHas(final int captured, final int original) {
        refuses(new Captures(LITTLE_ENDIAN).pcapHeader(NANOSECONDS, 1).pcapRecord(1, 1, FRAME)
                        .pcapRecord(1, 1, FRAME, captured, original),
                "at byte " + (24 + 76 + 8), "captured length of " + Integer.toUnsignedString(captured), "1 to 262144");
    }

    @Test
    void refusesAnotherVersionAndAHeaderCut() {
        final byte[] header = new Captures(LITTLE_ENDIAN).pcapHeader(NANOSECONDS, 1).bytes();
        final byte[] wrong = header.clone();
        wrong[4] = 3;
        refuses(new Captures(LITTLE_ENDIAN).raw(wrong), "at byte 4", "pcap version 3");
        refuses(new Captures(LITTLE_ENDIAN).raw(Arrays.copyOf(header, 23)), "cut to 23 bytes");
    }

    private void refuses(final Captures file, final String... words) {
        final CaptureException e =
                assertThrows(CaptureException.class, () -> CaptureFixture.read(directory, file.bytes()));
        for (final String word : words) {
            assertTrue(e.getMessage().contains(word), e.getMessage());
        }
        assertTrue(e.getMessage().startsWith(directory.resolve("capture").toString()), e.getMessage());
    }
}
