package io.tickbridge.gateway.capture.claim;

/** What a source does with the frames of an interface: {@code enum tb_use} of src/main/c/device_claim.h. */
public enum InterfaceUse {
    /** Nobody after it sees them: AF_XDP, by itself or under DPDK. */
    TAKES("", 1),
    /** The kernel has them as well: packet sockets under DPDK. */
    COPIES(" by copy", 1),
    /** The NIC gives each program those of its groups, and the kernel none of them: ef_vi. */
    SHARES(" by ef_vi", Constants.MOST_SHARERS),
    /** The kernel's sockets, which get what nobody takes: the udp source. */
    SOCKETS(" by udp", Constants.MOST_SHARERS);

    private final String suffix;
    private final int most;

    InterfaceUse(final String suffix, final int most) {
        this.suffix = suffix;
        this.most = most;
    }

    /** How many may have it at once. */
    int most() {
        return most;
    }

    /** Whether two sources of these uses cannot be on one interface. */
    boolean excludes(final InterfaceUse other) {
        return this == other ? most == 1 : !(isHarmless() && other.isHarmless());
    }

    private boolean isHarmless() {
        return this == COPIES || this == SOCKETS;
    }

    /** The name that stands for it, of those that it has. */
    String name(final int index, final int number) {
        return "tickbridge/receives from interface " + index + suffix + (most > 1 ? "/" + number : "");
    }

    private static final class Constants {
        private static final int MOST_SHARERS = 64; // TB_MOST_SHARERS
    }
}
