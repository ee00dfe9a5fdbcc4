package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.placement.CpuSet;
import java.util.List;

/** Whether the timer tick leaves the chosen cores alone (kernel documentation, timers/no_hz). */
final class TicklessCores implements Check {
    @Override
    public String name() {
        return "tickless-cores";
    }

    @Override
    public String why() {
        return "the timer tick interrupts a busy core 100 to 1,000 times a second for 2 to 10 us each";
    }

    @Override
    public List<Observation> look(final Host host) {
        final CpuSet chosen = host.chosenCores();
        final CpuSet tickless = host.cores().tickless();
        if (chosen.isEmpty()) {
            return List.of(Observation.notHere("no core is configured; tickless: " + (tickless.isEmpty() ? "none" : tickless)));
        }
        final CpuSet missing = chosen.minus(tickless);
        return List.of(missing.isEmpty() ? Observation.ok("cores " + chosen + " have no tick while one thread runs")
                : Observation.advice("core " + missing + " has the tick", "nohz_full",
                        "boot with nohz_full=" + chosen + " (the kernel needs CONFIG_NO_HZ_FULL)"));
    }
}
