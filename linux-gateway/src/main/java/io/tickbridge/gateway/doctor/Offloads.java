package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.doctor.ethernet.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
            host.ethernet().features(name).ifPresent(features -> seen.add(judged(name, features)));
        }
        return seen.isEmpty() ? List.of(Observation.notHere("no receiving interface tells its offloads")) : seen;
    }

    private static Observation judged(final String name, final Features features) {
        final List<String> changeable = GATHER.stream().filter(features.on()::contains)
                .filter(feature -> !features.fixed().contains(feature)).toList();
        final String fixed = GATHER.stream().filter(features.on()::contains).filter(features.fixed()::contains)
                .collect(Collectors.joining(", "));
        // What nobody can switch off is said, and advice to do so is not given.
        final String stays = fixed.isEmpty() ? "" : "; " + fixed + " on, fixed by its driver";
        return changeable.isEmpty() ? Observation.ok(name + ": none that gathers packets" + (fixed.isEmpty() ? "" : " and can be switched off" + stays))
                : Observation.advice(name + ": " + String.join(", ", changeable) + " on" + stays, "off",
                        "ethtool -K " + name + " " + String.join(" ", changeable.stream().map(Offloads::option).toList()));
    }

    private static String option(final String feature) {
        return (feature.equals("rx-gro-hw") ? "rx-gro-hw" : feature.substring("rx-".length())) + " off";
    }
}
