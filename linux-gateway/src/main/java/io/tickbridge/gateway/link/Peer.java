package io.tickbridge.gateway.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.tickbridge.protocol.ClockProbeDecoder;
import io.tickbridge.protocol.FrameCheck;
import io.tickbridge.protocol.FrameHeaderDecoder;
import io.tickbridge.protocol.HeartbeatDecoder;
import io.tickbridge.protocol.Link;
import io.tickbridge.protocol.LogonDecoder;
import io.tickbridge.protocol.LogoutDecoder;
import io.tickbridge.protocol.LogoutReason;
import io.tickbridge.protocol.PeerRights;
import io.tickbridge.protocol.RejectReason;
import io.tickbridge.protocol.ReportStreamDecoder;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: SPECIFICATION.md, section 3. Challenged, then logged on, then closing; what it says is answered
 * here, what it gets is its {@link Delivery}'s business. One thread.
 */
final class Peer implements FrameDecoder.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);
    /** Bytes for a Challenge and a LogonRejected or LogonAccepted: anyone may connect, so it must cost little. */
    private static final int BUFFER_BEFORE_LOGON = Link.MAX_FRAME_LENGTH;

    private enum State { CHALLENGED, LOGGED_ON, CLOSING, CLOSED }

    private final LinkContext context;
    private final SocketChannel channel;
    private final PeerPlaces places;
    private PeerOutbox outbox;
    private final FrameDecoder decoder = new FrameDecoder();
    private final FrameHeaderDecoder header = new FrameHeaderDecoder();
    private final LogonDecoder logon = new LogonDecoder();
    private final ClockProbeDecoder probe = new ClockProbeDecoder();
    private final byte[] nonce;
    /** As it was sent. */
    private final byte[] challenge;
    private State state = State.CHALLENGED;
    private String name;
    private String clientName = "";
    private PeerKey granted;
    private Delivery delivery;
    private long deadline;
    private long lastReceived;
    private long nextHeartbeat;
    private long heartbeats;
    private boolean outputShut;
    private boolean displaced;
    private boolean handshakeFailed;
    private final long connection;
    private final SslHandler secured;
    /** null where Netty must read. */
    private final DirectRead direct;
    private final FrameRate rate;
    private final boolean seals;
    private int version;
    private ReportIntake intake;
    private PeerFigures figures;

    /**
     * A connection that has just been made.
     *
     * @param context    what all peers share
     * @param connection its number in this run, from 1
     * @param channel    to it
     * @param secured    encrypts it; null where nothing does
     * @param places     asked when it has proved the key
     */
    Peer(final LinkContext context, final long connection, final SocketChannel channel, final SslHandler secured,
            final PeerPlaces places) {
        this.context = context;
        this.places = places;
        this.channel = channel;
        this.connection = connection;
        this.secured = secured;
        direct = secured == null ? DirectRead.of(channel) : null;
        rate = new FrameRate(context.config().limits().framesPerSecond());
        name = String.valueOf(channel.remoteAddress());
        seals = context.config().security().isSealed();
        outbox = new PeerOutbox(channel, BUFFER_BEFORE_LOGON, LinkVersion.oldest(seals));
        nonce = context.logon().newNonce();
        final long now = context.clock().nanoTime();
        deadline = now + context.config().logonTimeout();
        final int offset = outbox.claim(SessionFrames.CHALLENGE_LENGTH);
        context.sessionFrames().challenge(outbox.buffer(), offset, nonce, context.gatewayName(), seals, now);
        challenge = outbox.copy(offset);
    }

    void onBytes(final ByteBuf received) {
        decoder.onBytes(received, this);
    }

    /**
     * Takes what came without Netty.
     *
     * @param chunk where to put it for the time of the call
     * @return bytes; less than 0 where Netty must read
     */
    int readDirectly(final ByteBuf chunk) {
        if (direct == null) {
            return -1;
        }
        final int count = direct.read(chunk);
        if (count > 0) {
            onBytes(chunk);
            flush();
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return state == State.CHALLENGED || state == State.LOGGED_ON;
    }

    boolean isLoggedOn() {
        return state == State.LOGGED_ON;
    }

    /** Whether it is logged on by that name and may trade. */
    boolean trades(final String client) {
        return granted != null && granted.rights() == PeerRights.TRADE && clientName.equals(client);
    }

    /** When its last frame came, ns since the Unix epoch. */
    long lastReceived() {
        return lastReceived;
    }

    /** Where it is, for people. */
    String place() {
        return "at " + channel.remoteAddress();
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
        header.wrap(buffer, offset);
        final int template = header.templateId();
        if (state == State.CHALLENGED && template == LogonDecoder.TEMPLATE_ID) {
            onLogon(logon.wrapAndApplyHeader(buffer, offset, header));
        } else if (state == State.LOGGED_ON && template == ClockProbeDecoder.TEMPLATE_ID) {
            onProbe(probe.wrapAndApplyHeader(buffer, offset, header));
        } else if (state == State.LOGGED_ON && template == LogoutDecoder.TEMPLATE_ID) {
            LOG.info("link: {} logged out", name);
            tell("logged-out", "by the add-on");
            close(lastReceived);
        } else if (intake != null && state == State.LOGGED_ON && template == ReportStreamDecoder.TEMPLATE_ID) {
            onVerdict(intake.onStream(buffer, offset, header, lastReceived), template);
        } else if (intake != null && state == State.LOGGED_ON && ReportIntake.isReport(template)) {
            onVerdict(intake.onReport(buffer, offset, header, lastReceived), template);
        } else if (state != State.LOGGED_ON || template != HeartbeatDecoder.TEMPLATE_ID) {
            unexpected(template);
        }
    }

    /** Counts one that came; ends the connection of whoever sends more than its share. */
    @Override
    public boolean admits() {
        lastReceived = context.clock().nanoTime();
        if (rate.allows(lastReceived)) {
            return true;
        }
        context.counts().increment(LinkCounter.TOO_MANY_FRAMES);
        refuse(RejectReason.MALFORMED_FRAME, LogoutReason.TOO_MANY_FRAMES, "more frames a second than link.frames-per-second");
        return false;
    }

    private void unexpected(final int template) {
        context.counts().increment(LinkCounter.UNEXPECTED_MESSAGES);
        refuse(RejectReason.UNEXPECTED_MESSAGE, LogoutReason.UNEXPECTED_MESSAGE,
                "template " + template + (state == State.LOGGED_ON ? " after logon" : " where a Logon must come"));
    }

    private void onVerdict(final ReportIntake.Verdict verdict, final int template) {
        switch (verdict) {
            case UNEXPECTED -> unexpected(template);
            case BUSY -> logout(LogoutReason.JOURNAL_BUSY, "the way into the journal is full", lastReceived);
            default -> { }
        }
    }

    @Override
    public void onUnknown() {
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

    @Override
    public void onBrokenSeal() {
        context.counts().increment(LinkCounter.BROKEN_SEALS);
        logout(LogoutReason.BROKEN_SEAL, "a frame was altered on its way, left out, or played again", context.clock().nanoTime());
    }

    private void onLogon(final LogonDecoder message) {
        final String client = WireText.printable(message.clientName());
        final byte[] transcript = context.logon().transcript(challenge, message);
        version = header.version();
        final Optional<PeerKey> key = LinkVersion.isSpoken(version, seals) && !context.keys().isUnreadable()
                ? identify(client, lastReceived) : Optional.empty();
        name = "'" + client + "' at " + channel.remoteAddress();
        if (!LinkVersion.isSpoken(version, seals)) {
            context.counts().increment(LinkCounter.REJECTED_VERSION);
            reject(RejectReason.VERSION_NOT_SUPPORTED, "version " + version + ", spoken here are "
                    + LinkVersion.oldest(seals) + " to " + LinkVersion.NEWEST);
        } else if (key.isEmpty()) {
            context.counts().increment(LinkCounter.REJECTED_NAME);
            reject(RejectReason.NOT_PERMITTED, client + " is not known here, is revoked, or has expired");
        } else if (key.get().key() != null && !context.logon().isRight(message, nonce, transcript, key.get().key())) {
            context.counts().increment(LinkCounter.REJECTED_AUTHENTICATION);
            reject(RejectReason.AUTHENTICATION_FAILED, "the key of " + client + " is not the gateway's");
        } else {
            final String refusal = places.refusal(client, key.get().rights(),
                    message.resumeSession() == context.session(), lastReceived);
            if (refusal == null) {
                accept(message, transcript, client, key.get());
            } else {
                context.counts().increment(LinkCounter.REJECTED_TOO_MANY_PEERS);
                reject(RejectReason.TOO_MANY_PEERS, refusal);
            }
        }
    }

    private Optional<PeerKey> identify(final String client, final long now) {
        if (secured == null) {
            return context.keys().byKey(client, now);
        }
        final String serial = LinkTls.serial(secured);
        return serial == null ? Optional.empty() : context.keys().byCertificate(client, serial, now);
    }

    /** Keys have changed: whether what it logged on with still holds. */
    void judgeAgain(final long now) {
        if (state != State.LOGGED_ON) {
            return;
        }
        try {
            judge(now);
        } catch (final RuntimeException e) {
            // Neither the feed nor the other add-ons pay for it, and who cannot be judged does not stay.
            LOG.error("link: whether {} may stay logged on cannot be judged, so its connection ends", name, e);
            context.counts().increment(LinkCounter.NO_LONGER_PERMITTED);
            close(now);
            channel.close();
        }
    }

    private void judge(final long now) {
        final Optional<PeerKey> held = identify(clientName, now);
        if (held.isEmpty()) {
            takeBack(clientName + " was revoked or has expired", now);
        } else if (!held.get().isSameAs(granted)) {
            takeBack(clientName + " was given another key or other rights", now);
        } else {
            granted = held.get();
        }
    }

    private void takeBack(final String why, final long now) {
        outbox.discard();
        logout(LogoutReason.NO_LONGER_PERMITTED, why, now);
        context.counts().increment(LinkCounter.NO_LONGER_PERMITTED);
    }

    private void accept(final LogonDecoder message, final byte[] transcript, final String client, final PeerKey key) {
        final long last = context.retained().last();
        final Resumption resumption = Resumption.of(message, context.session(), last);
        // The proof answers the challenge, so that has been sent: nothing waits in the small buffer.
        outbox.release();
        outbox = new PeerOutbox(channel, context.config().peerBuffer(), version);
        if (seals) {
            final SealKeys keys = context.logon().sealKeys(message, nonce, transcript, key.key());
            outbox.seal(new FrameTag(keys.gateway()));
            decoder.seal(new FrameTag(keys.client()));
        }
        final int offset = outbox.claim(SessionFrames.ACCEPTED_LENGTH);
        context.sessionFrames().accepted(outbox.buffer(), offset, context, resumption.nextSequence(),
                context.logon().answer(message, nonce, context.session(), transcript, key.key()), lastReceived);
        outbox.sequence(resumption.nextSequence() - 1);
        if (version >= LinkVersion.WITH_REPORTS) {
            final int terms = outbox.claim(SessionFrames.TERMS_LENGTH);
            context.sessionFrames().terms(outbox.buffer(), terms, context.config().silenceLimit(), key.rights(),
                    outbox.sequence(), lastReceived);
            intake = new ReportIntake(context, connection, client, key.rights());
        }
        clientName = client;
        granted = key;
        places.onLogon(channel.remoteAddress().getAddress());
        context.journal().event(connection, 1, "logged-on", client, String.valueOf(channel.remoteAddress()),
                "version " + version + ", may " + key.rights(), lastReceived);
        delivery = new Delivery(context, outbox, new CatchUp(context, outbox, resumption));
        nextHeartbeat = lastReceived + context.config().heartbeat();
        state = State.LOGGED_ON;
        context.counts().increment(LinkCounter.LOGONS);
        LOG.info("link: {} logged on with version {}, may {}, asked for frame {}, gets {} to {}, then live", name, version, key.rights(),
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
                if (now >= granted.notAfter()) {
                    takeBack(clientName + " has expired", now);
                } else if (judgeSilence && now - lastReceived >= context.config().silenceLimit()) {
                    context.counts().increment(LinkCounter.SILENT_PEERS);
                    logout(LogoutReason.PEER_SILENT, "nothing came for " + context.config().silenceLimit() / 1_000_000 + " ms", now);
                } else {
                    delivery.advance(now);
                    beat(now);
                    acknowledge(now);
                }
            }
            case CLOSING -> finish(now);
            default -> { }
        }
    }

    /** Says to other threads how it stands with the add-on. */
    void publish(final PeerFigures.All all) {
        if (state == State.LOGGED_ON) {
            if (figures == null) {
                figures = all.of(clientName);
                figures.loggedOn();
            }
            figures.state(context.retained().last() - outbox.sequence(), outbox.waiting());
        } else if (figures != null) {
            figures.left();
            figures = null;
        }
    }

    private void acknowledge(final long now) {
        if (intake != null && state == State.LOGGED_ON && !intake.advance(outbox, now)) {
            cutOffSlow(now);
        }
    }

    private void tell(final String kind, final String text) {
        context.journal().event(connection, 1, kind, clientName, String.valueOf(channel.remoteAddress()), text,
                context.clock().nanoTime());
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

    boolean isWriting() {
        return state == State.LOGGED_ON && !outbox.isEmpty();
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
        if (delivery != null) {
            // At the gateway's own end nobody did anything wrong.
            tell(reason == LogoutReason.SHUTTING_DOWN ? "logged-out" : "cut-off", reason + ": " + text);
        }
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

    /** The two ends did not agree on who they are. */
    void onHandshakeFailure(final Throwable cause) {
        handshakeFailed = true;
        if (displaced || state == State.CLOSING) {
            return; // we ended it, and said why
        }
        context.counts().increment(LinkCounter.TLS_FAILURES);
        context.rejections().rejected(name, "refused, TLS: " + TlsRefusal.text(cause), context.clock().nanoTime());
    }

    /** The operating system says that something is wrong with the connection. */
    void onFailure(final Throwable cause) {
        if (handshakeFailed) {
            return; // told already, in words
        }
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
            tell("connection-lost", "");
        } else if (isOpen() && (secured == null || secured.handshakeFuture().isSuccess())) {
            // Where a handshake was under way, its failure is told of next.
            context.counts().increment(LinkCounter.LEFT_BEFORE_LOGON);
            context.rejections().rejected(name, "left before logon", context.clock().nanoTime());
        }
        state = State.CLOSED;
        outbox.release();
    }
}
