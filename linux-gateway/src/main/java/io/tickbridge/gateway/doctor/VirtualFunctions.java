package io.tickbridge.gateway.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which interfaces are, or have, virtual functions (kernel documentation, PCI/pci-iov-howto). */
final class VirtualFunctions implements Check {
    @Override
    public String name() {
        return "sr-iov";
    }

    @Override
    public String why() {
        return "a VPS on a virtual function of the NIC spares the host's bridge and its copy, 20 to 50 us a packet each way";
    }

    @Override
    public List<Observation> look(final Host host) {
        // By device, not by interface: one that DPDK drives has none.
        final List<Observation> seen = new ArrayList<>();
        for (final String address : host.pciDevices()) {
            final String device = "sys/bus/pci/devices/" + address + "/";
            final String name = host.interfaces().stream().filter(port -> host.pciAddress(port).filter(address::equals).isPresent())
                    .findFirst().orElse(address);
            final Optional<Long> total = host.number(device + "sriov_totalvfs");
            if (host.tree().link(device + "physfn").isPresent()) {
                seen.add(Observation.ok(name + " is a virtual function of " + host.tree().link(device + "physfn").get()));
            } else if (total.isPresent() && total.get() > 0) {
                final long made = host.number(device + "sriov_numvfs").orElse(0L);
                final String found = name + " has made " + made + " of " + total.get() + " virtual functions";
                seen.add(made > 0 ? Observation.ok(found) : Observation.notHere(found));
            }
        }
        return seen.isEmpty() ? List.of(Observation.notHere("no receiving device offers virtual functions")) : seen;
    }
}
