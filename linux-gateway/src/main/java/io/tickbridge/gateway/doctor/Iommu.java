package io.tickbridge.gateway.doctor;

import java.util.List;

/** Whether devices can be given to a process (kernel documentation, driver-api/vfio). */
final class Iommu implements Check {
    @Override
    public String name() {
        return "iommu";
    }

    @Override
    public String why() {
        return "vfio-pci gives a device to DPDK only behind an IOMMU; iommu=pt spares the kernel's own drivers its translation, "
                + "up to 10 % of their packet rate";
    }

    @Override
    public List<Observation> look(final Host host) {
        final boolean needed = host.ownDevice().isPresent();
        final boolean present = !host.tree().names("sys/class/iommu").isEmpty();
        final boolean unsafe = host.tree().read("sys/module/vfio/parameters/enable_unsafe_noiommu_mode").filter("Y"::equals).isPresent();
        if (!present) {
            if (unsafe) {
                return List.of(Observation.advice("none; vfio's unsafe mode without IOMMU is on", "an IOMMU",
                        "where the machine has one: boot with intel_iommu=on iommu=pt (AMD: iommu=pt)"));
            }
            return List.of(needed ? Observation.fail("none", "an IOMMU, on",
                    "switch VT-d or AMD-Vi on in the firmware and boot with intel_iommu=on iommu=pt (AMD: iommu=pt)")
                    : Observation.notHere("none; this configuration needs none"));
        }
        final boolean passThrough = host.bootOption("iommu").filter("pt"::equals).isPresent()
                || host.bootOption("iommu.passthrough").filter("1"::equals).isPresent();
        return List.of(passThrough ? Observation.ok("on, pass-through for the kernel's own drivers")
                : Observation.advice("on, translating for the kernel's own drivers too", "iommu=pt", "boot with iommu=pt"));
    }
}
