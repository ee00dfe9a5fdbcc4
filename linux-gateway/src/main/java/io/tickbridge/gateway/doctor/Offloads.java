package io.tickbridge.gateway.doctor;

import java.util.ArrayList;
import java.util.List;

/** What a NIC or the kernel does to packets on the way (ethtool -k). */
final class Offloads implements Check {
    /** Those that gather packets before they are handed on, by the kernel's names. */
    private static final List<String> GATHER = List.of("rx-gro", "rx-lro", "rx-gro-hw");

    @Override
    public String name() {
        return "offloads";
    }

    @Override
    public String why() {
        return "receive offloads gather TCP segments and look at every packet for it: about 1 us a packet of market data, and with "
                + "LRO up to the moderation time for the link";
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<Observation> seen = new ArrayList<>();
        for (final String name : host.interfaces()) {
            host.ethernet().features(name).ifPresent(active -> {
                final List<String> on = GATHER.stream().filter(active::contains).toList();
                seen.add(on.isEmpty() ? Observation.ok(name + ": none that gathers packets")
                        : Observation.advice(name + ": " + String.join(", ", on) + " on", "off",
                                "ethtool -K " + name + " " + String.join(" ", on.stream().map(Offloads::option).toList())));
            });
        }
        return seen.isEmpty() ? List.of(Observation.notHere("no receiving interface tells its offloads")) : seen;
    }

    private static String option(final String feature) {
        return (feature.equals("rx-gro-hw") ? "rx-gro-hw" : feature.substring("rx-".length())) + " off";
    }
}
