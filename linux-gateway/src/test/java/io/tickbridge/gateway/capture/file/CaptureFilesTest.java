package io.tickbridge.gateway.capture.file;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.SourceCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CaptureFilesTest {
    private static final int FRAMES = 5;

    @TempDir
    private Path directory;

    /** Two small captures, with the places at which one record ends and the next begins. */
    private record Sample(byte[] bytes, List<Integer> ends, int firstFrameRecord) {

        static Sample pcap() {
            final Captures file = new Captures(BIG_ENDIAN).pcapHeader(0xA1B23C4D, 1);
            final List<Integer> ends = new ArrayList<>(List.of(file.size()));
            for (int i = 0; i < FRAMES; i++) {
                file.pcapRecord(i, i, Captures.frame(i, 60 + i));
                ends.add(file.size());
            }
            return new Sample(file.bytes(), ends, 0);
        }

        static Sample pcapng() {
            final Captures file = new Captures(LITTLE_ENDIAN).section();
            final List<Integer> ends = new ArrayList<>(List.of(file.size()));
            file.describe(1, 0);
            ends.add(file.size());
            for (int i = 0; i < FRAMES; i++) {
                file.enhanced(0, i, Captures.frame(i, 60 + i));
                ends.add(file.size());
            }
            return new Sample(file.bytes(), ends, 1);
        }
    }

    static Stream<Sample> samples() {
        return Stream.of(Sample.pcap(), Sample.pcapng());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void deliversAllWholeFramesOfAFileCutAnywhere(final Sample sample) {
        for (int length = sample.ends.get(0); length <= sample.bytes.length; length++) {
            final CaptureFixture read = CaptureFixture.read(directory, Arrays.copyOf(sample.bytes, length));
            final int cut = length;
            final long whole = sample.ends.stream().filter(end -> end <= cut).count() - 1;
            assertEquals(Math.max(0, whole - sample.firstFrameRecord), read.frames.size(), "cut at " + length);
            final boolean clean = sample.ends.contains(length);
            assertEquals(clean ? 0 : 1, read.counts.truncated(), "cut at " + length);
            final int record = sample.ends.get((int) whole);
            assertEquals(clean ? "" : directory.resolve("capture") + ": cut short inside the record at byte " + record,
                    read.truncation.orElse(""));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void deliversWhatCanBeUnpackedOfACutGzip(final Sample sample) {
        final byte[] packed = Captures.gzip(sample.bytes);
        assertEquals(FRAMES, CaptureFixture.read(directory, packed).frames.size());
        int longest = 0;
        for (int length = packed.length - 1; length > 60; length--) {
            final CaptureFixture read = CaptureFixture.read(directory, Arrays.copyOf(packed, length));
            longest = Math.max(longest, read.frames.size());
            assertEquals(1, read.counts.truncated(), "cut at " + length);
            assertTrue(read.truncation.orElseThrow().endsWith("the gzip stream ends before its end mark"));
        }
        assertEquals(FRAMES, longest);
    }

    @Test
    void unpacksAllMembersOfAGzip() {
        final byte[] plain = Sample.pcap().bytes();
        final byte[] first = Captures.gzip(Arrays.copyOf(plain, 100));
        final byte[] second = Captures.gzip(Arrays.copyOfRange(plain, 100, plain.length));
        final CaptureFixture read = CaptureFixture.read(
                directory, new Captures(LITTLE_ENDIAN).raw(first).raw(second).bytes());
        assertEquals(FRAMES, read.frames.size());
        assertTrue(read.truncation.isEmpty());
    }

    @Test
    void refusesADamagedGzip() {
        final byte[] packed = Captures.gzip(Sample.pcap().bytes());
        packed[packed.length - 6] ^= 1;
        final CaptureException e = assertThrows(CaptureException.class, () -> CaptureFixture.read(directory, packed));
        assertTrue(e.getMessage().contains("cannot be read beyond byte"), e.getMessage());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void survivesDamageAnywhere(final Sample sample) {
        final SplittableRandom random = new SplittableRandom(20_170_425);
        int refused = 0;
        for (int round = 0; round < 600; round++) {
            final byte[] damaged = sample.bytes.clone();
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                CaptureFixture.read(directory, damaged);
            } catch (final CaptureException e) {
                refused++;
            }
        }
        assertTrue(refused > 0);
    }

    @ParameterizedTest
    @CsvSource({"'', a file of 0 bytes", "abc, a file of 3 bytes", "hello world, magic 68656c6c",
        "PK\u0003\u0004zipped, 'magic 504b0304 (zip, unpack it first)'"})
    void refusesWhatIsNoCapture(final String content, final String found) {
        final CaptureException e = assertThrows(
                CaptureException.class, () -> CaptureFixture.read(directory, Captures.text(content)));
        assertEquals(directory.resolve("capture") + ": at byte 0: found " + found
                + "; wanted a pcap or pcapng capture, plain or gzip", e.getMessage());
    }

    @Test
    void saysWhyAFileCannotBeOpened() {
        final Path missing = directory.resolve("missing.pcap");
        assertEquals(missing + ": cannot be opened: no such file or directory",
                assertThrows(CaptureException.class, () -> CaptureFiles.open(missing)).getMessage());
        assertTrue(assertThrows(CaptureException.class, () -> CaptureFiles.open(directory)).getMessage()
                .contains("is a directory"));
    }

    @Test
    void endsAfterAFailure() throws IOException {
        final Path file = directory.resolve("damaged");
        Files.write(file, new Captures(LITTLE_ENDIAN).pcapHeader(0xA1B23C4D, 1)
                .pcapRecord(1, 1, Captures.frame(1, 60)).pcapRecord(1, 1, new byte[60], 0, 0).bytes());
        try (CaptureFileSource source = CaptureFiles.open(file)) {
            assertThrows(CaptureException.class, () -> source.poll((b, o, l, t, p) -> { }, 10));
            assertEquals(1, source.counts().received());
            assertEquals(0, source.poll((b, o, l, t, p) -> { }, 10));
            assertTrue(source.isExhausted());
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void streamsFilesLargerThanItsWindow(final boolean gzip) throws IOException {
        final SplittableRandom random = new SplittableRandom(5);
        final int frames = 20_000;
        final Path file = directory.resolve("large");
        long bytes = 0;
        try (PcapWriter writer = PcapWriter.create(file)) {
            for (int i = 0; i < frames; i++) {
                // Now and then the largest frame that the format has.
                final int length = i % 4_000 == 7 ? FrameCursor.MAX_FRAME : random.nextInt(1, 400);
                writer.write(new UnsafeBuffer(Captures.frame(i, length)), 0, length, 1_000_000_000L * i + i);
                bytes += length;
            }
        }
        assertTrue(Files.size(file) > 4L * CaptureWindow.CAPACITY);
        if (gzip) {
            Files.write(file, Captures.gzip(Files.readAllBytes(file)));
        }
        final SourceCounts counts = new SourceCounts();
        try (CaptureReader reader = CaptureFiles.reader(file, counts)) {
            int i = 0;
            for (; reader.next(); i++) {
                final byte[] frame = new byte[reader.length()];
                reader.buffer().getBytes(reader.offset(), frame);
                bytes -= frame.length;
                assertTrue(Arrays.equals(Captures.frame(i, frame.length), frame), "frame " + i);
                assertEquals(1_000_000_000L * i + i, reader.timestamp());
            }
            assertEquals(frames, i);
            assertEquals(0, bytes);
            assertTrue(reader.truncation().isEmpty());
        }
    }
}
