package io.tickbridge.gateway.placement;

import io.tickbridge.gateway.config.PlacementConfig;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the process's memory in memory (mlockall(2)).
 *
 * <p>What is there is locked and brought in at once, so that no first touch is left for the first packet. What comes
 * later is locked as it is touched (MCL_ONFAULT): locking it whole would have the kernel fill each new block of the
 * journal, and all address space that a driver merely sets aside, while other threads wait for the memory map. So is
 * address space that is there and cannot be used yet: else the kernel would fill it, in small pages, in the very call that
 * makes it usable (mprotect(2)).
 *
 * <p>Later memory is only locked where nothing limits it. Under a limit the kernel counts address space, not memory, of
 * which a Java process has gigabytes, and refuses whatever would exceed it: the process would die of a new block of the
 * journal. Then only what is there is locked, if even that fits, and a required lock is refused.
 */
public final class MemoryLock {
    private static final long MIB = 1L << 20;

    private final SystemTree tree;
    private final MemoryLimits limits;
    private final Supplier<MemoryCalls> calls;

    /**
     * Over a machine.
     *
     * @param tree its files
     */
    public MemoryLock(final SystemTree tree) {
        this(tree, LibC::loaded);
    }

    /** Over a machine and a kernel; the latter is asked for only when something is to be locked. */
    MemoryLock(final SystemTree tree, final Supplier<MemoryCalls> calls) {
        this.tree = tree;
        this.limits = new MemoryLimits(tree);
        this.calls = calls;
    }

    /**
     * What stands against locking.
     *
     * @param mode   what is configured
     * @param isLive whether the source is, which `auto` asks for
     * @param budget bytes that the configuration may take outside the heap, and the heap's
     * @return at most one finding
     */
    Optional<Finding> check(final PlacementConfig.MemoryLock mode, final boolean isLive, final long budget) {
        if (!isWanted(mode, isLive)) {
            return Optional.empty();
        }
        return obstacle(budget).map(text -> new Finding("memory.lock", text, mode == PlacementConfig.MemoryLock.REQUIRE));
    }

    private static boolean isWanted(final PlacementConfig.MemoryLock mode, final boolean isLive) {
        return mode == PlacementConfig.MemoryLock.REQUIRE || mode == PlacementConfig.MemoryLock.AUTO && isLive;
    }

    private Optional<String> obstacle(final long budget) {
        final OptionalLong limit = limits.lockable();
        if (limits.available() < budget) {
            return Optional.of("locking needs up to " + mebibytes(budget) + " of memory and the machine has "
                    + mebibytes(limits.available()) + " left; stop something, ask for less, or set `memory.lock: off`");
        }
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("this process may lock " + mebibytes(limit.getAsLong()) + ", and its address space, which the "
                + "kernel counts, is " + mebibytes(limits.size()) + " and grows" + (fits(limit) ? "; what comes later stays unlocked"
                : "; nothing is locked, so memory can be paged out and a packet then waits for the disk")
                + "; set LimitMEMLOCK=infinity in the systemd unit, or `USER - memlock unlimited` in "
                + "/etc/security/limits.d/tickbridge.conf");
    }

    private boolean fits(final OptionalLong limit) {
        return limits.size() <= limit.getAsLong();
    }

    /**
     * Locks what may be locked. Can take as long as the kernel needs to bring all memory in. Looks at the machine anew,
     * since it may have changed after {@link #check}.
     *
     * @param mode     what is configured
     * @param isLive   whether the source is
     * @param budget   as for {@link #check}
     * @param obstacle told why memory is not locked although it was to be; a refusal where the lock is required
     * @return what was done, for the log; empty when nothing was to be done or could be
     */
    public Optional<String> lock(final PlacementConfig.MemoryLock mode, final boolean isLive, final long budget,
            final Consumer<Finding> obstacle) {
        if (!isWanted(mode, isLive)) {
            return Optional.empty();
        }
        final boolean isRequired = mode == PlacementConfig.MemoryLock.REQUIRE;
        final OptionalLong limit = limits.lockable();
        if (limits.available() < budget || limit.isPresent() && (isRequired || !fits(limit))) {
            obstacle(budget).ifPresent(text -> obstacle.accept(notLocked(text, isRequired)));
            return Optional.empty();
        }
        final MemoryCalls libC = calls.get();
        int error = libC.lockMemory(LibC.MCL_CURRENT);
        if (error == 0) {
            // A second call, which brings nothing in: that was the first one's task.
            error = libC.lockMemory(LibC.MCL_CURRENT | LibC.MCL_ONFAULT | (limit.isEmpty() ? LibC.MCL_FUTURE : 0));
        }
        if (error != 0) {
            libC.unlockMemory();
            obstacle.accept(notLocked("mlockall failed with " + name(error) + "; allow it, or set `memory.lock: off`", isRequired));
            return Optional.empty();
        }
        final MemoryLimits now = new MemoryLimits(tree);
        return Optional.of("memory is locked, " + mebibytes(now.lockedResident()) + " in " + mebibytes(now.locked())
                + " of address space" + (limit.isEmpty() ? " and what comes later" : ""));
    }

    private static Finding notLocked(final String text, final boolean isRequired) {
        return new Finding("memory.lock", "memory is not locked: " + text, isRequired);
    }

    /** What mlockall(2) says of its errors. */
    private static String name(final int error) {
        return switch (error) {
            case LibC.EPERM -> "EPERM: the process has no right to, or its container forbids the call";
            case LibC.ENOMEM -> "ENOMEM: the limit on locked memory, or the memory of the machine or container, does not hold it";
            case LibC.EAGAIN -> "EAGAIN: some of the memory could not be locked";
            case LibC.EINVAL -> "EINVAL: the kernel knows no MCL_ONFAULT, which Linux 4.4 brought";
            case LibC.ENOSYS -> "ENOSYS: the kernel or container has no such call";
            default -> "error " + error;
        };
    }

    private static String mebibytes(final long bytes) {
        return (bytes + MIB - 1) / MIB + " MiB";
    }
}
