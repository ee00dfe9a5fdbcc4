package io.tickbridge.gateway.placement;

/** Rights that a process may have beside its user's: capabilities(7), include/uapi/linux/capability.h. */
public enum Capability {
    /** Interfaces may be changed, and XDP programs attached to them. */
    CAP_NET_ADMIN(12),
    /** Packet sockets and AF_XDP sockets may be opened. */
    CAP_NET_RAW(13),
    /** Memory may be locked without limit. */
    CAP_IPC_LOCK(14),
    /** Much, and before Linux 5.8 what CAP_BPF stands for now. */
    CAP_SYS_ADMIN(21),
    /** BPF programs may be loaded. */
    CAP_BPF(39);

    private final int number;

    Capability(final int number) {
        this.number = number;
    }

    /** Whether this process has it; `untold` where the kernel does not say. */
    boolean isHeld(final SystemTree tree, final boolean untold) {
        return isHeldBy(tree, "self", untold);
    }

    /**
     * Whether a process is known to have it.
     *
     * @param tree    the machine's files
     * @param process its number, or "self"
     * @return false too where the kernel does not tell
     */
    public boolean isHeldBy(final SystemTree tree, final String process) {
        return isHeldBy(tree, process, false);
    }

    private boolean isHeldBy(final SystemTree tree, final String process, final boolean untold) {
        final String effective = ThreadStatus.field(tree.read("proc/" + process + "/status").orElse(""), "CapEff");
        return effective.matches("[0-9a-f]{1,16}") ? (Long.parseUnsignedLong(effective, 16) >>> number & 1) == 1 : untold;
    }

    /**
     * Whether this process is known to lack it.
     *
     * @param tree the machine's files
     * @return false too where the kernel does not tell
     */
    public boolean isLacking(final SystemTree tree) {
        return !isHeld(tree, true);
    }
}
