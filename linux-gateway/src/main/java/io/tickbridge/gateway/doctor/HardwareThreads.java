package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.placement.CpuSet;
import java.util.ArrayList;
import java.util.List;

/** Whether the chosen cores share their execution units (kernel documentation, ABI/testing/sysfs-devices-system-cpu). */
final class HardwareThreads implements Check {
    @Override
    public String name() {
        return "smt";
    }

    @Override
    public String why() {
        return "two hardware threads of one core share its caches and execution units: work on the sibling takes 20 to 40 % of "
                + "the receive thread's speed, and at moments of its own choosing";
    }

    @Override
    public List<Observation> look(final Host host) {
        final String control = host.tree().read("sys/devices/system/cpu/smt/control").orElse("notsupported");
        if (!control.equals("on")) {
            return List.of(Observation.ok("SMT is " + switch (control) {
                case "off" -> "off";
                case "forceoff" -> "off for good until the next boot";
                default -> "not a thing of this processor";
            }));
        }
        final CpuSet chosen = host.chosenCores();
        if (chosen.isEmpty()) {
            return List.of(Observation.advice("SMT is on", "off, or the sibling of each chosen core left idle",
                    "boot with nosmt, or: echo off > /sys/devices/system/cpu/smt/control"));
        }
        final List<Observation> seen = new ArrayList<>();
        for (final int core : chosen.cpus()) {
            final CpuSet siblings = host.cores().siblings(core).minus(CpuSet.of(core)).and(host.cores().online());
            if (siblings.isEmpty()) {
                seen.add(Observation.ok("core " + core + " has no sibling that is on line"));
            } else if (siblings.minus(host.cores().isolated()).isEmpty() && siblings.and(chosen).isEmpty()) {
                seen.add(Observation.ok("core " + core + "'s sibling " + siblings + " is isolated"));
            } else {
                seen.add(Observation.advice("core " + core + " shares its units with " + siblings
                        + (siblings.and(chosen).isEmpty() ? "" : ", which the configuration uses too"),
                        "the sibling idle", "echo 0 > /sys/devices/system/cpu/cpu" + siblings.cpus().get(0) + "/online"));
            }
        }
        return seen;
    }
}
