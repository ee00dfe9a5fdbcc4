package io.tickbridge.gateway.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountersFileTest {
    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void inADirectoryThatIsNotThereYet() {
        path = directory.resolve("run/gateway.counters");
    }

    private static Map<String, Long> values(final CountersFile file) {
        final Map<String, Long> values = new LinkedHashMap<>();
        file.reader().forEach((value, id, label) -> values.put(label, value));
        return values;
    }

    @Test
    void aReaderSeesWhatTheWriterWrites() {
        try (CountersFile writer = CountersFile.create(path, 2); CountersFile reader = CountersFile.open(path)) {
            final CountersManager manager = writer.manager();
            final var first = manager.newCounter("feed.cme.gaps");
            final var second = manager.newCounter("link.port");
            assertEquals(Map.of("feed.cme.gaps", 0L, "link.port", 0L), values(reader));
            first.setRelease(Long.MAX_VALUE);
            second.setRelease(-1);
            assertEquals(Map.of("feed.cme.gaps", Long.MAX_VALUE, "link.port", -1L), values(reader));
            assertEquals(0, reader.lastHeartbeat());
            writer.heartbeat(1_795_373_034_152_681_176L);
            assertEquals(1_795_373_034_152_681_176L, reader.lastHeartbeat());
            assertEquals(ProcessHandle.current().pid(), reader.processId());
        }
    }

    @Test
    void staysReadableWhenTheWriterIsGone() {
        try (CountersFile writer = CountersFile.create(path, 1)) {
            writer.manager().newCounter("a").setRelease(7);
        }
        try (CountersFile reader = CountersFile.open(path)) {
            assertEquals(Map.of("a", 7L), values(reader));
        }
    }

    @Test
    void holdsAsManyCountersAsAskedForAndNoMore() {
        final int many = 3000;
        try (CountersFile writer = CountersFile.create(path, many); CountersFile reader = CountersFile.open(path)) {
            final CountersManager manager = writer.manager();
            IntStream.range(0, many).forEach(i -> manager.newCounter("counter " + i).setRelease(i));
            assertThrows(IllegalStateException.class, () -> manager.newCounter("one more"));
            final Map<String, Long> values = values(reader);
            assertEquals(many, values.size());
            IntStream.range(0, many).forEach(i -> assertEquals(i, values.get("counter " + i)));
        }
    }

    @Test
    void aReaderOfTheRunBeforeIsLeftAlone() {
        final CountersFile old = CountersFile.create(path, 1);
        old.manager().newCounter("a").setRelease(1);
        try (CountersFile reader = CountersFile.open(path)) {
            old.close();
            try (CountersFile next = CountersFile.create(path, 5)) {
                next.manager().newCounter("b").setRelease(2);
                assertEquals(Map.of("a", 1L), values(reader));
                try (CountersFile newReader = CountersFile.open(path)) {
                    assertEquals(Map.of("b", 2L), values(newReader));
                }
            }
        }
    }

    @Test
    void saysThatNoGatewayRuns() {
        assertEquals(path + ": no counters are there; is a gateway running with this configuration?", refusal(path));
        assertEquals(directory + ": no counters are there; is a gateway running with this configuration?", refusal(directory));
    }

    @Test
    void refusesWhatIsNoCountersFile() throws IOException {
        final Path other = directory.resolve("other");
        for (final byte[] content : new byte[][] {{}, "TBRCNT01".getBytes(StandardCharsets.US_ASCII), new byte[10_000]}) {
            Files.write(other, content);
            assertEquals(other + ": not a counters file, or one of another version", refusal(other));
        }
    }

    @Test
    void refusesAFileThatIsNotAllThereOrOfAnotherVersion() throws IOException {
        CountersFile.create(path, 3).close();
        final byte[] whole = Files.readAllBytes(path);
        assertEquals("TBRCNT01", new String(whole, 0, 8, StandardCharsets.US_ASCII));
        CountersFile.open(path).close();
        for (final int length : new int[] {whole.length - 1, 64, 63, 8}) {
            Files.write(path, java.util.Arrays.copyOf(whole, length));
            assertTrue(refusal(path).endsWith("not a counters file, or one of another version"), "length " + length);
        }
        for (final int capacity : new int[] {-1, 0, 2, 4, Integer.MAX_VALUE}) {
            Files.write(path, ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN).putInt(24, capacity).array());
            assertTrue(refusal(path).endsWith("not a counters file, or one of another version"), "capacity " + capacity);
        }
        final byte[] next = whole.clone();
        next[7] = '2';
        Files.write(path, next);
        assertTrue(refusal(path).endsWith("not a counters file, or one of another version"));
    }

    @Test
    void saysWhyItCannotBeCreated() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "x");
        final Path below = file.resolve("counters");
        final String message = assertThrows(UncheckedIOException.class, () -> CountersFile.create(below, 1)).getMessage();
        assertTrue(message.startsWith(below + ": cannot create the counters file ("), message);
        assertTrue(message.endsWith("); name another place under `counters`"), message);
        assertFalse(message.contains("null"), message);
    }

    private static String refusal(final Path file) {
        return assertThrows(UncheckedIOException.class, () -> CountersFile.open(file)).getMessage();
    }
}
