package io.tickbridge.gateway.link;

import io.tickbridge.protocol.LogoutReason;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is told of one connection: the log's lines, the journal's events, and the counts of how it began and ended. Before it is
 * logged on, by the {@link RejectionLog} alone: anyone may connect. One thread.
 */
final class ConnectionNotes {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionNotes.class);

    private final LinkContext context;
    private final long connection;
    private final InetSocketAddress address;
    /** For people. */
    private String name;
    /** null before logon. */
    private String client;
    private boolean handshakeFailed;
    private boolean failed;

    /**
     * Of a connection that was just made.
     *
     * @param context    what all peers share
     * @param connection its number in this run, from 1
     * @param address    it comes from
     */
    ConnectionNotes(final LinkContext context, final long connection, final InetSocketAddress address) {
        this.context = context;
        this.connection = connection;
        this.address = address;
        name = String.valueOf(address);
    }

    /** It says who it is. */
    void calledItself(final CharSequence text) {
        name = "'" + text + "' at " + address;
    }

    /** It has not been let in. */
    void rejected(final String what, final long now) {
        context.rejections().rejected(name, what, now);
    }

    /** It has proved who it is. */
    void loggedOn(final String as, final int version, final PeerKey key, final long asked, final long from, final long to) {
        client = as;
        journal("logged-on", "version " + version + ", may " + key.rights());
        context.counts().increment(LinkCounter.LOGONS);
        LOG.info("link: {} logged on with version {}, may {}, asked for frame {}, gets {} to {}, then live", name, version,
                key.rights(), Long.toUnsignedString(asked), from, to);
    }

    /** It said goodbye. */
    void loggedOut() {
        LOG.info("link: {} logged out", name);
        journal("logged-out", "by the add-on");
    }

    /** We say goodbye. */
    void logout(final LogoutReason reason, final String text) {
        LOG.info("link: logging {} out: {}, {}", name, reason, text);
        if (client != null) {
            // At the gateway's own end nobody did anything wrong.
            journal(reason == LogoutReason.SHUTTING_DOWN ? "logged-out" : "cut-off", reason + ": " + text);
        }
    }

    /** The two ends did not agree on who they are; whoever ended it says whether it was we, who said why. */
    void handshakeFailed(final Throwable cause, final boolean endedByUs) {
        handshakeFailed = true;
        if (!endedByUs) {
            context.counts().increment(LinkCounter.TLS_FAILURES);
            rejected("refused, TLS: " + TlsRefusal.text(cause), context.clock().nanoTime());
        }
    }

    /** The operating system, or TLS, says that something is wrong with it. */
    void failed(final Throwable cause) {
        countFailure();
        if (handshakeFailed) {
            return; // told already, in words
        }
        if (client == null) {
            rejected("failed: " + cause, context.clock().nanoTime());
        } else {
            LOG.info("link: connection to {} failed: {}", name, cause.toString());
        }
    }

    /** What it sent, or what became of it, was more than the gateway's own code can do with. */
    void fault(final RuntimeException cause) {
        countFailure();
        if (client == null) {
            rejected("failed: " + cause, context.clock().nanoTime());
        } else {
            LOG.error("link: {} cannot be served, so its connection ends; please report this", name, cause);
        }
    }

    /** Once: what was on its way to it fails too when it is closed. */
    private void countFailure() {
        if (!failed) {
            failed = true;
            context.counts().increment(LinkCounter.CONNECTION_ERRORS);
        }
    }

    /** It is gone without a goodbye after it had logged on. */
    void lost() {
        LOG.info("link: connection to {} lost", name);
        journal("connection-lost", "");
    }

    /** It is gone before it had logged on. */
    void leftBeforeLogon() {
        context.counts().increment(LinkCounter.LEFT_BEFORE_LOGON);
        rejected("left before logon", context.clock().nanoTime());
    }

    private void journal(final String kind, final String text) {
        context.journal().event(connection, 1, kind, client, String.valueOf(address), text, context.clock().nanoTime());
    }
}
