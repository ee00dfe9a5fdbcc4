package io.tickbridge.gateway.config;

/** Whose clock live frames' receive times are read from. */
public enum ReceiveTimestamps {
    /** The gateway's clock, once a burst. */
    BURST,
    /** The kernel's clock, when it took the frame from the NIC's driver. */
    KERNEL,
    /** The NIC's clock; the kernel's where the NIC gives none. */
    NIC
}
