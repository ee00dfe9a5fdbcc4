package io.tickbridge.gateway.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Threads of other processes on a core. Reads two files of every thread there is: for the start, and for finding out who
 * is in the way, not for every second.
 */
final class Neighbours {
    private final SystemTree tree;

    Neighbours(final SystemTree tree) {
        this.tree = tree;
    }

    /**
     * Those that were put on a core by someone. The kernel's own are left out: it has some for every core.
     *
     * @param core     which
     * @param isolated whether only those run on it that asked for it
     * @return threads bound to that core alone, and on an isolated one all that may run there
     */
    List<ThreadStatus> allowedOn(final int core, final boolean isolated) {
        return others(thread -> !thread.isKernel() && thread.allowed().contains(core)
                && (isolated || thread.allowed().size() == 1));
    }

    /**
     * How much each thread has run.
     *
     * @return processor time in clock ticks by thread
     */
    Map<Integer, Long> sample() {
        final Map<Integer, Long> ticks = new HashMap<>();
        others(thread -> true).forEach(thread -> ticks.put(thread.thread(), thread.ticks()));
        return ticks;
    }

    /**
     * Who has run since a sample.
     *
     * @param cpus   which CPUs
     * @param before the sample
     * @return threads last seen there that have used processor time since, the kernel's included
     */
    List<ThreadStatus> activeSince(final CpuSet cpus, final Map<Integer, Long> before) {
        return others(thread -> cpus.contains(thread.cpu())
                && thread.ticks() > before.getOrDefault(thread.thread(), 0L));
    }

    private List<ThreadStatus> others(final Predicate<ThreadStatus> wanted) {
        final int self = tree.read("proc/self/status").map(status -> ThreadStatus.field(status, "Tgid"))
                .filter(text -> text.matches("\\d+")).map(Integer::parseInt).orElse(-1);
        final List<ThreadStatus> found = new ArrayList<>();
        for (final String process : tree.names("proc")) {
            if (process.matches("\\d+") && Integer.parseInt(process) != self) {
                for (final String thread : tree.names("proc/" + process + "/task")) {
                    final Optional<ThreadStatus> status = ThreadStatus.read(tree, process, Integer.parseInt(thread));
                    status.filter(wanted).ifPresent(found::add);
                }
            }
        }
        return found;
    }
}
