package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.placement.CpuSet;
import java.util.List;

/** Whether the scheduler keeps others off the chosen cores (kernel-parameters, isolcpus). */
final class IsolatedCores implements Check {
    @Override
    public String name() {
        return "isolated-cores";
    }

    @Override
    public String why() {
        return "any other process may be scheduled onto a core that is not isolated: 3 us for the switch and back, and up to "
                + "several ms for its time slice";
    }

    @Override
    public List<Observation> look(final Host host) {
        final CpuSet isolated = host.cores().isolated();
        final CpuSet chosen = host.chosenCores();
        final CpuSet missing = chosen.minus(isolated);
        if (chosen.isEmpty()) {
            return List.of(Observation.advice(isolated.isEmpty() ? "no core is isolated, none is configured"
                    : "cores " + isolated + " are isolated, none is configured",
                    "receive.core (and journal.core) on isolated cores",
                    "boot with isolcpus=managed_irq,domain,CORES, and set receive.core"));
        }
        final CpuSet absent = chosen.minus(host.cores().online());
        if (!absent.isEmpty()) {
            return List.of(Observation.fail("configured core " + absent + " is not on line; on line: " + host.cores().online(),
                    "cores that exist", "set receive.core and journal.core to cores on line"));
        }
        return List.of(missing.isEmpty() ? Observation.ok("cores " + chosen + " are isolated")
                : Observation.advice("configured core " + missing + " is not isolated; isolated: "
                        + (isolated.isEmpty() ? "none" : isolated), "isolated", "boot with isolcpus=managed_irq,domain," + chosen));
    }
}
