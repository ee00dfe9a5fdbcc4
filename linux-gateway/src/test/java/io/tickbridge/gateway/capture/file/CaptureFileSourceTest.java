package io.tickbridge.gateway.capture.file;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.capture.FrameHandler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFileSourceTest {
    private static final FrameHandler IGNORE = (buffer, offset, length, receiveTime, port) -> { };

    private static final List<Long> RECORDED =
            List.of(50_000_000_100L, 50_000_000_200L, 50_000_000_190L, 50_000_001_100L, 50_000_002_100L);

    private final List<Long> times = new ArrayList<>();
    private final FrameHandler collect = (buffer, offset, length, receiveTime, port) -> times.add(receiveTime);
    private long now = 1_000_000;

    @TempDir
    private Path directory;
    private Path file;

    @BeforeEach
    void fiveFrames() throws IOException {
        file = directory.resolve("five.pcap");
        final Captures capture = new Captures(LITTLE_ENDIAN).pcapHeader(0xA1B23C4D, 1);
        for (final int fraction : new int[] {100, 200, 190, 1_100, 2_100}) {
            capture.pcapRecord(50, fraction, Captures.frame(fraction, 60));
        }
        Files.write(file, capture.bytes());
    }

    @Test
    void playsAsFastAsPolledWithinTheLimit() {
        try (CaptureFileSource source = CaptureFiles.open(file)) {
            assertEquals(2, source.poll(collect, 2));
            assertFalse(source.isExhausted());
            assertEquals(3, source.poll(collect, 10));
            assertEquals(0, source.poll(collect, 10));
            assertTrue(source.isExhausted());
            assertFalse(source.isLive());
            assertEquals(5, source.counts().received());
        }
        assertEquals(RECORDED, times);
    }

    @Test
    void playsAtTheRecordedPace() {
        try (CaptureFileSource source = CaptureFiles.open(file, 1, () -> now)) {
            assertEquals(1, source.poll(collect, 10));
            now += 99;
            assertEquals(0, source.poll(collect, 10));
            now += 1;
            // The third was recorded as earlier than the second, and waits for nothing but its turn.
            assertEquals(2, source.poll(collect, 10));
            now += 899;
            assertEquals(0, source.poll(collect, 10));
            assertFalse(source.isExhausted());
            now += 10_000;
            assertEquals(1, source.poll(collect, 1));
            assertEquals(1, source.poll(collect, 1));
            assertEquals(0, source.poll(collect, 1));
            assertTrue(source.isExhausted());
        }
        assertEquals(50_000_002_100L, times.get(4));
    }

    @Test
    void playsFasterByAFactor() {
        try (CaptureFileSource source = CaptureFiles.open(file, 4, () -> now)) {
            source.poll(collect, 10);
            now += 24;
            assertEquals(0, source.poll(collect, 10));
            now += 1;
            assertEquals(2, source.poll(collect, 10));
            now += 225;
            assertEquals(1, source.poll(collect, 10));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAPaceThatIsNone(final double pace) {
        assertThrows(IllegalArgumentException.class, () -> CaptureFiles.open(file, pace));
    }

    @Test
    void tellsOfACutFile() throws IOException {
        final byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        try (CaptureFileSource source = CaptureFiles.open(file)) {
            assertEquals(4, source.poll(collect, 10));
            assertEquals(1, source.counts().truncated());
            assertTrue(source.truncation().orElseThrow().endsWith("inside the record at byte " + (24 + 4 * 76)));
        }
    }

    @Test
    void allocatesNothingPerFrame() {
        final Path large = directory.resolve("large.pcap");
        final int frames = 60_000;
        try (PcapWriter writer = PcapWriter.create(large)) {
            final UnsafeBuffer frame = new UnsafeBuffer(new byte[200]);
            for (int i = 0; i < frames; i++) {
                writer.write(frame, 0, 60 + i % 140, i);
            }
        }
        final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (CaptureFileSource source = CaptureFiles.open(large)) {
            int played = 0;
            for (int i = 0; i < 100; i++) {
                played += source.poll(IGNORE, 64);
            }
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int burst = source.poll(IGNORE, 64); burst > 0; burst = source.poll(IGNORE, 64)) {
                played += burst;
            }
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertEquals(frames, played);
            // Refilling the window may cost the channel an object or two; frames cost nothing.
            assertTrue(allocated < frames / 10, allocated + " bytes for " + frames + " frames");
        }
    }
}
