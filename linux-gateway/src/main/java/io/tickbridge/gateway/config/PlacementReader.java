package io.tickbridge.gateway.config;

import java.util.OptionalInt;

/** Reads where threads run out of the sections that they are configured in. */
final class PlacementReader {
    private Integer receiveCore;
    private Integer journalCore;
    private PlacementConfig.Numa numa;
    private PlacementConfig.MemoryLock lock;

    void receive(final Section section) {
        receiveCore = section.get(Keys.Receive.CORE);
        numa = section.get(Keys.Receive.NUMA);
        if (numa == PlacementConfig.Numa.REQUIRE && receiveCore == null) {
            section.refuse(Keys.Receive.NUMA, "found \"require\" without `receive.core`, allowed: both, or warn");
        }
    }

    void memory(final Section section) {
        lock = section.get(Keys.Memory.LOCK);
        section.close();
    }

    /** After {@link #receive}: the two threads must not share a core. */
    void journal(final Section section) {
        journalCore = section.get(Keys.Journal.CORE);
        if (journalCore != null && journalCore.equals(receiveCore)) {
            section.refuse(Keys.Journal.CORE, "found " + journalCore + ", which `receive.core` has, allowed: another core");
        }
    }

    PlacementConfig config() {
        return new PlacementConfig(optional(receiveCore), optional(journalCore), numa, lock);
    }

    private static OptionalInt optional(final Integer core) {
        return core == null ? OptionalInt.empty() : OptionalInt.of(core);
    }
}
