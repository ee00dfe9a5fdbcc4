package io.tickbridge.gateway.placement;

import java.util.OptionalLong;

/** What this process may lock, and what it has. */
public final class MemoryLimits {
    private static final int CAP_IPC_LOCK = 14; // include/uapi/linux/capability.h
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
        final String capabilities = status("CapEff");
        if (capabilities.matches("[0-9a-f]{1,16}")
                && (Long.parseUnsignedLong(capabilities, 16) >>> CAP_IPC_LOCK & 1) == 1) {
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
     * Memory that is locked.
     *
     * @return bytes
     */
    public long locked() {
        return number(status("VmLck").replace(" kB", "")) * KIB;
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
