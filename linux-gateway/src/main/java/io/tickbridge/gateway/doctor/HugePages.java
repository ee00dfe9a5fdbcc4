package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.DpdkConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import java.util.ArrayList;
import java.util.List;

/** Huge pages on each NUMA node (kernel documentation, admin-guide/mm/hugetlbpage). */
final class HugePages implements Check {
    private static final String NODES = "sys/devices/system/node";
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    @Override
    public String name() {
        return "huge-pages";
    }

    @Override
    public String why() {
        return "without them DPDK's buffers take a TLB entry every 4 KiB: 20 to 50 ns more for a packet whose page is not in the TLB";
    }

    @Override
    public List<Observation> look(final Host host) {
        final long wanted = host.config().filter(HugePages::usesThem).map(c -> c.capture().dpdk().memory()).orElse(0L);
        final boolean required = host.config().filter(HugePages::usesThem)
                .filter(c -> c.capture().dpdk().hugePages() == DpdkConfig.HugePages.REQUIRE).isPresent();
        final List<Observation> seen = new ArrayList<>();
        long most = 0;
        final List<String> texts = new ArrayList<>();
        for (final String node : host.tree().names(NODES).stream().filter(name -> name.matches("node\\d+")).toList()) {
            for (final String size : host.tree().names(NODES + "/" + node + "/hugepages")) {
                final String directory = NODES + "/" + node + "/hugepages/" + size + "/";
                final long total = host.number(directory + "nr_hugepages").orElse(0L);
                final long free = host.number(directory + "free_hugepages").orElse(0L);
                final long page = Long.parseLong(size.replaceAll("\\D", "")) * KIB;
                most = Math.max(most, free * page);
                if (total > 0) {
                    texts.add(node + ": " + free + " of " + total + " free of " + page / MIB + " MiB");
                }
            }
        }
        final String found = texts.isEmpty() ? "none reserved" : String.join("; ", texts);
        if (wanted == 0) {
            seen.add(Observation.notHere(found + "; this configuration uses none"));
        } else if (most >= wanted) {
            seen.add(Observation.ok(found));
        } else {
            seen.add(Observation.missing(required, found, wanted / MIB + " MiB free on the port's node (capture.dpdk.memory)",
                    "echo " + (wanted + 2 * MIB - 1) / (2 * MIB) + " > /sys/devices/system/node/node0/hugepages/hugepages-2048kB/"
                            + "nr_hugepages, early after boot; 1 GiB pages by: default_hugepagesz=1G hugepagesz=1G hugepages=1"));
        }
        return seen;
    }

    private static boolean usesThem(final GatewayConfig config) {
        return config.capture().source() == CaptureConfig.Source.DPDK
                && config.capture().dpdk().hugePages() != DpdkConfig.HugePages.NEVER;
    }
}
