package io.tickbridge.gateway.doctor;

import java.util.List;

/** Whether a daemon moves interrupts about. */
final class IrqBalance implements Check {
    @Override
    public String name() {
        return "irqbalance";
    }

    @Override
    public String why() {
        return "irqbalance moves interrupts every 10 s, onto the receive core too unless told otherwise: 2 to 10 us each";
    }

    @Override
    public List<Observation> look(final Host host) {
        return List.of(host.runs("irqbalance")
                ? Observation.advice("irqbalance runs", "stopped, and interrupts placed once",
                        "systemctl disable --now irqbalance, or IRQBALANCE_BANNED_CPULIST=CORES in /etc/default/irqbalance")
                : Observation.ok("irqbalance does not run"));
    }
}
