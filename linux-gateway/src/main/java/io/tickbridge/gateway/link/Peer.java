package io.tickbridge.gateway.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;
import io.tickbridge.protocol.ClockProbeDecoder;
import io.tickbridge.protocol.FrameCheck;
import io.tickbridge.protocol.FrameHeaderDecoder;
import io.tickbridge.protocol.HeartbeatDecoder;
import io.tickbridge.protocol.Link;
import io.tickbridge.protocol.LogonDecoder;
import io.tickbridge.protocol.LogoutDecoder;
import io.tickbridge.protocol.LogoutReason;
import io.tickbridge.protocol.RejectReason;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: SPECIFICATION.md, section 3. Challenged, then logged on, then closing; what it says is answered
 * here, what it gets is its {@link Delivery}'s business. One thread.
 */
final class Peer implements FrameDecoder.Sink {
    /** The one version of the definition that this gateway speaks. */
    static final int VERSION = FrameHeaderDecoder.SCHEMA_VERSION;

    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);
    private static final int SILENT_INTERVALS = 3;
    /** Bytes for a Challenge and a LogonRejected or LogonAccepted: anyone may connect, so it must cost little. */
    private static final int BUFFER_BEFORE_LOGON = Link.MAX_FRAME_LENGTH;

    private enum State { CHALLENGED, LOGGED_ON, CLOSING, CLOSED }

    private final LinkContext context;
    private final SocketChannel channel;
    private final BooleanSupplier placeIsFree;
    private PeerOutbox outbox;
    private final FrameDecoder decoder = new FrameDecoder();
    private final FrameHeaderDecoder header = new FrameHeaderDecoder();
    private final LogonDecoder logon = new LogonDecoder();
    private final ClockProbeDecoder probe = new ClockProbeDecoder();
    private final byte[] nonce;
    private State state = State.CHALLENGED;
    private String name;
    private Delivery delivery;
    private long deadline;
    private long lastReceived;
    private long nextHeartbeat;
    private long heartbeats;
    private boolean outputShut;
    private boolean displaced;

    /**
     * A connection that has just been made.
     *
     * @param context     what all peers share
     * @param channel     to it
     * @param placeIsFree asked when it has proved the key
     */
    Peer(final LinkContext context, final SocketChannel channel, final BooleanSupplier placeIsFree) {
        this.context = context;
        this.placeIsFree = placeIsFree;
        this.channel = channel;
        name = String.valueOf(channel.remoteAddress());
        outbox = new PeerOutbox(channel, BUFFER_BEFORE_LOGON);
        nonce = context.logon().newNonce();
        final long now = context.clock().nanoTime();
        deadline = now + context.config().logonTimeout();
        final int offset = outbox.claim(SessionFrames.CHALLENGE_LENGTH);
        context.sessionFrames().challenge(outbox.buffer(), offset, nonce, context.gatewayName(), now);
    }

    void onBytes(final ByteBuf received) {
        decoder.onBytes(received, this);
    }

    @Override
    public boolean isOpen() {
        return state == State.CHALLENGED || state == State.LOGGED_ON;
    }

    boolean isLoggedOn() {
        return state == State.LOGGED_ON;
    }

    /** Whether it takes room without having proved the key. */
    boolean isStranger() {
        return delivery == null && state != State.CLOSED && !displaced;
    }

    /** Makes room for a newer connection; only before logon. */
    void displace() {
        displaced = true;
        context.counts().increment(LinkCounter.DISPLACED);
        context.rejections().rejected(name, "closed: too many newer connections wait to log on", context.clock().nanoTime());
        close(context.clock().nanoTime());
        channel.close();
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset) {
        lastReceived = context.clock().nanoTime();
        header.wrap(buffer, offset);
        final int template = header.templateId();
        if (state == State.CHALLENGED && template == LogonDecoder.TEMPLATE_ID) {
            onLogon(logon.wrapAndApplyHeader(buffer, offset, header));
        } else if (state == State.LOGGED_ON && template == ClockProbeDecoder.TEMPLATE_ID) {
            onProbe(probe.wrapAndApplyHeader(buffer, offset, header));
        } else if (state == State.LOGGED_ON && template == LogoutDecoder.TEMPLATE_ID) {
            LOG.info("link: {} logged out", name);
            close(lastReceived);
        } else if (state != State.LOGGED_ON || template != HeartbeatDecoder.TEMPLATE_ID) {
            context.counts().increment(LinkCounter.UNEXPECTED_MESSAGES);
            refuse(RejectReason.UNEXPECTED_MESSAGE, LogoutReason.UNEXPECTED_MESSAGE,
                    "template " + template + (state == State.LOGGED_ON ? " after logon" : " where a Logon must come"));
        }
    }

    @Override
    public void onUnknown() {
        lastReceived = context.clock().nanoTime();
        context.counts().increment(LinkCounter.UNKNOWN_MESSAGES);
        if (state == State.CHALLENGED) {
            reject(RejectReason.UNEXPECTED_MESSAGE, "an unknown message where a Logon must come");
        }
    }

    @Override
    public void onMalformed(final FrameCheck error, final DirectBuffer buffer, final int offset) {
        context.counts().increment(LinkCounter.MALFORMED_FRAMES);
        refuse(RejectReason.MALFORMED_FRAME, LogoutReason.MALFORMED_FRAME,
                error + " in a frame that claims " + FrameCheck.frameLength(buffer, offset) + " bytes");
    }

    private void onLogon(final LogonDecoder message) {
        final String client = WireText.printable(message.clientName());
        final int version = header.version();
        name = "'" + client + "' at " + channel.remoteAddress();
        if (version != VERSION) {
            context.counts().increment(LinkCounter.REJECTED_VERSION);
            reject(RejectReason.VERSION_NOT_SUPPORTED, "version " + version + ", spoken here is " + VERSION);
        } else if (!context.logon().isRight(message, nonce)) {
            context.counts().increment(LinkCounter.REJECTED_AUTHENTICATION);
            reject(RejectReason.AUTHENTICATION_FAILED, "the key of " + client + " is not the gateway's");
        } else if (!placeIsFree.getAsBoolean()) {
            context.counts().increment(LinkCounter.REJECTED_TOO_MANY_PEERS);
            reject(RejectReason.TOO_MANY_PEERS, "every one of " + context.config().maxPeers() + " places is taken");
        } else {
            accept(message);
        }
    }

    private void accept(final LogonDecoder message) {
        final long last = context.retained().last();
        final Resumption resumption = Resumption.of(message, context.session(), last);
        // The proof answers the challenge, so that has been sent: nothing waits in the small buffer.
        outbox.release();
        outbox = new PeerOutbox(channel, context.config().peerBuffer());
        final int offset = outbox.claim(SessionFrames.ACCEPTED_LENGTH);
        context.sessionFrames().accepted(outbox.buffer(), offset, context, resumption.nextSequence(),
                context.logon().answer(message, nonce, context.session()), lastReceived);
        outbox.sequence(resumption.nextSequence() - 1);
        delivery = new Delivery(context, outbox, new CatchUp(context, outbox, resumption));
        nextHeartbeat = lastReceived + context.config().heartbeat();
        state = State.LOGGED_ON;
        context.counts().increment(LinkCounter.LOGONS);
        LOG.info("link: {} logged on, asked for frame {}, gets {} to {}, then live", name,
                Long.toUnsignedString(message.nextSequence()), resumption.nextSequence(), last);
    }

    private void onProbe(final ClockProbeDecoder message) {
        final int offset = outbox.claim(SessionFrames.CLOCK_REPLY_LENGTH);
        if (offset < 0) {
            cutOffSlow(lastReceived);
            return;
        }
        context.counts().increment(LinkCounter.CLOCK_PROBES);
        context.sessionFrames().clockReply(outbox.buffer(), offset, message.probe(), message.clientSendTime(),
                lastReceived, outbox.sequence(), context.clock().nanoTime());
    }

    void onSequenced(final long sequence, final long now) {
        if (isLoggedOn() && !delivery.onSequenced(sequence)) {
            cutOffSlow(now);
        }
    }

    void onDefinition(final LinkedInstrument instrument, final long now) {
        if (isLoggedOn() && !delivery.onDefinition(instrument, now)) {
            cutOffSlow(now);
        }
    }

    void onQuote(final LinkedInstrument instrument, final long now) {
        if (isLoggedOn()) {
            delivery.onQuote(instrument, now);
        }
    }

    void onTrade(
            final LinkedInstrument instrument, final long exchangeTime, final long price, final int quantity,
            final int aggressor, final long now) {
        if (isLoggedOn()) {
            delivery.onTrade(instrument, exchangeTime, price, quantity, aggressor, now);
        }
    }

    /**
     * What is due by the clock.
     *
     * @param now         ns since the Unix epoch
     * @param judgeSilence false when this thread was away for so long that the peer's word may still lie unread
     */
    void onDuty(final long now, final boolean judgeSilence) {
        switch (state) {
            case CHALLENGED -> {
                if (now - deadline >= 0) {
                    context.counts().increment(LinkCounter.REJECTED_TIMEOUT);
                    reject(RejectReason.LOGON_TIMEOUT, "no Logon came in time");
                }
            }
            case LOGGED_ON -> {
                if (judgeSilence && now - lastReceived >= SILENT_INTERVALS * context.config().heartbeat()) {
                    context.counts().increment(LinkCounter.SILENT_PEERS);
                    logout(LogoutReason.PEER_SILENT, "nothing came for three heartbeat intervals", now);
                } else {
                    delivery.advance(now);
                    beat(now);
                }
            }
            case CLOSING -> finish(now);
            default -> { }
        }
    }

    private void beat(final long now) {
        if (now - nextHeartbeat < 0) {
            return;
        }
        nextHeartbeat = now + context.config().heartbeat();
        final int offset = outbox.claim(SessionFrames.HEARTBEAT_LENGTH);
        if (offset < 0) {
            cutOffSlow(now);
        } else {
            context.sessionFrames().heartbeat(outbox.buffer(), offset, ++heartbeats, outbox.sequence(), now);
        }
    }

    int flush() {
        return state == State.CLOSED ? 0 : outbox.flush();
    }

    private void refuse(final RejectReason beforeLogon, final LogoutReason afterLogon, final String text) {
        if (state == State.CHALLENGED) {
            reject(beforeLogon, text);
        } else {
            logout(afterLogon, text, context.clock().nanoTime());
        }
    }

    private void reject(final RejectReason reason, final String text) {
        final long now = context.clock().nanoTime();
        context.rejections().rejected(name, "rejected: " + reason + ", " + text, now);
        context.sessionFrames()
                .rejected(outbox.buffer(), outbox.claimLast(SessionFrames.REJECTED_LENGTH), reason, text, now);
        close(now);
    }

    private void cutOffSlow(final long now) {
        outbox.discard();
        context.counts().increment(LinkCounter.SLOW_PEERS);
        context.counts().add(LinkCounter.DISCARDED, context.retained().last() - outbox.sequence());
        logout(LogoutReason.PEER_TOO_SLOW, "more than " + context.config().peerBuffer() + " bytes wait", now);
    }

    void logout(final LogoutReason reason, final String text, final long now) {
        if (!isOpen()) {
            return;
        }
        LOG.info("link: logging {} out: {}, {}", name, reason, text);
        int offset = outbox.claim(SessionFrames.LOGOUT_LENGTH);
        if (offset < 0) {
            outbox.discard();
            offset = outbox.claimLast(SessionFrames.LOGOUT_LENGTH);
        }
        context.sessionFrames().logout(outbox.buffer(), offset, reason, text, outbox.sequence(), now);
        close(now);
    }

    private void close(final long now) {
        state = State.CLOSING;
        deadline = now + context.config().logonTimeout();
    }

    private void finish(final long now) {
        if (outbox.isEmpty() && !outputShut) {
            outputShut = true;
            channel.shutdownOutput();
        }
        if (now - deadline >= 0) {
            channel.close();
        }
    }

    /** The operating system says that something is wrong with the connection. */
    void onFailure(final Throwable cause) {
        if (delivery == null) {
            context.rejections().rejected(name, "failed: " + cause, context.clock().nanoTime());
        } else {
            LOG.info("link: connection to {} failed: {}", name, cause.toString());
        }
    }

    /** The connection is gone. */
    void onClosed() {
        if (isLoggedOn()) {
            LOG.info("link: connection to {} lost", name);
        } else if (isOpen()) {
            context.counts().increment(LinkCounter.LEFT_BEFORE_LOGON);
            context.rejections().rejected(name, "left before logon", context.clock().nanoTime());
        }
        state = State.CLOSED;
        outbox.release();
    }
}
