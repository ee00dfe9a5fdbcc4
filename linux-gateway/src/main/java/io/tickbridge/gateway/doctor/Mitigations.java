package io.tickbridge.gateway.doctor;

import java.util.List;

/** What the processor's flaws cost (kernel documentation, admin-guide/hw-vuln). */
final class Mitigations implements Check {
    private static final String DIRECTORY = "sys/devices/system/cpu/vulnerabilities";

    @Override
    public String name() {
        return "mitigations";
    }

    @Override
    public String why() {
        return "each system call and interrupt pays for them, up to about 1 us on older processors; past the kernel there are none "
                + "to pay. Off is for machines that run nobody else's code";
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<String> active = host.tree().names(DIRECTORY).stream()
                .filter(name -> host.tree().read(DIRECTORY + "/" + name).orElse("").startsWith("Mitigation")).toList();
        if (host.bootOption("mitigations").filter("off"::equals).isPresent()) {
            return List.of(Observation.ok("off by the command line"));
        }
        if (active.isEmpty()) {
            return List.of(Observation.ok("none active"));
        }
        // Nothing is advised: whether others' code runs here is the operator's to know.
        return List.of(Observation.ok(active.size() + " active: " + String.join(", ", active)));
    }
}
