package io.tickbridge.gateway.placement;

import java.util.OptionalLong;

/** What this process may lock, and what it has. */
public final class MemoryLimits {
    private static final long KIB = 1024;

    private final SystemTree tree;

    /**
     * A look at a machine.
     *
     * @param tree its files
     */
    public MemoryLimits(final SystemTree tree) {
        this.tree = tree;
    }

    /**
     * Memory that may be locked (RLIMIT_MEMLOCK of getrlimit(2), unless CAP_IPC_LOCK lifts it).
     *
     * @return bytes; empty when there is no limit
     */
    public OptionalLong lockable() {
        if (Capability.CAP_IPC_LOCK.isHeld(tree, false)) {
            return OptionalLong.empty();
        }
        // Name, soft limit, hard limit, unit; at least two blanks between.
        final String soft = tree.read("proc/self/limits").orElse("").lines()
                .filter(line -> line.startsWith("Max locked memory")).map(line -> line.split("\\s{2,}"))
                .filter(columns -> columns.length > 1).map(columns -> columns[1]).findFirst().orElse("0");
        return soft.equals("unlimited") ? OptionalLong.empty() : OptionalLong.of(number(soft));
    }

    /**
     * Address space taken, which is what the limit is held against.
     *
     * @return bytes
     */
    public long size() {
        return number(status("VmSize").replace(" kB", "")) * KIB;
    }

    /**
     * Address space that is locked. Far more than there is memory where a driver sets address space aside: DPDK does so with
     * more than 100 GB, of which it touches little.
     *
     * @return bytes
     */
    public long locked() {
        return number(status("VmLck").replace(" kB", "")) * KIB;
    }

    /**
     * Memory that is locked, of the locked address space what has been touched. Huge pages are not in it: they are never
     * paged out.
     *
     * @return bytes, at most; the kernel tells of what is in memory (VmRSS) only in all
     */
    public long lockedResident() {
        return Math.min(locked(), number(status("VmRSS").replace(" kB", "")) * KIB);
    }

    /**
     * Memory that the machine can give without paging anything out.
     *
     * @return bytes; the largest number when the kernel does not tell
     */
    public long available() {
        final String text = ThreadStatus.field(tree.read("proc/meminfo").orElse(""), "MemAvailable").replace(" kB", "");
        return text.isEmpty() ? Long.MAX_VALUE : number(text) * KIB;
    }

    private String status(final String name) {
        return ThreadStatus.field(tree.read("proc/self/status").orElse(""), name);
    }

    private static long number(final String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
