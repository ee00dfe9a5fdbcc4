package io.tickbridge.gateway.book.order;

import io.tickbridge.gateway.config.PlacementConfig;
import io.tickbridge.gateway.placement.MemoryLock;
import io.tickbridge.gateway.placement.SystemTree;
import org.agrona.UnsafeApi;

/** A process that locks its memory as a gateway does, which a test's own must not do, and then needs more. */
final class LockedMemory {
    private static final long MIB = 1 << 20;

    private LockedMemory() {
    }

    /** Prints figures, each as a name and bytes; 1 for true. */
    public static void main(final String[] arguments) {
        // Of which the middle is made usable, so that the kernel does not make it one with a neighbour.
        final long aside = LibC.CALLS.mmap(null, 24 * MIB, LibC.PROT_NONE, LibC.MAP_OWN_MEMORY, LibC.NO_FILE, 0) + 8 * MIB;
        final GrowingMemory memory = new GrowingMemory(MIB / 8, 256 * MIB, LibC.CALLS);
        new MemoryLock(SystemTree.MACHINE).lock(PlacementConfig.MemoryLock.REQUIRE, true, 0, finding -> {
            throw new IllegalStateException(finding.text());
        });
        print("reserved is locked", MemoryMap.of(aside, aside + 8 * MIB).is("lo") ? 1 : 0);
        LibC.CALLS.mprotect(aside, 8 * MIB, LibC.PROT_READ_WRITE);
        print("there before it is touched", MemoryMap.of(aside, aside + 8 * MIB).resident());
        memory.require(64 * MIB);
        final MemoryMap usable = MemoryMap.of(memory.address() + 2 * MIB, memory.address() + 64 * MIB);
        print("there when it was required", usable.resident());
        print("of it in huge pages", usable.huge());
        for (long at = 0; at < 64 * MIB; at += Long.BYTES) {
            if (UnsafeApi.getLong(memory.address() + at) != 0) {
                throw new IllegalStateException("no zero at " + at);
            }
        }
    }

    private static void print(final String name, final long bytes) {
        System.out.println(name + ' ' + bytes);
    }
}
