package io.tickbridge.gateway.doctor;

import java.util.List;
import java.util.Set;

/** What the kernel reads the time from. */
final class ClockSource implements Check {
    private static final String DIRECTORY = "sys/devices/system/clocksource/clocksource0/";
    /** Read in user space by the kernel's shared page, without a system call. */
    private static final Set<String> FAST = Set.of("tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter");

    @Override
    public String name() {
        return "clock-source";
    }

    @Override
    public String why() {
        return "the time is read once a burst: 20 ns from the TSC, about 1 us from the HPET or ACPI timer through a system call";
    }

    @Override
    public List<Observation> look(final Host host) {
        final String current = host.tree().read(DIRECTORY + "current_clocksource").orElse("");
        final String available = host.tree().read(DIRECTORY + "available_clocksource").orElse("");
        if (current.isEmpty()) {
            return List.of(Observation.unknown("the kernel does not tell", "cat /" + DIRECTORY + "current_clocksource"));
        }
        if (FAST.contains(current)) {
            return List.of(Observation.ok(current));
        }
        return List.of(Observation.advice(current + (available.isEmpty() ? "" : " of " + available), "tsc",
                available.contains("tsc") ? "echo tsc > /" + DIRECTORY + "current_clocksource"
                        : "see dmesg for why the kernel gave up the TSC; boot with tsc=reliable where the hardware is known to keep it"));
    }
}
