package io.tickbridge.gateway.link;

import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.protocol.LogoutReason;
import io.tickbridge.protocol.PeerRights;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may take one of the add-ons' places. A name that may trade is one add-on: two that act on the same signals, because a
 * machine was cloned with its key, would place every order twice. One thread.
 */
final class PeerPlaces {
    /** Connections not yet logged on that are kept. */
    static final int MOST_STRANGERS = 64;

    /**
     * A name comes back at once, in place of a connection that has not fallen silent yet, no more than once in so long. Two machines
     * with one key that have both been logged on would otherwise throw each other out without end.
     */
    private static final long COMES_BACK_AT_MOST_EACH = Duration.ofMinutes(1).toNanos();
    /** Names remembered: whoever holds the common key may call himself anything. */
    private static final int MOST_NAMES = 1024;

    private final LinkConfig config;
    private final ConnectionGate gate;
    /** When a name came back in place of a connection that still seemed alive, ns. */
    private final Map<String, Long> cameBack = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, Long> eldest) {
            return size() > MOST_NAMES;
        }
    };
    private final List<Peer> peers;

    /**
     * Places that nobody has taken.
     *
     * @param config says how many there are
     * @param gate   told of whoever proved a key
     * @param peers  all connections; the same list for the life of the link
     */
    PeerPlaces(final LinkConfig config, final ConnectionGate gate, final List<Peer> peers) {
        this.config = config;
        this.gate = gate;
        this.peers = peers;
    }

    /** Whoever has not proved the key takes no add-on's place; the oldest of them goes when there are too many. */
    void makeRoom() {
        int strangers = 0;
        Peer oldest = null;
        for (int i = peers.size() - 1; i >= 0; i--) {
            if (peers.get(i).isStranger()) {
                strangers++;
                oldest = peers.get(i);
            }
        }
        if (strangers >= MOST_STRANGERS) {
            oldest.displace();
        }
    }

    /**
     * Judges a connection that has proved its key.
     *
     * @param name    as it proved
     * @param rights  of that name
     * @param address it comes from
     * @param again   whether it says that it was logged on in this run
     * @param now     ns since the Unix epoch
     * @return why it cannot have a place, for people; empty when it has one
     */
    Optional<String> refusal(
            final String name, final PeerRights rights, final InetAddress address, final boolean again, final long now) {
        final Peer namesake = rights == PeerRights.TRADE ? namesake(name) : null;
        final boolean silent = namesake != null && now - namesake.lastReceived() >= config.heartbeat() + config.heartbeat() / 2;
        if (namesake != null && !silent && !(again && namesake.isAt(address) && mayComeBack(name, now))) {
            return Optional.of("another add-on that trades is logged on as " + name + ", " + namesake.place()
                    + ": give each a name and a key of its own");
        }
        if (namesake != null) {
            // One that is cut off does not know; what has become of it may well be what logs on here.
            namesake.logout(LogoutReason.PEER_SILENT, "its name logs on anew", now);
        }
        return isFree() ? Optional.empty() : Optional.of("every one of " + config.maxPeers() + " places is taken");
    }

    /** A proxy or a firewall may keep alive what the add-on has lost: it need not wait until that is noticed here. */
    private boolean mayComeBack(final String name, final long now) {
        final Long last = cameBack.get(name);
        final boolean may = last == null || now - last >= COMES_BACK_AT_MOST_EACH;
        if (may) {
            cameBack.put(name, now);
        }
        return may;
    }

    /** A place was taken from there. */
    void onLogon(final InetAddress address) {
        gate.trust(address);
    }

    private boolean isFree() {
        int taken = 0;
        for (int i = 0; i < peers.size(); i++) {
            taken += peers.get(i).isLoggedOn() ? 1 : 0;
        }
        return taken < config.maxPeers();
    }

    private Peer namesake(final String name) {
        for (int i = 0; i < peers.size(); i++) {
            if (peers.get(i).isLoggedOn() && peers.get(i).trades(name)) {
                return peers.get(i);
            }
        }
        return null;
    }
}
