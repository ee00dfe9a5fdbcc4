package io.tickbridge.gateway.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which driver holds the devices that frames come from. */
final class DeviceDriver implements Check {
    /** Those that hand a device to a process. */
    private static final Set<String> HANDS_OVER = Set.of("vfio-pci", "uio_pci_generic", "igb_uio");
    /** Mellanox devices stay with their kernel driver; DPDK reaches them through verbs. */
    private static final Set<String> SHARES = Set.of("mlx4_core", "mlx5_core");

    @Override
    public String name() {
        return "device-driver";
    }

    @Override
    public String why() {
        return "DPDK gets a device only from vfio-pci (or uio); a kernel driver that still holds it means no packet at all";
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<Observation> seen = new ArrayList<>();
        host.ownDevice().ifPresent(device -> seen.add(ownDevice(host, device)));
        for (final String name : host.interfaces()) {
            host.tree().link("sys/class/net/" + name + "/device/driver")
                    .ifPresent(driver -> seen.add(Observation.ok(name + " is driven by " + driver)));
        }
        return seen.isEmpty() ? List.of(Observation.notHere("no receiving interface is hardware")) : seen;
    }

    private static Observation ownDevice(final Host host, final String device) {
        if (!host.tree().has("sys/bus/pci/devices/" + device)) {
            return Observation.fail("there is no PCI device " + device, "the address of the port", "lspci -D | grep -i ethernet");
        }
        final Optional<String> driver = host.tree().link("sys/bus/pci/devices/" + device + "/driver");
        if (driver.filter(name -> HANDS_OVER.contains(name) || SHARES.contains(name)).isPresent()) {
            return Observation.ok(device + " is held by " + driver.get());
        }
        return Observation.fail(device + " is held by " + driver.map(name -> "the kernel's " + name).orElse("no driver"), "vfio-pci",
                "modprobe vfio-pci && dpdk-devbind.py --bind=vfio-pci " + device
                        + (host.tree().has("sys/module/vfio_pci") ? "" : " (vfio-pci is not loaded now)"));
    }
}
