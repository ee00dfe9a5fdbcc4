package io.tickbridge.gateway.capture;

/** Whose clock a frame's receive time was read from. */
public enum TimestampSource {
    /** The times that a capture file recorded. */
    RECORDED,
    /** The NIC's clock, which says that it is in sync. */
    NIC,
    /** The NIC's clock, which does not say that it is in sync. */
    NIC_UNSYNCED,
    /** The kernel's clock, when its driver took the frame in. */
    KERNEL,
    /** The gateway's clock, read once at the start of a burst. */
    BURST
}
