package io.tickbridge.gateway.config;

import java.util.OptionalInt;

/**
 * Where threads run and whether memory stays where it is.
 *
 * @param receiveCore core of the receive thread; empty leaves it to the scheduler
 * @param journalCore core of the journal thread; empty leaves it to the scheduler
 * @param numa        what it is worth when network interface and receive core are on different NUMA nodes
 * @param memoryLock  whether memory is locked
 */
public record PlacementConfig(OptionalInt receiveCore, OptionalInt journalCore, Numa numa, MemoryLock memoryLock) {

    /** What a far NUMA node is worth. */
    public enum Numa {
        /** A line in the log. */
        WARN,
        /** The gateway does not start. */
        REQUIRE
    }

    /** Whether memory is locked. */
    public enum MemoryLock {
        /** For live sources, where the process may; otherwise a warning. */
        AUTO,
        /** Always; a process that may not does not start. */
        REQUIRE,
        /** Never. */
        OFF
    }
}
