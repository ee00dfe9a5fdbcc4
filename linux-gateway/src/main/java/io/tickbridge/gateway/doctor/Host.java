package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.doctor.ethernet.EthernetSettings;
import io.tickbridge.gateway.placement.Cores;
import io.tickbridge.gateway.placement.CpuSet;
import io.tickbridge.gateway.placement.SystemTree;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A machine and what it is to run.
 *
 * @param tree     its files
 * @param ethernet its network interfaces' settings
 * @param runtime  the virtual machine that a gateway gets
 * @param volumes  its file systems
 * @param clock    what its kernel says of its clock
 * @param config   what it is to run; empty for a look at the machine alone
 */
public record Host(SystemTree tree, EthernetSettings ethernet, JavaRuntime runtime, Volumes volumes, KernelClock clock,
        Optional<GatewayConfig> config) {
    private static final String NET = "sys/class/net/";

    /**
     * A machine whose clock is this one's.
     *
     * @param tree     as above
     * @param ethernet as above
     * @param runtime  as above
     * @param volumes  as above
     * @param config   as above
     */
    public Host(final SystemTree tree, final EthernetSettings ethernet, final JavaRuntime runtime, final Volumes volumes,
            final Optional<GatewayConfig> config) {
        this(tree, ethernet, runtime, volumes, KernelClock.MACHINE, config);
    }

    /** What the kernel tells about its cores. */
    Cores cores() {
        return new Cores(tree);
    }

    /** Cores that the configuration names, for the receive thread and the journal's. */
    CpuSet chosenCores() {
        return config.map(c -> CpuSet.of(IntStream.concat(c.placement().receiveCore().stream(),
                c.journal().enabled() ? c.placement().journalCore().stream() : IntStream.empty()).toArray()))
                .orElse(CpuSet.of());
    }

    /** Whether frames come this way. */
    boolean receivesBy(final CaptureConfig.Source... sources) {
        return config.filter(c -> List.of(sources).contains(c.capture().source())).isPresent();
    }

    /** Whether frames come past the kernel. */
    boolean bypassesTheKernel() {
        return receivesBy(CaptureConfig.Source.DPDK, CaptureConfig.Source.AFXDP, CaptureConfig.Source.EFVI);
    }

    /** Network interfaces that the configuration receives by, whether they are there or not; none without a configuration. */
    List<String> named() {
        return config.map(c -> switch (c.capture().source()) {
            case PCAP -> Stream.<String>empty();
            // A software device names the interface that it stands on: net_af_packet0,iface=eth0.
            case DPDK -> Stream.of(c.capture().dpdk().device().split(",")).filter(part -> part.startsWith("iface="))
                    .map(part -> part.substring("iface=".length()));
            case EFVI -> Stream.of(c.capture().efVi().networkInterface());
            case UDP, AFXDP -> c.feeds().stream().flatMap(feed -> feed.lines().stream()).map(FeedConfig.Line::networkInterface);
        }).orElse(Stream.empty()).filter(Objects::nonNull).distinct().sorted().toList();
    }

    /**
     * Network interfaces that frames come from, of VLANs and bonds the ports below; without a configuration, all that are
     * hardware.
     */
    List<String> interfaces() {
        return config.isPresent() ? named().stream().filter(name -> tree.has(NET + name)).flatMap(name -> ports().below(name).stream())
                .distinct().toList()
                : tree.names("sys/class/net").stream().filter(name -> tree.has(NET + name + "/device")).toList();
    }

    private Ports ports() {
        return new Ports(tree);
    }

    /** PCI addresses of the devices that frames come from: of interfaces, and those that are DPDK's own. */
    List<String> pciDevices() {
        return Stream.concat(ownDevice().stream(), interfaces().stream().map(this::pciAddress).flatMap(Optional::stream))
                .distinct().toList();
    }

    /** The PCI address behind an interface. */
    Optional<String> pciAddress(final String networkInterface) {
        return ports().pciAddress(networkInterface);
    }

    /** The PCI address of a port that DPDK drives itself. */
    Optional<String> ownDevice() {
        // What follows are arguments of its driver: 0000:81:02.0,rx_descs=4096.
        return config.filter(c -> c.capture().source() == CaptureConfig.Source.DPDK)
                .flatMap(c -> Ports.asPciAddress(c.capture().dpdk().device().split(",")[0]));
    }

    /** The gateway that runs as a service, if there is one; else whoever asks. */
    Examined examined() {
        return Examined.of(tree);
    }

    /** An option of the kernel's command line; the text after the equals sign, or nothing after a bare word. */
    Optional<String> bootOption(final String name) {
        return Stream.of(tree.read("proc/cmdline").orElse("").split("\\s+"))
                .filter(word -> word.equals(name) || word.startsWith(name + "="))
                .map(word -> word.substring(Math.min(word.length(), name.length() + 1)))
                // Of two that say different things the kernel takes the last.
                .reduce((first, last) -> last);
    }

    /** Whether a process of this name runs. */
    boolean runs(final String program) {
        return tree.names("proc").stream().filter(name -> name.matches("\\d+"))
                .anyMatch(process -> tree.read("proc/" + process + "/comm").filter(program::equals).isPresent());
    }

    /** A whole number in a file. */
    Optional<Long> number(final String path) {
        return tree.read(path).filter(text -> text.matches("-?\\d{1,18}")).map(Long::valueOf);
    }
}
