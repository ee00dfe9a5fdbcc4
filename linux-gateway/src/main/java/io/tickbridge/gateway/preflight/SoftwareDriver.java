package io.tickbridge.gateway.preflight;

import io.tickbridge.gateway.capture.claim.InterfaceUse;
import io.tickbridge.gateway.placement.Capability;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * DPDK's software drivers that feeds are received by, with the arguments that each takes (DPDK 22.11 to 24.11, guide of
 * network interface controller drivers). What the source itself refuses is in src/main/c/dpdk/device.c.
 */
enum SoftwareDriver {
    /** The kernel's packet sockets. */
    AF_PACKET(List.of("net_af_packet", "eth_af_packet"), List.of("iface"), Set.of("qpairs", "blocksz", "framesz", "framecnt", "qdisc_bypass",
            "fanout_mode"), InterfaceUse.COPIES, Set.of(Capability.CAP_NET_RAW)),
    /** DPDK's own AF_XDP. */
    AF_XDP(List.of("net_af_xdp"), List.of("iface"), Set.of("start_queue", "queue_count", "shared_umem", "xdp_prog", "busy_budget", "force_copy",
            "use_cni", "use_pinned_map", "dp_path", "mode"), InterfaceUse.TAKES,
            Set.of(Capability.CAP_NET_RAW, Capability.CAP_NET_ADMIN, Capability.CAP_BPF)),
    /** A capture file, or an interface through libpcap. */
    PCAP(List.of("net_pcap", "eth_pcap"), List.of("rx_iface", "rx_iface_in", "iface"), Set.of("rx_pcap", "tx_pcap", "tx_iface",
            "phy_mac", "infinite_rx"), InterfaceUse.COPIES, Set.of(Capability.CAP_NET_RAW)),
    /** Frames of nothing. */
    NULL(List.of("net_null", "eth_null"), List.of(), Set.of("size", "copy", "no-rx"), null, Set.of()),
    /** An interface that it makes, or the frames of another that are redirected to it. */
    TAP(List.of("net_tap", "net_tun"), List.of("remote"), Set.of("iface", "mac", "persist"), InterfaceUse.TAKES,
            Set.of(Capability.CAP_NET_ADMIN));

    /** Others by which frames could come, whose arguments are their own business. */
    private static final Set<String> OTHERS = Set.of("net_ring", "eth_ring", "net_vhost", "eth_vhost", "net_virtio_user",
            "virtio_user", "net_failsafe", "net_bonding", "eth_bond", "net_memif", "net_softnic", "net_vdev_netvsc",
            "vdev_netvsc", "net_kni", "eth_kni", "net_mvpp2", "eth_mvpp2", "net_mvneta", "eth_mvneta", "net_pfe", "eth_pfe",
            "net_octeontx", "eth_octeontx");

    private final List<String> names;
    private final List<String> interfaces;
    private final Set<String> settings;
    private final InterfaceUse use;
    private final Set<Capability> rights;

    SoftwareDriver(final List<String> names, final List<String> interfaces, final Set<String> settings, final InterfaceUse use,
            final Set<Capability> rights) {
        this.names = names;
        this.interfaces = interfaces;
        this.settings = settings;
        this.use = use;
        this.rights = rights;
    }

    /** The driver of a device; a device's name is its driver's with a number or word behind. */
    static Optional<SoftwareDriver> of(final DpdkDevice device) {
        return Arrays.stream(values()).filter(driver -> driver.names.stream().anyMatch(device.name()::startsWith)).findFirst();
    }

    /** Whether DPDK has a driver of such a name, as far as is known here. */
    static boolean isKnown(final DpdkDevice device) {
        return of(device).isPresent() || OTHERS.stream().anyMatch(device.name()::startsWith);
    }

    /** Those that feeds are received by, for people. */
    static List<String> usual() {
        return Arrays.stream(values()).map(driver -> driver.names.get(0)).toList();
    }

    /** Its library, as DPDK's packages name it. */
    String library() {
        return "librte_" + names.get(0) + ".so";
    }

    /** The interface beneath a device of it; empty when it has none. */
    Optional<String> networkInterface(final DpdkDevice device) {
        return interfaces.stream().map(device::argument).filter(name -> !name.isEmpty()).findFirst();
    }

    /** What it does with the frames of the interface beneath. */
    InterfaceUse use() {
        return use;
    }

    /** What a process needs that is not root, when there is an interface beneath. */
    Set<Capability> rights() {
        return rights;
    }

    /** What a device of it lacks or has too much; empty when its arguments can be right. */
    Optional<String> complaint(final DpdkDevice device) {
        final List<String> sources = this == PCAP ? Stream.concat(Stream.of("rx_pcap"), interfaces.stream()).toList()
                : this == TAP ? List.of() : interfaces;
        if (!sources.isEmpty() && sources.stream().allMatch(key -> device.argument(key).isEmpty())) {
            return Optional.of("it does not say what to receive from; add " + String.join(" or ", sources.stream()
                    .map(key -> "," + key + "=" + (key.equals("rx_pcap") ? "FILE" : "INTERFACE")).toList()));
        }
        return device.arguments().keySet().stream().filter(key -> !interfaces.contains(key) && !settings.contains(key)).findFirst()
                .map(key -> "its driver has no argument \"" + key + "\"; it has "
                        + String.join(", ", Stream.concat(interfaces.stream(), settings.stream()).sorted().toList()));
    }
}
