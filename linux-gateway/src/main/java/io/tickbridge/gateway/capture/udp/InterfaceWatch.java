package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.claim.InterfaceClaim;
import io.tickbridge.gateway.capture.claim.InterfaceUse;
import java.util.List;
import java.util.Optional;
import org.agrona.CloseHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that an interface was removed: its sockets live on and stay silent for ever. Says so once, and joins again when
 * an interface of that name comes back. One that is merely down keeps its groups; the silence of its line is watched
 * elsewhere.
 *
 * <p>Takes system calls, so not for the receive thread; one thread at a time.
 */
final class InterfaceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceWatch.class);

    private final String name;
    private final List<GroupSocket> sockets;
    private int index; // on which all are joined
    private int refused; // on which that failed, and was said
    private boolean gone;
    private long missedBefore; // counted before we came, or at the last look
    private long missed;
    private InterfaceClaim claim; // null where claims cannot be made

    /**
     * A watch over the interface on which all of these were joined just now.
     *
     * @throws CaptureException when another gateway takes its frames before they come to sockets
     */
    InterfaceWatch(final String name, final List<GroupSocket> sockets) {
        this.name = name;
        this.sockets = List.copyOf(sockets);
        this.index = InterfaceIndex.of(name);
        this.missedBefore = NetworkLink.find(name).map(NetworkLink::rxMissed).orElse(0L);
        claim = claim(index);
    }

    private InterfaceClaim claim(final int number) {
        try {
            return InterfaceClaim.take(name, number, InterfaceUse.SOCKETS).orElse(null);
        } catch (final InterfaceClaim.Unavailable e) {
            LOG.warn("whether another gateway takes the frames of interface {} is not known: {}", name, e.getMessage());
            return null;
        }
    }

    /**
     * Looks once more.
     *
     * @return whether the interface has gone since the last look
     */
    boolean look() {
        final Optional<NetworkLink> now = NetworkLink.find(name);
        final boolean replaced = now.isPresent() && now.get().index() != index;
        final boolean went = !gone && (now.isEmpty() || replaced);
        if (went) {
            LOG.error("interface {} was removed: nothing is received any more of {}", name,
                    sockets.stream().map(GroupSocket::subscription).toList());
            gone = true;
        }
        if (replaced) {
            missedBefore = 0; // a new interface counts from 0
            rejoin(now.get().index());
        } else if (now.isPresent()) {
            missed += Math.max(0, now.get().rxMissed() - missedBefore);
            missedBefore = now.get().rxMissed();
        }
        return went;
    }

    /** Tried again with each look until all are joined: an interface that has just come may not be ready for it yet. */
    private void rejoin(final int newIndex) {
        String failure = null;
        for (final GroupSocket socket : sockets) {
            try {
                socket.join(newIndex);
            } catch (final CaptureException e) {
                failure = socket.subscription() + ": " + e.getMessage();
            }
        }
        if (failure == null) {
            failure = claimAgain(newIndex);
        }
        if (failure == null) {
            index = newIndex;
            gone = false;
            LOG.warn("interface {} is back, and its groups are joined again", name);
        } else if (refused != newIndex) {
            refused = newIndex;
            LOG.error("interface {} is back, but cannot be joined again, and is tried on: {}", name, failure);
        }
    }

    /** The claim of an interface that is gone says nothing of the one that came in its place. */
    private String claimAgain(final int newIndex) {
        close();
        try {
            claim = claim(newIndex);
            return null;
        } catch (final CaptureException e) {
            return e.getMessage();
        }
    }

    /** Frames that the host was too slow to take from the NIC since the watch began; whose they were nobody knows. */
    long missed() {
        return missed;
    }

    boolean isGone() {
        return gone;
    }

    String name() {
        return name;
    }

    /** Lets other gateways have the interface. */
    @Override
    public void close() {
        CloseHelper.close(claim);
        claim = null;
    }
}
