package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.placement.DeviceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Whether interface and core are on one NUMA node. */
final class NumaPlaces implements Check {
    @Override
    public String name() {
        return "numa";
    }

    @Override
    public String why() {
        return "a packet that the NIC wrote on one node and a core of another reads costs some 100 ns more for each cache line";
    }

    @Override
    public List<Observation> look(final Host host) {
        if (host.tree().names("sys/devices/system/node").stream().filter(name -> name.matches("node\\d+")).count() < 2) {
            return List.of(Observation.ok("one NUMA node"));
        }
        final List<Observation> seen = new ArrayList<>();
        final OptionalInt core = host.config().map(c -> c.placement().receiveCore()).orElse(OptionalInt.empty());
        Stream.concat(host.interfaces().stream(), host.ownDevice().stream()).forEach(device -> {
            final OptionalInt node = new DeviceNode(host.tree()).of(device);
            if (node.isPresent()) {
                seen.add(judge(host, device, node.getAsInt(), core));
            }
        });
        return seen.isEmpty() ? List.of(Observation.unknown("several NUMA nodes, and no receiving device tells its own",
                "look in the server's manual which slot belongs to which socket")) : seen;
    }

    private static Observation judge(final Host host, final String device, final int node, final OptionalInt core) {
        final String near = host.tree().read("sys/devices/system/node/node" + node + "/cpulist").orElse("?");
        if (core.isEmpty()) {
            return Observation.advice(device + " is on node " + node + ", no receive.core is configured",
                    "a core of node " + node, "set receive.core to one of " + near);
        }
        final OptionalInt ours = host.cores().node(core.getAsInt());
        final String found = device + " is on node " + node + ", receive.core " + core.getAsInt() + " on "
                + (ours.isPresent() ? "node " + ours.getAsInt() : "an unknown one");
        return ours.isPresent() && ours.getAsInt() == node ? Observation.ok(found)
                : Observation.advice(found, "one node", "set receive.core to one of " + near);
    }
}
