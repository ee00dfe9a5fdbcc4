package io.tickbridge.gateway.doctor;

import java.util.ArrayList;
import java.util.List;

/** Driver and firmware of the receiving interfaces, for comparison with the vendor's notes. */
final class NicFirmware implements Check {
    @Override
    public String name() {
        return "nic-firmware";
    }

    @Override
    public String why() {
        return "firmware decides what filters, timestamps and queues a NIC offers; a vendor's support asks for it first";
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<Observation> seen = new ArrayList<>();
        for (final String name : host.interfaces()) {
            host.ethernet().driver(name).ifPresent(driver -> seen.add(Observation.ok(name + ": " + driver.name() + " "
                    + driver.version() + ", firmware " + (driver.firmware().isEmpty() ? "not told" : driver.firmware()))));
        }
        return seen.isEmpty() ? List.of(Observation.notHere("no receiving interface tells")) : seen;
    }
}
