package io.tickbridge.gateway.link;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Every connection from its acceptance until it is gone, logged on or not. The receive thread, but for what says otherwise. */
final class Connections {
    /** Beyond so many, one question to epoll costs less than a reading of each. */
    private static final int MOST_READ_DIRECTLY = 2;
    /**
     * Where peers are read directly, so many looks go by until the event loop is asked too: it then only has connections to
     * accept, to end, and to write on to, none of which an order waits for.
     */
    private static final int LOOKS_PER_EVENTS = 8;

    private final LinkContext context;
    private final LinkTls tls;
    private final ConnectionGate gate;
    private final PeerPlaces places;
    private final List<Peer> peers = new ArrayList<>();
    private final Broadcast broadcast = new Broadcast(peers);
    private final PeerFigures.All figures = new PeerFigures.All();
    private long accepted;
    private int looks;
    private volatile int loggedOn;
    /** The keys' revision by which everyone who is logged on was judged. */
    private long judgedBy;

    /**
     * None yet.
     *
     * @param context what all peers share
     * @param tls     secures them; null where nothing does
     */
    Connections(final LinkContext context, final LinkTls tls) {
        this.context = context;
        this.tls = tls;
        gate = new ConnectionGate(context.config().limits());
        places = new PeerPlaces(context.config(), gate, peers);
    }

    /** Takes in one that was made. */
    void accept(final SocketChannel channel) {
        context.counts().increment(LinkCounter.CONNECTIONS);
        forgetClosed();
        if (channel.remoteAddress() == null) {
            // Reset before it was accepted: the system knows no other end any more.
            context.counts().increment(LinkCounter.LEFT_BEFORE_LOGON);
            channel.close();
            return;
        }
        final InetAddress address = channel.remoteAddress().getAddress();
        final long now = context.clock().nanoTime();
        final LinkCounter refusal = gate.refusal(address, now);
        if (refusal != null) {
            context.counts().increment(refusal);
            context.rejections().rejected(channel.remoteAddress(), refusal.label(), now);
            channel.close();
            return;
        }
        places.makeRoom();
        final SslHandler secured = tls == null ? null : tls.handler(channel);
        if (secured != null) {
            channel.pipeline().addLast(secured);
        }
        final Peer peer = new Peer(context, ++accepted, channel, secured, places);
        if (secured != null) {
            secured.handshakeFuture().addListener(handshake -> {
                if (!handshake.isSuccess()) {
                    peer.onHandshakeFailure(handshake.cause());
                }
            });
        }
        peers.add(peer);
        gate.admit(address);
        channel.closeFuture().addListener(closed -> {
            gate.release(address);
            peer.onClosed();
        });
        channel.pipeline().addLast(new PeerHandler(peer));
    }

    /**
     * Reads what came.
     *
     * @param socket where Netty's event loop is asked
     * @return how much was done
     */
    int read(final LinkSocket socket) {
        final int read = readDirectly(socket);
        if (read >= 0 && ++looks < LOOKS_PER_EVENTS) {
            return read;
        }
        final int events = socket.runNow();
        // Netty accepts one connection at a time: where one came, more may wait.
        looks = events > 0 ? LOOKS_PER_EVENTS : 0;
        return Math.max(read, 0) + events;
    }

    /**
     * Reads what came, if that is one system call for each connection.
     *
     * @param socket lends memory for it
     * @return bytes; less than 0 where the event loop must be asked
     */
    int readDirectly(final LinkSocket socket) {
        if (peers.size() > MOST_READ_DIRECTLY || peers.isEmpty()) {
            return -1;
        }
        int bytes = 0;
        for (int i = 0; i < peers.size(); i++) {
            final int count = peers.get(i).readDirectly(socket.chunk());
            if (count < 0) {
                return -1;
            }
            bytes += count;
        }
        return bytes;
    }

    /**
     * Does what is due by the clock.
     *
     * @param now          ns since the Unix epoch
     * @param judgeSilence false when this thread was away for so long that a peer's word may still lie unread
     */
    void onDuty(final long now, final boolean judgeSilence) {
        final int logged = broadcast.onDuty(now, judgeSilence, figures);
        boolean closed = false;
        for (int i = 0; i < peers.size(); i++) {
            closed |= peers.get(i).isClosed();
        }
        if (closed) {
            forgetClosed();
        }
        if (logged != loggedOn) {
            loggedOn = logged;
        }
    }

    /** Where nothing is being encoded for any of them. */
    private void forgetClosed() {
        peers.removeIf(peer -> {
            if (peer.isClosed()) {
                peer.publish(figures);
                peer.release();
            }
            return peer.isClosed();
        });
    }

    /** Once the socket is closed, and every connection with it. */
    void forgetAll() {
        peers.forEach(Peer::onClosed);
        forgetClosed();
        loggedOn = 0;
    }

    /** Where keys have changed, ends the connection of whoever may not stay. */
    void judgeAgain(final long now) {
        final long revision = context.keys().revision();
        if (revision != judgedBy) {
            judgedBy = revision;
            broadcast.judgeAgain(now);
        }
    }

    /** To every connection. */
    Broadcast all() {
        return broadcast;
    }

    /** Whether some socket has not taken all that it was to. */
    boolean isWriting() {
        for (int i = 0; i < peers.size(); i++) {
            if (peers.get(i).isWriting()) {
                return true;
            }
        }
        return false;
    }

    /** Connections not yet closed. */
    int size() {
        return peers.size();
    }

    /** Add-ons logged on, as of the last {@link #onDuty}. Any thread. */
    int loggedOn() {
        return loggedOn;
    }

    /** What is known of each add-on that has logged on in this run. Any thread. */
    List<PeerFigures> figures() {
        return figures.list();
    }
}
