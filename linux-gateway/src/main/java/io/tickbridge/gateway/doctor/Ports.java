package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.placement.SystemTree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hardware below network interfaces: ports of VLANs and bonds, PCI devices of ports. */
record Ports(SystemTree tree) {
    private static final String NET = "sys/class/net/";
    private static final String PCI_DEVICES = "sys/bus/pci/devices";
    /** Domain, bus, device, function, as the kernel writes them. */
    private static final Pattern PCI = Pattern.compile("[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");
    /** As people write them: 3:0.0 is 0000:03:00.0. */
    private static final Pattern SHORT = Pattern.compile("([0-9a-f]{1,8}:)?[0-9a-f]{1,2}:[0-9a-f]{1,2}\\.[0-7]");
    private static final int LAYERS = 8; // what the kernel allows (MAX_NEST_DEV); a tree that was tampered with could go in circles

    /** Interfaces with a device, at and below this one; of one that has none anywhere, like loopback, itself. */
    List<String> below(final String name) {
        final List<String> ports = below(name, LAYERS);
        return ports.isEmpty() ? List.of(name) : ports;
    }

    private List<String> below(final String name, final int layers) {
        if (tree.has(NET + name + "/device")) {
            return List.of(name);
        }
        return layers == 0 ? List.of() : tree.names(NET + name).stream().filter(entry -> entry.startsWith("lower_"))
                .flatMap(entry -> below(entry.substring("lower_".length()), layers - 1).stream()).distinct().toList();
    }

    /** The PCI device of an interface; of one on virtio's bus, the one that carries it. */
    Optional<String> pciAddress(final String networkInterface) {
        final Optional<String> device = tree.link(NET + networkInterface + "/device");
        if (device.filter(name -> PCI.matcher(name).matches()).isPresent()) {
            return device;
        }
        return device.flatMap(name -> tree.names(PCI_DEVICES).stream()
                .filter(address -> tree.has(PCI_DEVICES + "/" + address + "/" + name)).findFirst());
    }

    /** A PCI address in the kernel's form; empty when it is none. */
    static Optional<String> asPciAddress(final String text) {
        final String address = text.toLowerCase(Locale.ROOT);
        if (!SHORT.matcher(address).matches()) {
            return Optional.empty();
        }
        final String[] parts = address.split("[:.]");
        final int bus = parts.length - 3;
        return Optional.of(String.format(Locale.ROOT, "%04x:%02x:%02x.%s", bus == 0 ? 0 : Long.parseLong(parts[0], 16),
                Integer.parseInt(parts[bus], 16), Integer.parseInt(parts[bus + 1], 16), parts[bus + 2]));
    }
}
