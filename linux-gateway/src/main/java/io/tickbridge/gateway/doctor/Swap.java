package io.tickbridge.gateway.doctor;

import java.util.List;

/** Whether memory may go to a disk (proc(5), /proc/swaps). */
final class Swap implements Check {
    @Override
    public String name() {
        return "swap";
    }

    @Override
    public String why() {
        return "a page that went to the disk costs 50 us to 10 ms to come back, in the middle of a packet";
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<String> devices = host.tree().read("proc/swaps").orElse("").lines().skip(1)
                .map(line -> line.split("\\s+")[0]).toList();
        return List.of(devices.isEmpty() ? Observation.ok("none")
                : Observation.advice(String.join(", ", devices), "none, or memory locked",
                        "swapoff -a, and take it out of /etc/fstab; memory.lock keeps the gateway's own memory"));
    }
}
