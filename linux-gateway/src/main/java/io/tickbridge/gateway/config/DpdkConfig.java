package io.tickbridge.gateway.config;

import java.util.List;

/**
 * A port driven by DPDK.
 *
 * @param device       PCI address, or a software device with its arguments; null when another source is configured
 * @param ealArguments further arguments of the environment abstraction layer
 * @param hugePages    whether huge pages are used
 * @param memory       bytes for DPDK; 0 for what the packet buffers need
 * @param buffers      packet buffers; 0 for as many as are needed
 * @param descriptors  receive descriptors of each queue
 * @param queues       receive queues
 * @param promiscuous  whether frames for others are taken
 * @param allMulticast whether all multicast frames are taken
 * @param steering     whether the NIC is asked to pick the groups out
 * @param timestamps   whether the NIC is asked for receive times
 */
public record DpdkConfig(
        String device, List<String> ealArguments, HugePages hugePages, long memory, int buffers, int descriptors,
        int queues, boolean promiscuous, boolean allMulticast, boolean steering, boolean timestamps) {

    /** Whether huge pages are used. */
    public enum HugePages {
        /** Where enough of them are free. */
        AUTO,
        /** Or nothing starts. */
        REQUIRE,
        /** Ordinary pages do. */
        NEVER
    }
}
