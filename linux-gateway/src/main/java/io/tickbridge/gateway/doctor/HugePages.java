package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.DpdkConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.placement.DeviceNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

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

    /** What one node has: bytes, of the page size of which it has most. */
    private record Reserve(long total, long free) {
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<String> nodes = host.tree().names(NODES).stream().filter(name -> name.matches("node\\d+")).toList();
        final String found = found(host, nodes);
        final Optional<GatewayConfig> user = host.config().filter(HugePages::usesThem);
        if (user.isEmpty()) {
            return List.of(Observation.notHere(found + "; this configuration uses none"));
        }
        final long wanted = user.get().capture().dpdk().memory();
        final boolean required = user.get().capture().dpdk().hugePages() == DpdkConfig.HugePages.REQUIRE;
        // DPDK takes them from the port's node; of a port that tells none, the first one's will do.
        final OptionalInt own = Stream.concat(host.ownDevice().stream(), host.interfaces().stream())
                .map(new DeviceNode(host.tree())::of).filter(OptionalInt::isPresent).findFirst().orElse(OptionalInt.empty());
        final String node = own.isPresent() ? "node" + own.getAsInt() : nodes.isEmpty() ? "node0" : nodes.get(0);
        final Reserve best = reserves(host, node).max(Comparator.comparingLong(Reserve::total)).orElse(new Reserve(0, 0));
        if (best.total() < wanted) {
            return List.of(Observation.missing(required, found, wanted / MIB + " MiB on the port's " + node + " (capture.dpdk.memory)",
                    "echo " + (wanted + 2 * MIB - 1) / (2 * MIB) + " > /sys/devices/system/node/" + node
                            + "/hugepages/hugepages-2048kB/nr_hugepages, early after boot; 1 GiB pages by: "
                            + "default_hugepagesz=1G hugepagesz=1G hugepages=1"));
        }
        if (best.free() >= wanted) {
            return List.of(Observation.ok(found));
        }
        // A gateway that runs has taken its own.
        return List.of(host.examined().isGateway() ? Observation.ok(found + ", the gateway that runs has its own")
                : Observation.advice(found, wanted / MIB + " MiB free on the port's " + node + ", unless a gateway has them now",
                        "see who has them: grep -l huge /proc/[0-9]*/numa_maps"));
    }

    private static String found(final Host host, final List<String> nodes) {
        final List<String> texts = new ArrayList<>();
        for (final String node : nodes) {
            for (final String size : host.tree().names(NODES + "/" + node + "/hugepages")) {
                final String directory = NODES + "/" + node + "/hugepages/" + size + "/";
                final long total = host.number(directory + "nr_hugepages").orElse(0L);
                if (total > 0) {
                    texts.add(node + ": " + host.number(directory + "free_hugepages").orElse(0L) + " of " + total + " free of "
                            + bytes(size) / MIB + " MiB");
                }
            }
        }
        return texts.isEmpty() ? "none reserved" : String.join("; ", texts);
    }

    private static Stream<Reserve> reserves(final Host host, final String node) {
        return host.tree().names(NODES + "/" + node + "/hugepages").stream().map(size -> {
            final String directory = NODES + "/" + node + "/hugepages/" + size + "/";
            return new Reserve(host.number(directory + "nr_hugepages").orElse(0L) * bytes(size),
                    host.number(directory + "free_hugepages").orElse(0L) * bytes(size));
        });
    }

    /** Of a page, by the directory's name: hugepages-2048kB. */
    private static long bytes(final String size) {
        return Long.parseLong(size.replaceAll("\\D", "")) * KIB;
    }

    private static boolean usesThem(final GatewayConfig config) {
        return config.capture().source() == CaptureConfig.Source.DPDK
                && config.capture().dpdk().hugePages() != DpdkConfig.HugePages.NEVER;
    }
}
