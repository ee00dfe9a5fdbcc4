package io.tickbridge.gateway.book.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

/** Memory that grows in place: what the kernel says of it, and what happens when the kernel refuses. */
class GrowingMemoryTest {
    private static final long MIB = 1 << 20;
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    /** The system, which can be told to refuse, and to whom memory was given back. */
    static final class Kernel implements LibC.Calls {
        boolean refuses;
        private final List<String> asked = new ArrayList<>();

        @Override
        public long mmap(
                final Pointer near, final long length, final int protection, final int flags, final int file, final long offset) {
            return refuses ? LibC.MAP_FAILED : LibC.CALLS.mmap(near, length, protection, flags, file, offset);
        }

        @Override
        public int munmap(final long address, final long length) {
            return LibC.CALLS.munmap(address, length);
        }

        @Override
        public int mprotect(final long address, final long length, final int protection) {
            asked.add("usable " + length);
            return refuses ? -1 : LibC.CALLS.mprotect(address, length, protection);
        }

        @Override
        public int madvise(final long address, final long length, final int advice) {
            asked.add("huge " + length);
            return LibC.CALLS.madvise(address, length, advice);
        }
    }

    private final Kernel system = new Kernel();

    @Test
    void whatIsSetAsideIsNeitherMemoryNorCountedAsSuch() {
        final GrowingMemory memory = new GrowingMemory(MIB, 256 * MIB, system);
        final MemoryMap aside = MemoryMap.of(memory.address() + 2 * MIB, memory.address() + 256 * MIB);
        assertTrue(aside.space() >= 254 * MIB, () -> "it is there: " + aside.space());
        assertEquals(0, aside.resident());
        assertFalse(aside.is("ac"), "none of it is counted");
        assertFalse(aside.is("wr"));
        final MemoryMap first = MemoryMap.of(memory.address(), memory.address() + MIB);
        assertTrue(first.resident() >= MIB, () -> "it is there: " + first.resident());
        assertTrue(first.is("wr"));
        assertTrue(first.is("ac"), "what can be used is counted, so that the kernel refuses it in time");
        UnsafeApi.putLong(memory.address() + MIB - Long.BYTES, 7);
    }

    @Test
    void hugePagesAreAskedForBeforeAnythingCanBeUsed() {
        new GrowingMemory(MIB, 16 * MIB, system).require(8 * MIB);
        assertEquals(List.of("huge " + 14 * MIB, "usable " + MIB, "usable " + 7 * MIB), system.asked);
    }

    @Test
    void aSystemWithoutAddressSpaceIsNamed() {
        system.refuses = true;
        final OutOfMemoryError error = assertThrows(OutOfMemoryError.class, () -> new GrowingMemory(MIB, 4 * MIB, system));
        assertTrue(error.getMessage().startsWith("no memory for orders: mmap(2) refuses 6291456 bytes of address space; "),
                error::getMessage);
    }

    @Test
    void whatWasRefusedCanBeAskedForAgainAndIsHadWhenItIsNeeded() {
        final GrowingMemory memory = new GrowingMemory(MIB, 8 * MIB, system);
        UnsafeApi.putLong(memory.address(), 7);
        system.refuses = true;
        memory.prepare(2 * MIB);
        final OutOfMemoryError error = assertThrows(OutOfMemoryError.class, memory::fulfil);
        assertTrue(error.getMessage().startsWith("no memory for orders: mprotect(2) refuses 1048576 bytes; "), error::getMessage);
        memory.abandon();
        assertThrows(OutOfMemoryError.class, () -> memory.require(2 * MIB));
        system.refuses = false;
        memory.fulfil();
        assertFalse(MemoryMap.of(memory.address() + MIB, memory.address() + 2 * MIB).is("wr"), "nothing is asked for any more");
        memory.prepare(2 * MIB);
        memory.fulfil();
        assertEquals(1, memory.late());
        memory.require(2 * MIB);
        assertEquals(1, memory.late(), "it was there");
        memory.require(4 * MIB);
        assertEquals(2, memory.late());
        UnsafeApi.putLong(memory.address() + 4 * MIB - Long.BYTES, 7);
        assertEquals(7, UnsafeApi.getLong(memory.address()), "nothing moved");
        final IllegalStateException tooMuch = assertThrows(IllegalStateException.class, () -> memory.require(8 * MIB + 1));
        assertTrue(tooMuch.getMessage().contains("8388608"), tooMuch::getMessage);
    }

    @Test
    void ofLockedMemoryOnlyWhatIsTouchedIsThereAndInHugePages() throws IOException, InterruptedException {
        final List<String> said = lockedProcess();
        assertTrue(said.contains("reserved is locked 1"), said::toString);
        assertTrue(said.contains("there before it is touched 0"), said::toString);
        assertTrue(figure(said, "there when it was required") >= 62 * MIB, said::toString);
        Requirement.is(Files.exists(HUGE_PAGES) && !Files.readString(HUGE_PAGES).contains("[never]"), "transparent huge pages");
        assertTrue(figure(said, "of it in huge pages") > 0, said::toString);
    }

    private static long figure(final List<String> said, final String name) {
        return said.stream().filter(line -> line.startsWith(name + ' ')).map(line -> line.substring(name.length() + 1))
                .mapToLong(Long::parseLong).findFirst().orElse(-1);
    }

    private static List<String> lockedProcess() throws IOException, InterruptedException {
        Requirement.root(); // the lock needs CAP_IPC_LOCK or no limit
        final Path bin = Path.of(System.getProperty("tickbridge.root", ".."), "linux-gateway", "bin");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + bin.resolve("jvm.flags"));
        if (Runtime.version().feature() >= 24) {
            command.add("@" + bin.resolve("jvm-24.flags"));
        }
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), LockedMemory.class.getName()));
        final Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            final List<String> said = child.inputReader().lines().toList();
            assertEquals(0, child.waitFor(), said::toString);
            return said;
        } finally {
            child.destroyForcibly();
        }
    }
}
