package io.tickbridge.gateway.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways never write one counters file. */
class CountersLockTest {
    @TempDir
    private Path directory;

    @Test
    void aSecondWriterIsRefusedAndTheFirstKeepsItsFile() {
        final Path path = directory.resolve("a.counters");
        try (CountersFile first = CountersFile.create(path, 1)) {
            final var counter = first.manager().newCounter("a");
            final String message =
                    assertThrows(UncheckedIOException.class, () -> CountersFile.create(path, 1)).getMessage();
            assertEquals(path + ": cannot create the counters file (process " + ProcessHandle.current().pid()
                    + " writes it: two gateways need two files); name another place under `counters`", message);
            counter.setRelease(7);
            try (CountersFile reader = CountersFile.open(path)) {
                reader.reader().forEach((value, id, label) -> assertEquals(7, value));
            }
        }
    }

    @Test
    void itIsFreeAgainOnceClosed() {
        final Path path = directory.resolve("a.counters");
        CountersFile.create(path, 1).close();
        try (CountersFile second = CountersFile.create(path, 1); CountersFile other =
                CountersFile.create(directory.resolve("b.counters"), 1)) {
            assertTrue(second.processId() == other.processId());
        }
    }
}
