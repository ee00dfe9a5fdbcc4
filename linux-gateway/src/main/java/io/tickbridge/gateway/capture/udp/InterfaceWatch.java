package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.capture.CaptureException;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that an interface was removed: its sockets live on and stay silent for ever. Says so once, and joins again when
 * an interface of that name comes back. One that is merely down keeps its groups; the silence of its line is watched
 * elsewhere.
 *
 * <p>Takes system calls, so not for the receive thread; one thread at a time.
 */
final class InterfaceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceWatch.class);

    private final String name;
    private final List<GroupSocket> sockets;
    private int index; // on which all are joined
    private int refused; // on which that failed, and was said
    private boolean gone;

    /** A watch over the interface on which all of these were joined just now. */
    InterfaceWatch(final String name, final List<GroupSocket> sockets) {
        this.name = name;
        this.sockets = List.copyOf(sockets);
        this.index = InterfaceIndex.of(name);
    }

    /**
     * Looks once more.
     *
     * @return whether the interface has gone since the last look
     */
    boolean look() {
        final OptionalInt now = NetworkLink.indexOf(name);
        final boolean replaced = now.isPresent() && now.getAsInt() != index;
        final boolean went = !gone && (now.isEmpty() || replaced);
        if (went) {
            LOG.error("interface {} was removed: nothing is received any more of {}", name,
                    sockets.stream().map(GroupSocket::subscription).toList());
            gone = true;
        }
        if (replaced) {
            rejoin(now.getAsInt());
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
            index = newIndex;
            gone = false;
            LOG.warn("interface {} is back, and its groups are joined again", name);
        } else if (refused != newIndex) {
            refused = newIndex;
            LOG.error("interface {} is back, but cannot be joined again, and is tried on: {}", name, failure);
        }
    }

    boolean isGone() {
        return gone;
    }

    String name() {
        return name;
    }
}
