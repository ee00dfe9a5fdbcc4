package io.tickbridge.gateway.preflight;

import io.tickbridge.gateway.placement.SystemTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether what {@code capture.dpdk.device} names is there, without DPDK: it would take the device. Says what the source
 * itself would say (src/main/c/dpdk/device.c).
 */
final class DpdkDeviceCheck {
    private static final Pattern PCI =
            Pattern.compile("([0-9a-fA-F]{1,4}:)?[0-9a-fA-F]{1,2}:[0-9a-fA-F]{1,2}\\.[0-7]");
    /** DPDK knows a software device by its driver's name, some by an older one as well, or by its bus. */
    private static final Pattern SOFTWARE = Pattern.compile("((net|eth)_|virtio_user|vdev_netvsc|(vdev|pci|vmbus|auxiliary):)[^\\s]+");
    /** Kernel drivers with which DPDK works; those of Mellanox and Microsoft stay in charge of their NIC. */
    private static final Set<String> DRIVERS =
            Set.of("vfio-pci", "uio_pci_generic", "igb_uio", "mlx4_core", "mlx5_core", "mana");
    private static final List<String> INTERFACE_ARGUMENTS = List.of("iface", "rx_iface", "rx_iface_in", "remote");

    private final SystemTree tree;

    DpdkDeviceCheck(final SystemTree tree) {
        this.tree = tree;
    }

    /**
     * Looks.
     *
     * @param device PCI address, or a software device with its arguments
     * @return what stands against it; empty when it seems to be there
     */
    Optional<String> run(final String device) {
        final String name = device.split(",", 2)[0];
        if (PCI.matcher(name).matches()) {
            return pci(completed(name));
        }
        if (!SOFTWARE.matcher(name).matches()) {
            return Optional.of("\"" + name + "\" is neither a PCI address (0000:03:00.0) nor a software device, which is a "
                    + "driver's name with a number (net_af_packet0)");
        }
        final Map<String, String> arguments = Arrays.stream(device.split(",")).skip(1).map(part -> part.split("=", 2))
                .filter(part -> part.length == 2).collect(Collectors.toMap(part -> part[0], part -> part[1], (a, b) -> a));
        final Optional<String> absent = INTERFACE_ARGUMENTS.stream().map(arguments::get)
                .filter(value -> value != null && !value.isEmpty() && !tree.has("sys/class/net/" + value)).findFirst();
        if (absent.isPresent()) {
            return Optional.of(name + ": this machine has no network interface " + absent.get() + "; `ip link` lists those it has");
        }
        final String file = arguments.getOrDefault("rx_pcap", "");
        if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
            return Optional.of(name + ": cannot read " + file + "; name a readable pcap or pcapng file");
        }
        return Optional.empty();
    }

    /** As the kernel writes it: 3:0.0 is 0000:03:00.0. */
    private static String completed(final String address) {
        final String[] parts = address.toLowerCase(Locale.ROOT).split("[:.]");
        final int first = parts.length - 3;
        return String.format(Locale.ROOT, "%04x:%02x:%02x.%s", first == 0 ? 0 : Integer.parseInt(parts[0], 16),
                Integer.parseInt(parts[first], 16), Integer.parseInt(parts[first + 1], 16), parts[first + 2]);
    }

    private Optional<String> pci(final String address) {
        final String place = "sys/bus/pci/devices/" + address;
        if (!tree.has(place)) {
            return Optional.of("this machine has no PCI device " + address + "; `dpdk-devbind.py --status-dev net` lists those it has");
        }
        final String bind = "driverctl set-override " + address + " vfio-pci, or dpdk-devbind.py --bind=vfio-pci " + address;
        final Optional<String> driver = tree.link(place + "/driver");
        if (driver.isEmpty()) {
            return Optional.of("PCI device " + address + " has no driver; give it to DPDK: " + bind);
        }
        if (DRIVERS.contains(driver.get())) {
            return Optional.empty();
        }
        final String interfaces = tree.names(place + "/net").stream().map(name -> " (interface " + name + ")").findFirst().orElse("");
        return Optional.of("PCI device " + address + interfaces + " is still driven by the kernel's " + driver.get()
                + "; give it to DPDK, which takes it from the kernel: " + bind);
    }
}
