package io.tickbridge.gateway.link;

import io.tickbridge.gateway.config.LinkLimits;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who may connect at all, before anything is computed or kept for him. Strangers share one rate; an address from which an
 * add-on has logged on has a rate of its own, so that no flood from elsewhere keeps it out when it comes back to its
 * positions. Memory is bounded. One thread.
 */
final class ConnectionGate {
    /** Addresses remembered; far more than there are add-ons. */
    private static final int MOST_TRUSTED = 1024;

    private final LinkLimits limits;
    private final FrameRate strangers;
    private final Map<InetAddress, FrameRate> trusted = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<InetAddress, FrameRate> eldest) {
            return size() > MOST_TRUSTED;
        }
    };
    private final Map<InetAddress, Integer> open = new HashMap<>();

    ConnectionGate(final LinkLimits limits) {
        this.limits = limits;
        strangers = new FrameRate(limits.connectionsPerSecond());
    }

    /**
     * Judges a new connection.
     *
     * @param now ns since the Unix epoch
     * @return why not, as the counter of such cases; null when it may stay
     */
    LinkCounter refusal(final InetAddress address, final long now) {
        final FrameRate own = trusted.get(address);
        if (!(own == null ? strangers : own).allows(now)) {
            return LinkCounter.REFUSED_RATE;
        }
        return open.getOrDefault(address, 0) >= limits.perAddress() ? LinkCounter.REFUSED_ADDRESS : null;
    }

    /** Somebody has proved a key from there. */
    void trust(final InetAddress address) {
        trusted.computeIfAbsent(address, first -> new FrameRate(limits.connectionsPerSecond()));
    }

    void admit(final InetAddress address) {
        open.merge(address, 1, Integer::sum);
    }

    void release(final InetAddress address) {
        open.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
    }
}
