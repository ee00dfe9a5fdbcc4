package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.doctor.ethernet.Moderation;
import java.util.ArrayList;
import java.util.List;

/** How long a NIC waits before it tells of a packet (ethtool -c). */
final class Coalescing implements Check {
    @Override
    public String name() {
        return "coalescing";
    }

    @Override
    public String why() {
        return "the NIC holds the interrupt back for this long, and the packet with it";
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<Observation> seen = new ArrayList<>();
        for (final String name : host.interfaces()) {
            host.ethernet().moderation(name).ifPresent(moderation -> seen.add(judge(host, name, moderation)));
        }
        return seen.isEmpty() ? List.of(Observation.notHere("no receiving interface tells its interrupt moderation")) : seen;
    }

    private static Observation judge(final Host host, final String name, final Moderation moderation) {
        final String found = name + ": " + moderation.receiveMicroseconds() + " us" + (moderation.adaptive() ? ", adaptive" : "");
        // Past the kernel nobody waits for an interrupt.
        final boolean matters = !host.receivesBy(CaptureConfig.Source.DPDK, CaptureConfig.Source.EFVI);
        if (!matters || moderation.receiveMicroseconds() == 0 && !moderation.adaptive()) {
            return Observation.ok(found);
        }
        return Observation.advice(found, "0 us, not adaptive", "ethtool -C " + name + " adaptive-rx off rx-usecs 0");
    }
}
