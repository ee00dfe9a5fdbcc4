package io.tickbridge.gateway.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether devices have the speed and width that they can (kernel documentation, ABI/testing/sysfs-bus-pci). */
final class PcieLink implements Check {
    private static final String DEVICES = "sys/bus/pci/devices/";

    @Override
    public String name() {
        return "pcie-link";
    }

    @Override
    public String why() {
        return "a slot with fewer lanes or a lower speed adds 100 ns to 1 us to each packet and loses packets at full rate";
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<Observation> seen = new ArrayList<>();
        for (final String device : host.pciDevices()) {
            final String directory = DEVICES + device + "/";
            final String speed = host.tree().read(directory + "current_link_speed").orElse("");
            final String width = host.tree().read(directory + "current_link_width").orElse("0");
            // Virtual functions and emulated devices tell no width.
            if (speed.isEmpty() || width.equals("0")) {
                continue;
            }
            final String most = host.tree().read(directory + "max_link_speed").orElse(speed);
            final String widest = host.tree().read(directory + "max_link_width").orElse(width);
            final String found = device + ": " + speed + " x" + width;
            seen.add(speed.equals(most) && width.equals(widest) ? Observation.ok(found)
                    : Observation.advice(found, most + " x" + widest, "another slot; or the slot's speed in the firmware's settings"));
        }
        return seen.isEmpty() ? List.of(Observation.notHere("no receiving device tells its link")) : seen;
    }
}
