package io.tickbridge.gateway.placement;

import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.PlacementConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything on a machine that stands against a configuration's cores, nodes and locked memory. Changes nothing. */
public final class PlacementCheck {
    private final SystemTree tree;
    private final GatewayConfig config;
    private final PlacementConfig placement;

    /**
     * A check.
     *
     * @param tree   the machine's files
     * @param config what it is to run
     */
    public PlacementCheck(final SystemTree tree, final GatewayConfig config) {
        this.tree = tree;
        this.config = config;
        this.placement = config.placement();
    }

    /**
     * Looks at the machine.
     *
     * @param budget bytes that the process may take, heap included, when its memory is locked
     * @return all findings; refusals among them are what a gateway does not start with
     */
    public List<Finding> run(final long budget) {
        final List<Finding> findings = new ArrayList<>();
        final CpuSet ours = CpuSet.of(IntStream.concat(
                placement.receiveCore().stream(), placement.journalCore().stream()).toArray());
        final CoreCheck cores = new CoreCheck(tree);
        placement.receiveCore().ifPresent(core -> findings.addAll(cores.run("receive.core", core, ours)));
        if (config.journal().enabled()) {
            placement.journalCore().ifPresent(core -> findings.addAll(cores.run("journal.core", core, ours)));
        }
        if (findings.stream().noneMatch(Finding::isRefusal)) {
            placement.receiveCore().ifPresent(core -> nodes(core, findings));
        }
        new MemoryLock(tree).check(placement.memoryLock(), isLive(), budget).ifPresent(findings::add);
        return findings;
    }

    /** Findings as a user sees them: file, line, key, and the finding. */
    private String placed(final Finding finding) {
        return config.places().of(finding.key()) + ": " + finding.key() + ": " + finding.text();
    }

    /**
     * Findings with their place in the file.
     *
     * @param budget  as for {@link #run}
     * @param refused whether to give those that forbid a start, or those that do not
     * @return one line each
     */
    public List<String> lines(final long budget, final boolean refused) {
        return run(budget).stream().filter(finding -> finding.isRefusal() == refused).map(this::placed).toList();
    }

    private boolean isLive() {
        return config.capture().source() != CaptureConfig.Source.PCAP;
    }

    private void nodes(final int core, final List<Finding> findings) {
        final OptionalInt node = new Cores(tree).node(core);
        if (node.isEmpty() || !isLive()) {
            return;
        }
        devices().forEach(device -> {
            final OptionalInt far = new DeviceNode(tree).of(device);
            if (far.isPresent() && far.getAsInt() != node.getAsInt()) {
                findings.add(new Finding("receive.core", "core " + core + " is on NUMA node " + node.getAsInt()
                        + " and " + device + " on node " + far.getAsInt() + ": every packet crosses between them; choose a "
                        + "core of node " + far.getAsInt() + ": "
                        + tree.read("sys/devices/system/node/node" + far.getAsInt() + "/cpulist").orElse("none"),
                        placement.numa() == PlacementConfig.Numa.REQUIRE));
            }
        });
    }

    /** Interfaces or PCI addresses that packets come from. */
    private Stream<String> devices() {
        final Stream<String> interfaces = config.feeds().stream().flatMap(feed -> feed.lines().stream())
                .map(FeedConfig.Line::networkInterface).filter(Objects::nonNull);
        return Stream.concat(interfaces, switch (config.capture().source()) {
            // A PCI address, or a software device with the interface that it stands on: net_af_packet0,iface=eth0.
            case DPDK -> Stream.of(config.capture().dpdk().device().split(","))
                    .map(part -> part.startsWith("iface=") ? part.substring("iface=".length()) : part);
            case EFVI -> Stream.of(config.capture().efVi().networkInterface());
            case PCAP, UDP, AFXDP -> Stream.empty();
        }).distinct();
    }
}
