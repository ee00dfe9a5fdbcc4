package io.tickbridge.gateway.placement;

import java.util.ArrayList;
import java.util.List;

/** Whether one core can be had, and how much of it: online, isolated, tickless, hardware threads, pinned neighbours. */
final class CoreCheck {
    private static final int NAMED = 3; // neighbours named in one line; more are only counted

    private final SystemTree tree;
    private final Cores cores;

    CoreCheck(final SystemTree tree) {
        this.tree = tree;
        this.cores = new Cores(tree);
    }

    /**
     * Looks at a core.
     *
     * @param key  configuration key that names it
     * @param core its number
     * @param ours all cores that this process keeps to single threads
     * @return what stands against it; a refusal alone, since the rest would follow from it
     */
    List<Finding> run(final String key, final int core, final CpuSet ours) {
        final CpuSet online = cores.online();
        final CpuSet usable = new ControlGroup(tree).cpus().map(online::and).orElse(online);
        if (!usable.contains(core)) {
            return List.of(Finding.refusal(key, "found " + core + ", which "
                    + (online.contains(core) ? "this process's cpuset leaves out" : "is not online")
                    + ", allowed: " + usable));
        }
        final List<Finding> findings = new ArrayList<>();
        final boolean isolated = cores.isolated().contains(core);
        if (!isolated) {
            findings.add(Finding.warning(key, "core " + core + " is not isolated: the scheduler also puts other threads "
                    + "there, which adds microseconds to milliseconds now and then; boot with isolcpus=" + core
                    + " nohz_full=" + core + " rcu_nocbs=" + core));
        } else if (!cores.tickless().contains(core)) {
            findings.add(Finding.warning(key, "core " + core + " is isolated but keeps its timer tick, which interrupts the "
                    + "thread 100 to 1000 times a second; boot with nohz_full=" + core + " rcu_nocbs=" + core));
        }
        siblings(key, core, ours, findings);
        pinned(key, core, isolated, findings);
        return findings;
    }

    private void siblings(final String key, final int core, final CpuSet ours, final List<Finding> findings) {
        final CpuSet others = cores.siblings(core).minus(CpuSet.of(core)).and(cores.online());
        final CpuSet shared = others.and(ours);
        final CpuSet busy = others.minus(ours).minus(cores.isolated());
        if (!shared.isEmpty()) {
            findings.add(Finding.warning(key, "core " + core + " and core " + shared + ", which the gateway's other thread "
                    + "has, are hardware threads of one core: each slows the other; choose another core"));
        }
        if (!busy.isEmpty()) {
            findings.add(Finding.warning(key, "core " + core + " shares its execution units with hardware thread " + busy
                    + ", which other threads may use: isolate it too, or switch it off with echo 0 > "
                    + "/sys/devices/system/cpu/cpu" + busy.toString().split("[,-]")[0] + "/online"));
        }
    }

    private void pinned(final String key, final int core, final boolean isolated, final List<Finding> findings) {
        final List<String> names = new ArrayList<>();
        int count = 0;
        for (final ThreadStatus thread : new Neighbours(tree).allowedOn(core, isolated)) {
            if (count++ < NAMED) {
                names.add(thread.text());
            }
        }
        if (count > 0) {
            findings.add(Finding.warning(key, "core " + core + " has been given to " + String.join(", ", names)
                    + (count > NAMED ? " and " + (count - NAMED) + " more" : "")
                    + (count == 1 ? " too: move it" : " too: move them") + " with taskset -pc, or choose another core"));
        }
    }
}
