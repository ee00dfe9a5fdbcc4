package io.tickbridge.gateway.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Size of a device's reads and number of its tags: PCI Express Base Specification, 7.5.3.4 Device Control Register. */
final class PcieRequests implements Check {
    private static final int WANTED_BYTES = 512;
    private static final int EXTENDED_TAG = 1 << 8;
    private static final int READ_REQUEST_SHIFT = 12;
    private static final int READ_REQUEST_MASK = 7;
    private static final int SMALLEST_READ = 128;

    @Override
    public String name() {
        return "pcie-requests";
    }

    @Override
    public String why() {
        return "small read requests and few tags let the NIC wait for its own descriptors: up to 1 us, and losses at full rate";
    }

    @Override
    public List<Observation> look(final Host host) {
        final List<Observation> seen = new ArrayList<>();
        for (final String device : host.pciDevices()) {
            final PciConfiguration space = new PciConfiguration(host.tree().bytes("sys/bus/pci/devices/" + device + "/config"));
            if (space.isCut()) {
                seen.add(Observation.unknown(device + ": the kernel shows the first 64 bytes only, without rights",
                        "sudo lspci -vv -s " + device + " | grep -E 'MaxReadReq|ExtTag'"));
                continue;
            }
            final OptionalInt control = space.deviceControl();
            control.ifPresent(bits -> seen.add(judge(device, bits)));
        }
        return seen.isEmpty() ? List.of(Observation.notHere("no receiving device is PCI Express")) : seen;
    }

    private static Observation judge(final String device, final int control) {
        final int bytes = SMALLEST_READ << (control >> READ_REQUEST_SHIFT & READ_REQUEST_MASK);
        final boolean tags = (control & EXTENDED_TAG) != 0;
        final String found = device + ": reads of " + bytes + " bytes, extended tags " + (tags ? "on" : "off");
        return bytes >= WANTED_BYTES && tags ? Observation.ok(found)
                : Observation.advice(found, "at least " + WANTED_BYTES + " bytes, extended tags on",
                        "the firmware's settings of the slot; by hand: setpci -s " + device + " CAP_EXP+8.w (bits 14:12 and 8)");
    }
}
