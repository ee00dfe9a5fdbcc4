package io.tickbridge.gateway.link;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is logged of connections that do not log on: the first, then how many there were, at most once a second. Anyone who
 * reaches the port can make such connections, as fast as he likes, and each line costs the receive thread. The link's
 * counts know them all. One thread.
 */
final class RejectionLog {
    private static final Logger LOG = LoggerFactory.getLogger(RejectionLog.class);
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final LinkJournal journal;
    private boolean quiet;
    private long nextTime;
    private long unlogged;
    private Object latest;

    RejectionLog(final LinkJournal journal) {
        this.journal = journal;
    }

    /**
     * A connection was rejected, or ended before it had logged on.
     *
     * @param who  the connection; made text only when it is logged
     * @param what happened to it
     * @param now  ns since the Unix epoch
     */
    void rejected(final Object who, final String what, final long now) {
        report(now);
        if (quiet) {
            unlogged++;
            latest = who;
        } else {
            quiet = true;
            nextTime = now + INTERVAL;
            LOG.warn("link: {} {}", who, what);
            journal.event(0, 1, "rejected", "", String.valueOf(who), what, now);
        }
    }

    /**
     * Logs what is due.
     *
     * @param now ns since the Unix epoch
     */
    void report(final long now) {
        if (!quiet || now - nextTime < 0) {
            return;
        }
        if (unlogged == 0) {
            quiet = false;
            return;
        }
        LOG.warn("link: {} more connections ended without a logon, the latest from {}", unlogged, latest);
        journal.event(0, unlogged, "rejected", "", String.valueOf(latest), "the latest of several", now);
        unlogged = 0;
        latest = null;
        nextTime = now + INTERVAL;
    }

    /** Connections not yet told of in the log. */
    long unlogged() {
        return unlogged;
    }
}
