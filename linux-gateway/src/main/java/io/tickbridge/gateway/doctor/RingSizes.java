package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.doctor.ethernet.Rings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many packets a NIC holds until the kernel takes them (ethtool -g). */
final class RingSizes implements Check {
    private static final int ENOUGH = 2048;

    @Override
    public String name() {
        return "rings";
    }

    @Override
    public String why() {
        return "a burst that does not fit the receive ring is lost: 512 places are filled within 35 us at full 10 Gb/s";
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<Observation> seen = new ArrayList<>();
        for (final String name : host.interfaces()) {
            final Optional<Rings> rings = host.ethernet().rings(name);
            rings.filter(r -> r.mostReceive() > 0).ifPresent(r -> seen.add(judge(name, r)));
        }
        return seen.isEmpty() ? List.of(Observation.notHere("no receiving interface tells its rings")) : seen;
    }

    private static Observation judge(final String name, final Rings rings) {
        final String found = name + ": receive ring " + rings.receive() + " of " + rings.mostReceive();
        final long wanted = Math.min(ENOUGH, rings.mostReceive());
        return rings.receive() >= wanted ? Observation.ok(found)
                : Observation.advice(found, "at least " + wanted, "ethtool -G " + name + " rx " + wanted);
    }
}
