package io.tickbridge.gateway.placement;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Where the two threads run and how often the receive thread was taken off its core. A thread that spins on a core of its
 * own never is: where the count rises, something else runs there, and a line in the log says what, as far as can be seen.
 *
 * <p>Status thread only; once a second it reads the files of two threads. Those of all threads of the machine are read
 * only when there is something to explain.
 */
public final class PlacementWatch {
    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST_PAUSE = 10 * SECOND;
    private static final long LONGEST_PAUSE = 600 * SECOND;
    private static final int NAMED = 5; // neighbours in one line

    private final ThreadPlacement placement;
    private final SystemTree tree;
    private final CpuSet watched;
    private final Consumer<String> log;
    private long nextLook = Long.MIN_VALUE;
    private long nextReport = Long.MIN_VALUE;
    private long pause = FIRST_PAUSE;
    private long reported = -1;
    private Map<Integer, Long> sample;
    private long receiveCpu = -1;
    private long journalCpu = -1;
    private long preempted;
    private long locked;

    /**
     * A watch.
     *
     * @param placement of the threads that are watched
     * @param watched   the receive thread's core, when it spins on one of its own; otherwise none, and only figures are kept:
     *                  the kernel counts a thread that yields as preempted, which then means nothing
     * @param tree      the machine's files
     * @param log       takes one line for each report
     */
    public PlacementWatch(
            final ThreadPlacement placement, final CpuSet watched, final SystemTree tree, final Consumer<String> log) {
        this.placement = placement;
        this.tree = tree;
        this.log = log;
        this.watched = watched;
    }

    /**
     * Looks once more, if it is time.
     *
     * @param now ns since the Unix epoch
     */
    public void look(final long now) {
        if (now < nextLook) {
            return;
        }
        nextLook = now + SECOND;
        placement.confineNew();
        final Optional<ThreadStatus> receive = placement.receive();
        receiveCpu = receive.map(ThreadStatus::cpu).orElse(-1);
        journalCpu = placement.journal().map(ThreadStatus::cpu).orElse(-1);
        preempted = receive.map(ThreadStatus::preempted).orElse(preempted);
        locked = new MemoryLimits(tree).lockedResident();
        if (!watched.isEmpty() && receive.isPresent()) {
            judge(now);
        }
    }

    private void judge(final long now) {
        if (reported < 0) {
            reported = preempted; // until it was on its core others had a right to run
        } else if (sample != null) {
            report(now);
        } else if (preempted > reported && now >= nextReport) {
            sample = new Neighbours(tree).sample();
        }
    }

    /** A second after the sample: who has run meanwhile is likely to have run before. */
    private void report(final long now) {
        final List<ThreadStatus> active = new Neighbours(tree).activeSince(watched, sample);
        sample = null;
        log.accept("receive thread was taken off core " + watched + " " + (preempted - reported)
                + " times since the last report (" + preempted + " in all), frames waited meanwhile; "
                + (active.isEmpty() ? "nobody else was seen there just now, so likely the kernel or an interrupt"
                        : "there ran just now " + active.stream().limit(NAMED).map(ThreadStatus::text)
                                .collect(Collectors.joining(", ")))
                + "; isolate the core, and keep interrupts off it");
        reported = preempted;
        nextReport = now + pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
    }

    /**
     * CPU on which the receive thread was seen last.
     *
     * @return its number; -1 while there is no such thread
     */
    public long receiveCore() {
        return receiveCpu;
    }

    /**
     * CPU on which the journal thread was seen last.
     *
     * @return its number; -1 while there is no such thread
     */
    public long journalCore() {
        return journalCpu;
    }

    /**
     * How often the kernel took the receive thread off a CPU although it could have run on.
     *
     * @return running total
     */
    public long preempted() {
        return preempted;
    }

    /**
     * Memory that is locked: what is in memory of the locked address space.
     *
     * @return bytes, at most
     */
    public long locked() {
        return locked;
    }
}
