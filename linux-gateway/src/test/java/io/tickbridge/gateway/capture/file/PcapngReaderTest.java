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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReaderTest {
    private static final int RESOLUTION = 9;
    private static final int OFFSET = 14;
    private static final byte[] A = Captures.frame(1, 61);
    private static final byte[] B = Captures.frame(2, 1514);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsEveryInterfaceByItsOwnClock(final boolean big) {
        final Captures file = new Captures(big ? BIG_ENDIAN : LITTLE_ENDIAN);
        file.section()
                .describe(1, 0)
                .describe(1, 262_144,
                        file.option(2, Captures.text("eth1")), file.option(RESOLUTION, (byte) 9), file.option(0))
                .describe(1, 0, file.option(RESOLUTION, (byte) (0x80 | 32)), file.option64(OFFSET, -3_600))
                .enhanced(1, 1_478_961_025_968_272_358L, A)
                .enhanced(0, 1_478_961_025_968_272L, B)
                .enhanced(2, 1_478_961_025L << 32 | 0x8000_0000L, A);
        assertEquals(List.of(
                Frame.of(1_478_961_025_968_272_358L, 1, A),
                Frame.of(1_478_961_025_968_272_000L, 0, B),
                Frame.of(1_478_957_425_500_000_000L, 2, A)), CaptureFixture.read(directory, file.bytes()).frames);
    }

    @Test
    void startsAnewWithEachSection() {
        final Captures file = new Captures(LITTLE_ENDIAN).section().describe(1, 0).describe(1, 0).enhanced(1, 5, A);
        final Captures second = new Captures(BIG_ENDIAN).section();
        second.describe(1, 0, second.option(RESOLUTION, (byte) 9)).enhanced(0, 7, B);
        assertEquals(List.of(Frame.of(5_000, 1, A), Frame.of(7, 0, B)),
                CaptureFixture.read(directory, file.raw(second.bytes()).bytes()).frames);
    }

    @Test
    void readsSimpleAndOldPacketBlocks() {
        final Captures file = new Captures(LITTLE_ENDIAN).section().describe(1, 1514)
                .simple(A.length, A).oldPacket(0, 9, B).simple(B.length, B);
        assertEquals(List.of(Frame.of(0, 0, A), Frame.of(9_000, 0, B), Frame.of(9_000, 0, B)),
                CaptureFixture.read(directory, file.bytes()).frames);
    }

    @Test
    void passesOverAndCountsFramesThatTheSnapLengthCut() {
        final byte[] cut = Captures.frame(3, 64);
        final CaptureFixture read = CaptureFixture.read(directory, new Captures(LITTLE_ENDIAN).section().describe(1, 64)
                .enhanced(0, 1, cut, 64, 65).simple(1514, cut).enhanced(0, 2, A).bytes());
        assertEquals(List.of(Frame.of(2_000, 0, A)), read.frames);
        assertEquals(2, read.counts.truncated());
    }

    @Test
    void passesOverOtherBlocksHoweverLong() {
        final Captures file = new Captures(LITTLE_ENDIAN).section().describe(1, 0)
                .block(4, new byte[0])
                .enhanced(0, 1, A)
                .block(0x0BAD, new byte[3 * CaptureWindow.CAPACITY])
                .block(5, new byte[24])
                .enhanced(0, 2, B);
        final CaptureFixture read = CaptureFixture.read(directory, file.bytes());
        assertEquals(List.of(Frame.of(1_000, 0, A), Frame.of(2_000, 0, B)), read.frames);
        assertTrue(read.truncation.isEmpty());
    }

    @Test
    void namesTheLinkTypeThatIsNotEthernetWhenAFrameComesFromIt() {
        final Captures file = opened(LITTLE_ENDIAN).describe(276, 0);
        final int before = file.size();
        assertEquals(0, CaptureFixture.read(directory, file.bytes()).frames.size());
        refuses(file.enhanced(1, 1, A), before,
                "interface 1 with link type 276 (LINUX_SLL2)", "link type 1 (ETHERNET)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 11, 13, 0x7fff_fffc, -4})
    void refusesBlockLengthsThatCannotBe(final int length) {
        final Captures file = opened(BIG_ENDIAN);
        final int before = file.size();
        refuses(file.block(6, new byte[40], length, length), before + 4,
                "a length of " + Integer.toUnsignedString(length), "a multiple of 4");
        final Captures other = opened(BIG_ENDIAN);
        refuses(other.block(99, new byte[40], length, length), before + 4, "for a block of type 99");
    }

    @Test
    void refusesABlockWhoseLengthsDiffer() {
        final Captures file = opened(LITTLE_ENDIAN);
        refuses(file.block(6, new byte[40], 52, 56), file.size() - 4, "ends with length 56", "52 as at its beginning");
        final Captures other = opened(LITTLE_ENDIAN);
        refuses(other.block(99, new byte[40], 52, 48), other.size() - 4, "ends with length 48");
    }

    @Test
    void refusesFramesLargerThanTheirBlock() {
        final Captures file = opened(LITTLE_ENDIAN);
        final int before = file.size();
        refuses(file.enhanced(0, 1, A, 200, 200), before + 4, "a block of 96 bytes", "at least 232");
        final Captures simple = opened(LITTLE_ENDIAN);
        refuses(simple.simple(500, A), before + 4, "a block of 80 bytes", "at least 516");
        final Captures tiny = opened(LITTLE_ENDIAN);
        refuses(tiny.block(6, new byte[16]), before + 4, "a block of 28 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {262_145, -1})
    void refusesFramesLargerThanAnyCaptureHas(final int captured) {
        final Captures file = opened(LITTLE_ENDIAN);
        refuses(file.enhanced(0, 1, A, captured, captured), file.size() - 96 + 20, "captured length of ");
    }

    @Test
    void refusesFramesOfInterfacesNotDescribed() {
        final Captures file = opened(LITTLE_ENDIAN);
        final int before = file.size();
        refuses(file.enhanced(1, 1, A), before, "a frame of interface 1", "one of the 1 interfaces");
        refuses(new Captures(LITTLE_ENDIAN).section().simple(A.length, A), 28, "a frame of interface 0");
    }

    @Test
    void refusesWrongSections() {
        final byte[] section = new Captures(LITTLE_ENDIAN).section().bytes();
        final byte[] magic = section.clone();
        magic[8] = 0;
        refuses(new Captures(LITTLE_ENDIAN).raw(magic), 8, "byte-order magic 003c2b1a");
        final byte[] version = section.clone();
        version[12] = 2;
        refuses(new Captures(LITTLE_ENDIAN).raw(version), 12, "pcapng version 2");
    }

    @Test
    void refusesTimeThatDoesNotFit() {
        final Captures file = new Captures(LITTLE_ENDIAN).section();
        refuses(file.describe(1, 0, file.option(RESOLUTION, (byte) 19)), 28, "timestamp resolution 0x13");
        final Captures other = new Captures(LITTLE_ENDIAN).section();
        final byte[] option = other.option(RESOLUTION, (byte) 9);
        option[2] = 90;
        refuses(other.describe(1, 0, option), 28 + 16, "interface option 9 of 90 bytes");
    }

    private static Captures opened(final ByteOrder order) {
        return new Captures(order).section().describe(1, 0);
    }

    private void refuses(final Captures file, final int at, final String... words) {
        final CaptureException e =
                assertThrows(CaptureException.class, () -> CaptureFixture.read(directory, file.bytes()));
        assertTrue(e.getMessage().contains(": at byte " + at + ": "), e.getMessage());
        for (final String word : words) {
            assertTrue(e.getMessage().contains(word), e.getMessage());
        }
    }
}
