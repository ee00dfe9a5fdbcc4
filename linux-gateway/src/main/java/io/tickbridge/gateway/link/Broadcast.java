package io.tickbridge.gateway.link;

import io.tickbridge.protocol.LogoutReason;
import java.util.List;

/**
 * Tells every connection what concerns them all. One that throws ends alone: neither the feed nor the other add-ons pay for what
 * became of it. An {@link Error} is the process's own, and passes. One thread.
 */
final class Broadcast {
    private final List<Peer> peers;

    /**
     * To these.
     *
     * @param peers the same list for the life of the link
     */
    Broadcast(final List<Peer> peers) {
        this.peers = peers;
    }

    /** Keys have changed. */
    void judgeAgain(final long now) {
        for (int i = 0; i < peers.size(); i++) {
            final Peer peer = peers.get(i);
            try {
                peer.judgeAgain(now);
            } catch (final RuntimeException e) {
                peer.onFault(e);
            }
        }
    }

    /** Hands what waits to the operating system; bytes. */
    int flush() {
        int bytes = 0;
        for (int i = 0; i < peers.size(); i++) {
            final Peer peer = peers.get(i);
            try {
                bytes += peer.flush();
            } catch (final RuntimeException e) {
                peer.onFault(e);
            }
        }
        return bytes;
    }

    /** The clock went on; says how many are logged on. */
    int onDuty(final long now, final boolean judgeSilence, final PeerFigures.All figures) {
        int loggedOn = 0;
        for (int i = 0; i < peers.size(); i++) {
            final Peer peer = peers.get(i);
            try {
                peer.onDuty(now, judgeSilence);
                peer.publish(figures);
            } catch (final RuntimeException e) {
                peer.onFault(e);
            }
            loggedOn += peer.isLoggedOn() ? 1 : 0;
        }
        return loggedOn;
    }

    void onSequenced(final long sequence, final long now) {
        for (int i = 0; i < peers.size(); i++) {
            final Peer peer = peers.get(i);
            try {
                peer.onSequenced(sequence, now);
            } catch (final RuntimeException e) {
                peer.onFault(e);
            }
        }
    }

    void onDefinition(final LinkedInstrument instrument, final long now) {
        for (int i = 0; i < peers.size(); i++) {
            final Peer peer = peers.get(i);
            try {
                peer.onDefinition(instrument, now);
            } catch (final RuntimeException e) {
                peer.onFault(e);
            }
        }
    }

    void onTrade(
            final LinkedInstrument instrument, final long exchangeTime, final long price, final int quantity, final int aggressor,
            final long now) {
        for (int i = 0; i < peers.size(); i++) {
            final Peer peer = peers.get(i);
            try {
                peer.onTrade(instrument, exchangeTime, price, quantity, aggressor, now);
            } catch (final RuntimeException e) {
                peer.onFault(e);
            }
        }
    }

    void onQuote(final LinkedInstrument instrument, final long now) {
        for (int i = 0; i < peers.size(); i++) {
            final Peer peer = peers.get(i);
            try {
                peer.onQuote(instrument, now);
            } catch (final RuntimeException e) {
                peer.onFault(e);
            }
        }
    }

    /** Says goodbye to everyone. */
    void logout(final LogoutReason reason, final String text, final long now) {
        for (int i = 0; i < peers.size(); i++) {
            final Peer peer = peers.get(i);
            try {
                peer.logout(reason, text, now);
            } catch (final RuntimeException e) {
                peer.onFault(e);
            }
        }
    }
}
