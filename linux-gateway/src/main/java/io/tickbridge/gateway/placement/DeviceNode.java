package io.tickbridge.gateway.placement;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The NUMA node that a network interface or PCI device is attached to. */
public final class DeviceNode {
    /** Domain, bus, device, function; the domain may be left out. */
    private static final Pattern PCI = Pattern.compile("([0-9a-fA-F]{4,8}:)?[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\\.[0-7]");
    private static final String NET = "sys/class/net/";

    private final SystemTree tree;

    /**
     * A look at a machine.
     *
     * @param tree its files
     */
    public DeviceNode(final SystemTree tree) {
        this.tree = tree;
    }

    /**
     * Where a device is attached.
     *
     * @param device name of an interface, or a PCI address; of a VLAN, bond or bridge what lies below it is asked
     * @return the node; empty when the device is not there or the kernel does not tell
     */
    public OptionalInt of(final String device) {
        if (PCI.matcher(device).matches()) {
            return node("sys/bus/pci/devices/" + (device.indexOf(':') == 2 ? "0000:" : "") + device.toLowerCase(java.util.Locale.ROOT));
        }
        if (device.isEmpty() || device.contains("/") || device.startsWith(".")) {
            return OptionalInt.empty();
        }
        if (tree.has(NET + device + "/device")) {
            return node(NET + device + "/device");
        }
        // The kernel allows a handful of layers; links of a tree that was tampered with could go round in circles.
        return tree.names(NET + device).stream().filter(name -> name.startsWith("lower_"))
                .map(name -> name.substring("lower_".length())).filter(name -> tree.has(NET + name + "/device"))
                .map(name -> node(NET + name + "/device")).filter(OptionalInt::isPresent)
                .findFirst().orElse(OptionalInt.empty());
    }

    private OptionalInt node(final String device) {
        final String text = tree.read(device + "/numa_node").orElse("-1");
        // -1 stands for a machine with one node, or firmware that does not say.
        return text.matches("\\d+") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
