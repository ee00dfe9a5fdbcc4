package io.tickbridge.gateway.config;

/**
 * A Solarflare NIC driven by ef_vi.
 *
 * @param networkInterface the NIC's interface; null when another source is configured
 * @param vlan           VLAN in which the groups come; 0 for none
 * @param mode           which kind of NIC is expected
 * @param ring           descriptors on an X2's receive ring
 * @param refillBatch    descriptors given back at once
 * @param eventMerge     whether an X2 reports several frames with one event
 * @param timestamps     whether the NIC is asked for receive times
 * @param hugePages      whether receive buffers lie on huge pages
 * @param exclusiveQueue whether an X3's receive queue is kept from other programs
 * @param join           whether the kernel is asked to join the groups
 */
public record EfViConfig(
        String networkInterface, int vlan, Mode mode, int ring, int refillBatch, boolean eventMerge, boolean timestamps,
        DpdkConfig.HugePages hugePages, boolean exclusiveQueue, boolean join) {

    /** Kind of NIC. */
    public enum Mode {
        /** Whichever there is. */
        AUTO,
        /** SFN7000, SFN8000 and X2: frames come into buffers on a ring. */
        X2,
        /** X3: frames are lent by the driver. */
        X3
    }
}
