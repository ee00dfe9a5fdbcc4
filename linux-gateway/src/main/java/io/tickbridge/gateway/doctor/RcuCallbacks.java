package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.placement.CpuSet;
import java.util.List;

/** Whether the kernel's deferred work leaves the chosen cores alone (kernel-parameters, rcu_nocbs). */
final class RcuCallbacks implements Check {
    @Override
    public String name() {
        return "rcu-callbacks";
    }

    @Override
    public String why() {
        return "the kernel frees memory for others in batches on each core: up to some 100 us at a time, a few times a second";
    }

    @Override
    public List<Observation> look(final Host host) {
        final CpuSet chosen = host.chosenCores();
        if (chosen.isEmpty()) {
            return List.of(Observation.notHere("no core is configured"));
        }
        // nohz_full moves the callbacks of its cores away too.
        final String option = host.bootOption("rcu_nocbs").orElse("");
        final CpuSet moved = option.equals("all") ? chosen : CpuSet.parse(option).or(host.cores().tickless());
        final CpuSet missing = chosen.minus(moved);
        return List.of(missing.isEmpty() ? Observation.ok("callbacks of cores " + chosen + " run elsewhere")
                : Observation.advice("callbacks of core " + missing + " run on it", "rcu_nocbs", "boot with rcu_nocbs=" + chosen));
    }
}
