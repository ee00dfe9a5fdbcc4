package io.tickbridge.gateway.placement;

import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.PlacementConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the receive and journal threads on their cores, and every other thread of the process on the rest: the collector's
 * and compiler's too, which Java has no name for but the kernel lists.
 *
 * <p>A new thread starts where its creator may run. So all that exist are moved first, which covers what they create;
 * what the two placed threads create while they open things is moved after that ({@link #onOpened}), and the status
 * thread looks for stragglers ({@link #confineNew}).
 */
public final class ThreadPlacement {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadPlacement.class);
    private static final int NONE = -1;

    private final SystemTree tree;
    private final Cores cores;
    private final OptionalInt receiveCore;
    private final OptionalInt journalCore;
    private final CpuSet reserved;
    private final Set<String> known = new HashSet<>();
    private CpuSet rest = CpuSet.of();
    private volatile int receiveThread = NONE;
    private volatile int journalThread = NONE;

    /**
     * A placement that is not made yet.
     *
     * @param config      which cores
     * @param journalling whether there is a journal thread
     * @param tree        the machine's files
     */
    public ThreadPlacement(final PlacementConfig config, final boolean journalling, final SystemTree tree) {
        this.tree = tree;
        this.cores = new Cores(tree);
        this.receiveCore = config.receiveCore();
        this.journalCore = journalling ? config.journalCore() : OptionalInt.empty();
        this.reserved = CpuSet.of(IntStream.concat(receiveCore.stream(), journalCore.stream()).toArray());
    }

    /** Moves every thread there is off the reserved cores. Before the gateway's own threads are started. */
    public void begin() {
        if (reserved.isEmpty()) {
            return;
        }
        rest = remaining();
        if (rest.isEmpty()) {
            LOG.warn("there is no core but {}: all threads of the gateway share it; give the process more", reserved);
        } else {
            if (!rest.and(reserved).isEmpty()) {
                LOG.warn("journal thread and all other threads share core {}: there is no further one; give the process more",
                        rest);
            }
            confineNew();
        }
    }

    /** Where all others go: on the cores they were started with, if any are left, and not on isolated ones. */
    private CpuSet remaining() {
        final CpuSet started = ThreadStatus.read(tree, "self", tree.callingThread())
                .map(ThreadStatus::allowed).orElse(CpuSet.of());
        final CpuSet usable = new ControlGroup(tree).cpus().map(cores.online()::and).orElse(cores.online());
        final CpuSet receive = CpuSet.of(receiveCore.stream().toArray());
        return List.of(started.minus(reserved), usable.minus(cores.isolated()).minus(reserved),
                        started.minus(receive), usable.minus(receive)).stream()
                .filter(set -> !set.isEmpty()).findFirst().orElse(CpuSet.of());
    }

    /** To be called by the receive thread, first of all: what it opens is then taken from memory near its core. */
    public void onReceiveThread() {
        receiveThread = tree.callingThread();
        receiveCore.ifPresent(core -> pin("receive", receiveThread, core));
    }

    /** To be called by the receive thread when source and link are open: drivers move and create threads. */
    public void onOpened() {
        if (reserved.isEmpty()) {
            return;
        }
        receiveCore.ifPresent(core -> pin("receive", receiveThread, core));
        confineNew();
        LOG.info("receive thread {}", place(receiveThread));
    }

    /** To be called by the journal thread, first of all. */
    public void onJournalThread() {
        journalThread = tree.callingThread();
        if (journalCore.isPresent()) {
            pin("journal", journalThread, journalCore.getAsInt());
            LOG.info("journal thread {}", place(journalThread));
        } else if (!rest.isEmpty()) {
            // The receive thread created it, on its own core.
            LibC.loaded().place(journalThread, rest);
        }
    }

    /** Moves threads off the reserved cores that have come since the last look. */
    public synchronized void confineNew() {
        if (rest.isEmpty()) {
            return;
        }
        final List<String> threads = tree.names("proc/self/task");
        known.retainAll(Set.copyOf(threads));
        for (final String name : threads) {
            final int thread = Integer.parseInt(name);
            if (thread != receiveThread && thread != journalThread && known.add(name)) {
                ThreadStatus.read(tree, "self", thread).ifPresent(this::confine);
            }
        }
    }

    private void confine(final ThreadStatus thread) {
        if (thread.allowed().and(reserved).isEmpty()) {
            return;
        }
        final CpuSet left = thread.allowed().minus(reserved);
        final int error = LibC.loaded().place(thread.thread(), left.isEmpty() ? rest : left);
        // The kernel does not let go of its own workers, which work for io_uring in this process's name.
        if (error != 0 && error != LibC.ESRCH) {
            LOG.warn("thread {} ({}) stays on core {}: the kernel does not move it, error {}",
                    thread.name(), thread.thread(), thread.allowed().and(reserved), error);
        }
    }

    private void pin(final String name, final int thread, final int core) {
        final CpuSet wanted = CpuSet.of(core);
        final int error = LibC.loaded().place(thread, wanted);
        final Optional<CpuSet> got = ThreadStatus.read(tree, "self", thread).map(ThreadStatus::allowed);
        if (error != 0 || !got.equals(Optional.of(wanted))) {
            throw new ConfigException(List.of(name + ".core: found " + core + ", where the kernel does not let the thread run ("
                    + (error == 0 ? "it may run on " + got.map(CpuSet::toString).orElse("nothing") : "error " + error)
                    + "); allowed: a core of the process's cpuset, in which sched_setaffinity is permitted"));
        }
    }

    /** For the log: thread, core, whether isolated, node. */
    private String place(final int thread) {
        final Optional<ThreadStatus> status = ThreadStatus.read(tree, "self", thread);
        return status.map(found -> thread + " on core " + found.allowed()
                + " (" + (found.allowed().minus(cores.isolated()).isEmpty() ? "isolated" : "not isolated")
                + cores.node(found.cpu()).stream().mapToObj(node -> ", node " + node).findFirst().orElse("") + ")"
                + "; all others on " + rest).orElse("is gone");
    }

    /** The receive thread, as the kernel sees it; empty while it does not run. */
    Optional<ThreadStatus> receive() {
        return status(receiveThread);
    }

    /** The journal thread, as the kernel sees it; empty while it does not run. */
    Optional<ThreadStatus> journal() {
        return status(journalThread);
    }

    private Optional<ThreadStatus> status(final int thread) {
        return thread == NONE ? Optional.empty() : ThreadStatus.read(tree, "self", thread);
    }
}
