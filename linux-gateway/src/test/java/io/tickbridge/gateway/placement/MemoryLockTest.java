package io.tickbridge.gateway.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.PlacementConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kernel that refuses, and a limit that changed after it was looked at. */
class MemoryLockTest {
    private static final long GIB = 1L << 30;
    private static final String UNLIMITED =
            "Max locked memory         unlimited            unlimited            bytes";
    private static final String LARGE = "Max locked memory         4294967296           unlimited            bytes";

    @TempDir
    private Path directory;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Integer> calls = new ArrayList<>();
    private RecordedTree machine;

    @BeforeEach
    void putDown() throws IOException {
        machine = new RecordedTree(directory, "two-node-server.tree");
    }

    /** Locks with a kernel that gives these results in turn, and 0 afterwards. */
    private Optional<String> lock(final PlacementConfig.MemoryLock mode, final Integer... results) {
        final MemoryCalls kernel = new MemoryCalls() {
            @Override
            public int lockMemory(final int flags) {
                calls.add(flags);
                return calls.size() <= results.length ? results[calls.size() - 1] : 0;
            }

            @Override
            public void unlockMemory() {
                calls.add(0);
            }
        };
        return new MemoryLock(machine.tree(), () -> kernel).lock(mode, true, GIB, findings::add);
    }

    @ParameterizedTest
    @CsvSource({"1, EPERM", "12, ENOMEM", "11, EAGAIN", "22, EINVAL", "38, ENOSYS", "5, error 5"})
    void aCallThatFailsIsNamedAndRefusedWhereTheLockIsRequired(final int error, final String name) throws IOException {
        machine.with("proc/self/limits", UNLIMITED);
        for (final PlacementConfig.MemoryLock mode : List.of(PlacementConfig.MemoryLock.AUTO, PlacementConfig.MemoryLock.REQUIRE)) {
            findings.clear();
            calls.clear();
            assertEquals(Optional.empty(), lock(mode, error));
            assertEquals(List.of(1, 0), calls, "and what may have been locked is unlocked");
            assertEquals(1, findings.size());
            assertEquals(mode == PlacementConfig.MemoryLock.REQUIRE, findings.get(0).isRefusal());
            assertEquals("memory.lock", findings.get(0).key());
            assertTrue(findings.get(0).text().startsWith("memory is not locked: mlockall failed with " + name), findings::toString);
        }
    }

    @Test
    void theCallForWhatComesLaterCountsAsMuch() throws IOException {
        machine.with("proc/self/limits", UNLIMITED);
        assertEquals(Optional.empty(), lock(PlacementConfig.MemoryLock.REQUIRE, 0, 22));
        assertEquals(List.of(1, 7, 0), calls);
        assertTrue(findings.get(0).isRefusal());
    }

    @Test
    void whatIsLockedIsSaid() throws IOException {
        machine.with("proc/self/limits", UNLIMITED);
        // As DPDK makes it: much address space set aside, little of it touched.
        machine.with("proc/self/status", "VmLck:\t140000000 kB\nVmRSS:\t  400000 kB\n");
        assertEquals(Optional.of("memory is locked, 391 MiB in 136719 MiB of address space and what comes later"),
                lock(PlacementConfig.MemoryLock.REQUIRE));
        machine.with("proc/self/limits", LARGE);
        calls.clear();
        machine.with("proc/self/status", "VmLck:\t100 kB\nVmRSS:\t400000 kB\n");
        assertEquals(Optional.of("memory is locked, 1 MiB in 1 MiB of address space"), lock(PlacementConfig.MemoryLock.AUTO));
        assertEquals(List.of(1, 5), calls, "what cannot be used yet is not filled by the call that makes it usable");
        assertEquals(List.of(), findings);
    }

    @Test
    void aLimitThatBecameTooSmallAfterTheCheckIsSaidOrRefused() throws IOException {
        assertEquals(Optional.empty(), lock(PlacementConfig.MemoryLock.AUTO));
        assertEquals(Optional.empty(), lock(PlacementConfig.MemoryLock.REQUIRE));
        machine.with("proc/self/limits", LARGE); // holds what is there, not what comes: not what was required
        assertEquals(Optional.empty(), lock(PlacementConfig.MemoryLock.REQUIRE));
        assertEquals(List.of(false, true, true), findings.stream().map(Finding::isRefusal).toList());
        findings.forEach(finding -> assertTrue(finding.text().startsWith(
                "memory is not locked: this process may lock "), finding.text()));
        assertEquals(List.of(), calls);
    }

    @Test
    void memoryThatWentAwayAfterTheCheckIsSaidOrRefused() throws IOException {
        machine.with("proc/self/limits", UNLIMITED).with("proc/meminfo", "MemAvailable:   524288 kB");
        assertEquals(Optional.empty(), lock(PlacementConfig.MemoryLock.AUTO));
        assertEquals(Optional.empty(), lock(PlacementConfig.MemoryLock.REQUIRE));
        assertEquals(List.of(false, true), findings.stream().map(Finding::isRefusal).toList());
    }

    @Test
    void nothingIsDoneThatWasNotAskedFor() {
        assertEquals(Optional.empty(), lock(PlacementConfig.MemoryLock.OFF));
        assertFalse(!findings.isEmpty() || !calls.isEmpty());
    }
}
