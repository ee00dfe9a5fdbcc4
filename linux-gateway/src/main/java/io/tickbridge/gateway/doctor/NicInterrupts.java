package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.placement.CpuSet;
import java.util.ArrayList;
import java.util.List;

/** Where the interrupts of the receiving interfaces go (kernel documentation, core-api/irq/irq-affinity). */
final class NicInterrupts implements Check {
    @Override
    public String name() {
        return "nic-interrupts";
    }

    @Override
    public String why() {
        return "an interrupt on the receive core stops it for 2 to 10 us; one on another NUMA node brings each packet's lines "
                + "across, some 100 ns a packet";
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<Observation> seen = new ArrayList<>();
        for (final String name : host.interfaces()) {
            // Of the PCI device: that of a virtio interface lies one step above it.
            final List<String> interrupts = host.pciAddress(name)
                    .map(address -> host.tree().names("sys/bus/pci/devices/" + address + "/msi_irqs")).orElse(List.of());
            if (!interrupts.isEmpty()) {
                seen.add(judge(host, name, interrupts));
            }
        }
        return seen.isEmpty() ? List.of(Observation.notHere("no receiving interface has interrupts of its own")) : seen;
    }

    private static Observation judge(final Host host, final String name, final List<String> interrupts) {
        CpuSet cores = CpuSet.of();
        for (final String interrupt : interrupts) {
            cores = cores.or(CpuSet.parse(host.tree().read("proc/irq/" + interrupt + "/effective_affinity_list")
                    .filter(text -> !text.isEmpty())
                    .or(() -> host.tree().read("proc/irq/" + interrupt + "/smp_affinity_list")).orElse("")));
        }
        final CpuSet onOurs = cores.and(host.chosenCores());
        final String found = name + ": " + interrupts.size() + " interrupts on cores " + cores;
        if (onOurs.isEmpty()) {
            return Observation.ok(found);
        }
        // Sockets that a thread polls busily, and AF_XDP without busy polling, want their interrupts near; not on the core itself.
        final String mend = "for irq in $(ls /sys/bus/pci/devices/" + host.pciAddress(name).orElse("") + "/msi_irqs); do echo "
                + host.cores().online().minus(host.chosenCores()) + " > /proc/irq/$irq/smp_affinity_list; done";
        return Observation.advice(found + ", " + onOurs + " among them, which the configuration uses",
                host.receivesBy(CaptureConfig.Source.UDP) ? "a core beside the receive core, on its NUMA node" : "other cores", mend);
    }
}
