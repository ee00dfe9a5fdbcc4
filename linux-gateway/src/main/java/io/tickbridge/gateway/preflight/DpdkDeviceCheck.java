package io.tickbridge.gateway.preflight;

import io.tickbridge.gateway.placement.SystemTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
    /** Where Debian has DPDK's drivers, one library each, in a directory of the interface's version. */
    private static final String DRIVER_LIBRARIES = "usr/lib/x86_64-linux-gnu/dpdk";

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
        final DpdkDevice parsed = DpdkDevice.parse(device);
        final String name = parsed.name();
        if (PCI.matcher(name).matches()) {
            return pci(completed(name));
        }
        if (!SOFTWARE.matcher(name).matches()) {
            return Optional.of("\"" + name + "\" is neither a PCI address (0000:03:00.0) nor a software device, which is a "
                    + "driver's name with a number (net_af_packet0)");
        }
        return Stream.<Supplier<Optional<String>>>of(() -> driver(parsed), () -> arguments(parsed), () -> absent(parsed),
                        () -> file(parsed)).map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    /** What such a device does badly, as the source says it too when it is opened; empty when nothing is known. */
    static Optional<String> note(final String device) {
        final DpdkDevice parsed = DpdkDevice.parse(device);
        return SoftwareDriver.of(parsed).filter(driver -> driver == SoftwareDriver.AF_PACKET)
                .filter(driver -> parsed.argument("framecnt").isEmpty())
                .map(driver -> parsed.name() + ": without framecnt its ring holds 512 frames of 2 KB: at 10,000 packets a second it "
                        + "is full, and frames are missed, when the receive thread is kept away for 50 ms; add framecnt=16384");
    }

    private Optional<String> driver(final DpdkDevice device) {
        if (device.name().contains(":")) {
            return Optional.empty(); // of a bus, whose names are its own
        }
        final List<String> libraries = tree.names(DRIVER_LIBRARIES).stream()
                .flatMap(version -> tree.names(DRIVER_LIBRARIES + "/" + version).stream()).toList();
        final String word = device.name().replaceFirst("\\d*$", "");
        if (!SoftwareDriver.isKnown(device) && libraries.stream().noneMatch(library -> library.startsWith("librte_" + word + ".so"))) {
            return Optional.of(device.name() + ": DPDK has no driver " + word + "; those that feeds are received by are "
                    + String.join(", ", SoftwareDriver.usual()));
        }
        return SoftwareDriver.of(device).map(SoftwareDriver::library)
                .filter(library -> !libraries.isEmpty() && libraries.stream().noneMatch(there -> there.startsWith(library)))
                .map(library -> device.name() + ": its driver (" + library + ") is not installed; apt-get install librte-meta-all");
    }

    private static Optional<String> arguments(final DpdkDevice device) {
        return SoftwareDriver.of(device).flatMap(driver -> driver.complaint(device)).map(text -> device.name() + ": " + text);
    }

    private Optional<String> absent(final DpdkDevice device) {
        return SoftwareDriver.of(device).flatMap(driver -> driver.networkInterface(device))
                .filter(name -> !tree.has("sys/class/net/" + name))
                .map(name -> device.name() + ": this machine has no network interface " + name + "; `ip link` lists those it has");
    }

    private static Optional<String> file(final DpdkDevice device) {
        final String file = device.argument("rx_pcap");
        return file.isEmpty() || Files.isReadable(Path.of(file)) ? Optional.empty()
                : Optional.of(device.name() + ": cannot read " + file + "; name a readable pcap or pcapng file");
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
