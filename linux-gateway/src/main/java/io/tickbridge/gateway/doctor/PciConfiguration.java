package io.tickbridge.gateway.doctor;

import java.util.OptionalInt;

/** A device's configuration space, little-endian: PCI Local Bus Specification 3.0, 6.1 and 6.7. */
final class PciConfiguration {
    /** What the kernel shows to those without rights. */
    private static final int HEADER = 64;
    private static final int CAPABILITIES = 0x34;
    private static final int PCI_EXPRESS = 0x10;
    private static final int DEVICE_CONTROL = 8;
    private static final int LONGEST_LIST = 48; // (256 - 64) / 4: more would be going round in circles

    private final byte[] space;

    PciConfiguration(final byte[] space) {
        this.space = space;
    }

    /** Whether the capabilities are not shown. */
    boolean isCut() {
        return space.length > 0 && space.length <= HEADER;
    }

    /** The PCI Express capability's Device Control register; empty without one. */
    OptionalInt deviceControl() {
        int at = CAPABILITIES < space.length ? space[CAPABILITIES] & 0xfc : 0;
        for (int steps = 0; steps < LONGEST_LIST && at >= HEADER && at + DEVICE_CONTROL + 1 < space.length; steps++) {
            if ((space[at] & 0xff) == PCI_EXPRESS) {
                return OptionalInt.of(space[at + DEVICE_CONTROL] & 0xff | (space[at + DEVICE_CONTROL + 1] & 0xff) << Byte.SIZE);
            }
            at = space[at + 1] & 0xfc;
        }
        return OptionalInt.empty();
    }
}
