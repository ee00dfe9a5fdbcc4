package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.config.CaptureConfig;
import java.util.List;
import java.util.Optional;

/** Whether a read that finds nothing looks at the NIC itself (kernel documentation, admin-guide/sysctl/net, busy_read). */
final class BusyRead implements Check {
    private static final String NAME = "net.core.busy_read";
    private static final long WANTED = 50; // us: the figure of the kernel's own documentation

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String why() {
        return "without it, or capture.busy-poll, a packet waits for the interrupt and the softirq before a read can find it, 5 to 10 us";
    }

    @Override
    public List<Observation> look(final Host host) {
        final Optional<Long> value = host.number(KernelSetting.path(NAME));
        if (value.isEmpty()) {
            return List.of(Observation.notHere("the kernel has no such setting"));
        }
        if (!host.receivesBy(CaptureConfig.Source.UDP)) {
            return List.of(Observation.notHere(value.get() + "; matters to capture.source udp alone"));
        }
        final int own = host.config().map(config -> config.capture().busyPoll()).orElse(0);
        if (own > 0) {
            return List.of(Observation.ok(value.get() + "; capture.busy-poll asks for " + own + " us instead"));
        }
        return List.of(value.get() > 0 ? Observation.ok(value.get().toString())
                : Observation.advice(value.get().toString(), Long.toString(WANTED),
                        KernelSetting.command(NAME, WANTED) + "; or set capture.busy-poll"));
    }
}
