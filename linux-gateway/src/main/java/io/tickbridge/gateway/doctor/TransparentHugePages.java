package io.tickbridge.gateway.doctor;

import java.util.List;

/** Whether the kernel gathers pages behind a process's back (kernel documentation, admin-guide/mm/transhuge). */
final class TransparentHugePages implements Check {
    @Override
    public String name() {
        return "transparent-huge-pages";
    }

    @Override
    public String why() {
        return "with `always` a page fault may wait for the kernel to clear or compact 2 MiB: 100 us to several ms";
    }

    @Override
    public List<Observation> look(final Host host) {
        // The one in brackets is in force.
        final String text = host.tree().read("sys/kernel/mm/transparent_hugepage/enabled").orElse("");
        if (text.isEmpty()) {
            return List.of(Observation.notHere("the kernel has none"));
        }
        return List.of(text.contains("[always]") ? Observation.advice("always", "madvise or never",
                "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled, or boot with transparent_hugepage=madvise")
                : Observation.ok(text.replaceAll(".*\\[(\\w+)].*", "$1")));
    }
}
