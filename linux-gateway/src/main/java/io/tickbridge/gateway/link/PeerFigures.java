package io.tickbridge.gateway.link;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * How it stands with an add-on, by its name. Written by the receive thread, read by any. It is kept when the add-on leaves, so
 * that one sees who is missing.
 */
public final class PeerFigures {
    /** Names that are told apart; add-ons beyond them are counted together as the last. */
    static final int MOST = 64;
    private static final String OTHERS = "others";

    private final String name;
    private volatile int connections;
    private volatile long behind;
    private volatile long waiting;

    private PeerFigures(final String name) {
        this.name = name;
    }

    /**
     * Its name.
     *
     * @return as it logged on
     */
    public String name() {
        return name;
    }

    /**
     * Connections of that name that are logged on.
     *
     * @return 0 when it has left
     */
    public long connections() {
        return connections;
    }

    /**
     * Sequenced frames that were not handed to its socket yet.
     *
     * @return as of the latest look; 0 when it has left
     */
    public long behind() {
        return behind;
    }

    /**
     * What waits for it.
     *
     * @return bytes as of the latest look; 0 when it has left
     */
    public long waiting() {
        return waiting;
    }

    void loggedOn() {
        connections = connections + 1;
    }

    void left() {
        connections = connections - 1;
        state(0, 0);
    }

    void state(final long nowBehind, final long nowWaiting) {
        // Asked every few microseconds, changed rarely: a volatile store costs more than a look.
        if (behind != nowBehind) {
            behind = nowBehind;
        }
        if (waiting != nowWaiting) {
            waiting = nowWaiting;
        }
    }

    /** All of a run. */
    static final class All {
        private final List<PeerFigures> known = new CopyOnWriteArrayList<>();

        PeerFigures of(final String name) {
            final String told = known.size() < MOST - 1 || known.stream().anyMatch(one -> one.name.equals(name)) ? name : OTHERS;
            return known.stream().filter(one -> one.name.equals(told)).findFirst().orElseGet(() -> {
                final PeerFigures made = new PeerFigures(told);
                known.add(made);
                return made;
            });
        }

        List<PeerFigures> list() {
            return known;
        }
    }
}
