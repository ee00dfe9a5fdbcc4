package io.tickbridge.gateway.doctor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether cores run at full clock (kernel documentation, admin-guide/pm/cpufreq). */
final class Governor implements Check {
    private static final String POLICIES = "sys/devices/system/cpu/cpufreq";

    @Override
    public String name() {
        return "governor";
    }

    @Override
    public String why() {
        return "a core that was clocked down takes tens of us to reach full clock, and the first packets of a burst wait for it";
    }

    @Override
    public List<Observation> look(final Host host) {
        final Map<String, Integer> counts = new TreeMap<>();
        for (final String policy : host.tree().names(POLICIES)) {
            host.tree().read(POLICIES + "/" + policy + "/scaling_governor")
                    .ifPresent(governor -> counts.merge(governor, 1, Integer::sum));
        }
        if (counts.isEmpty()) {
            return List.of(Observation.notHere("the kernel scales no clock here, as in a virtual machine"));
        }
        final String found = String.join(", ", counts.entrySet().stream()
                .map(entry -> entry.getKey() + " on " + entry.getValue()).toList());
        return List.of(counts.keySet().equals(java.util.Set.of("performance")) ? Observation.ok(found)
                : Observation.advice(found, "performance on all", "cpupower frequency-set -g performance"));
    }
}
