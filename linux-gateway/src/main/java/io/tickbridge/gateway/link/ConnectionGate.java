package io.tickbridge.gateway.link;

import io.tickbridge.gateway.config.LinkLimits;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Who may connect at all, before anything is computed or kept for him. Memory is bounded by the connections kept. One thread. */
final class ConnectionGate {
    private final LinkLimits limits;
    private final FrameRate rate;
    private final Map<InetAddress, Integer> open = new HashMap<>();

    ConnectionGate(final LinkLimits limits) {
        this.limits = limits;
        rate = new FrameRate(limits.connectionsPerSecond());
    }

    /**
     * Judges a new connection.
     *
     * @param now ns since the Unix epoch
     * @return why not, as the counter of such cases; null when it may stay
     */
    LinkCounter refusal(final InetAddress address, final long now) {
        if (!rate.allows(now)) {
            return LinkCounter.REFUSED_RATE;
        }
        return open.getOrDefault(address, 0) >= limits.perAddress() ? LinkCounter.REFUSED_ADDRESS : null;
    }

    void admit(final InetAddress address) {
        open.merge(address, 1, Integer::sum);
    }

    void release(final InetAddress address) {
        open.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
    }
}
