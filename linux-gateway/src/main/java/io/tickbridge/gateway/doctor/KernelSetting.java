package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.config.CaptureConfig;
import java.util.List;
import java.util.Optional;

/**
 * One setting under /proc/sys (kernel documentation, admin-guide/sysctl).
 *
 * @param name     as sysctl(8) has it
 * @param why      what another value costs
 * @param wanted   the best value
 * @param least    smallest value that will do; with {@code most} the range that is not spoken of
 * @param most     largest value that will do
 * @param forSockets whether it matters only to frames that come through sockets
 */
record KernelSetting(String name, String why, long wanted, long least, long most, boolean forSockets) implements Check {
    private static final long ANY = Long.MAX_VALUE;

    /** Those that matter, in the order of what they cost. */
    static final List<Check> ALL = List.of(
            new ReceiveBufferLimit(),
            new BusyRead(),
            new KernelSetting("net.core.netdev_max_backlog", "packets beyond it, in the kernel's queue of one core, are lost",
                    10_000, 10_000, ANY, true),
            new KernelSetting("kernel.numa_balancing", "the kernel unmaps pages to see who touches them: a fault of 1 to 100 us for each",
                    0, 0, 0, false),
            new KernelSetting("kernel.nmi_watchdog", "its interrupt stops each busy core every few seconds, for 5 to 10 us",
                    0, 0, 0, false),
            new KernelSetting("vm.stat_interval", "the kernel gathers its counters on every core once an interval, 5 to 20 us",
                    120, 10, ANY, false)); // s

    @Override
    public List<Observation> look(final Host host) {
        final Optional<Long> value = host.number(path(name));
        if (value.isEmpty()) {
            return List.of(Observation.notHere("the kernel has no such setting"));
        }
        if (forSockets && !host.receivesBy(CaptureConfig.Source.UDP)) {
            return List.of(Observation.notHere(value.get() + "; matters to capture.source udp alone"));
        }
        return List.of(value.get() >= least && value.get() <= most ? Observation.ok(value.get().toString())
                : Observation.advice(value.get().toString(), Long.toString(wanted), command(name, wanted)));
    }

    static String path(final String name) {
        return "proc/sys/" + name.replace('.', '/');
    }

    static String command(final String name, final long value) {
        return "sysctl -w " + name + "=" + value + ", and a file in /etc/sysctl.d";
    }
}
