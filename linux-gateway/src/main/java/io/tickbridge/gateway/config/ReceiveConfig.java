package io.tickbridge.gateway.config;

/**
 * The receive thread.
 *
 * @param idle       what it does when there was nothing to do
 * @param burstLimit most frames taken from a source in one poll
 */
public record ReceiveConfig(Idle idle, int burstLimit) {

    /** What a thread does when there was nothing to do. */
    public enum Idle {
        /** Asks again at once. Lowest latency; needs a core of its own. */
        SPIN,
        /** Lets other threads run first. For machines with few cores. */
        YIELD,
        /** Spins, then yields, then sleeps for up to 1 ms. Spares the machine. */
        BACKOFF
    }
}
