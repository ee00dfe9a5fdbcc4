package io.tickbridge.gateway.config;

import java.util.List;

/**
 * AF_XDP sockets on the interfaces of the feeds' lines.
 *
 * @param queues         receive queues of each interface; empty for all of them
 * @param mode           whether the NIC writes into the sockets' memory itself
 * @param attach         where the XDP program runs
 * @param frames         frames of memory for each queue
 * @param frameSize      bytes of one of them
 * @param ring           descriptors of each queue's receive ring
 * @param needWakeup     whether the driver may sleep until it is woken
 * @param hugePages      whether frames lie on huge pages
 * @param busyPoll       ns that the kernel may poll the device in one call; 0 without busy polling
 * @param busyPollBudget packets that it takes in one such call
 */
public record AfXdpConfig(
        List<Integer> queues, Mode mode, Attach attach, int frames, int frameSize, int ring, boolean needWakeup,
        DpdkConfig.HugePages hugePages, long busyPoll, int busyPollBudget) {

    /** Whether the NIC writes into the sockets' memory itself. */
    public enum Mode {
        /** Where the driver offers it. */
        AUTO,
        /** Or nothing starts. */
        ZERO_COPY,
        /** The kernel copies each frame once, whatever the driver offers. */
        COPY
    }

    /** Where the XDP program runs. */
    public enum Attach {
        /** In the driver where it can, otherwise behind it. */
        AUTO,
        /** In the driver, or nothing starts. */
        NATIVE,
        /** Behind the driver, which any driver can. */
        GENERIC
    }
}
