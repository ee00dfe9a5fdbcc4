package io.tickbridge.gateway.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.tickbridge.protocol.FrameCheck;
import io.tickbridge.protocol.FrameHeaderDecoder;
import io.tickbridge.protocol.Link;
import io.tickbridge.protocol.LogonDecoder;
import io.tickbridge.protocol.LogoutDecoder;
import io.tickbridge.protocol.LogoutReason;
import io.tickbridge.protocol.RejectReason;
import java.net.InetAddress;
import org.agrona.DirectBuffer;

/**
 * One connection: SPECIFICATION.md, section 3. Challenged, then logged on, then closing; whether it may log on is the
 * {@link LogonJudge}'s business, what it says and gets from then on its {@link PeerSession}'s. One thread.
 */
final class Peer implements FrameDecoder.Sink {
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
    private final byte[] nonce;
    /** As it was sent. */
    private final byte[] challenge;
    private State state = State.CHALLENGED;
    /** null before logon. */
    private PeerSession session;
    private long deadline;
    private long lastReceived;
    private boolean outputShut;
    private boolean displaced;
    private final ConnectionNotes notes;
    private final LogonAcceptance acceptance;
    private final SslHandler secured;
    /** null where Netty must read. */
    private final DirectRead direct;
    private final FrameRate rate;
    private final LogonJudge judge;

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
        this.secured = secured;
        direct = secured == null ? DirectRead.of(channel) : null;
        rate = new FrameRate(context.config().limits().framesPerSecond());
        notes = new ConnectionNotes(context, connection, channel.remoteAddress());
        acceptance = new LogonAcceptance(context, connection, decoder);
        final boolean seals = context.config().security().isSealed();
        judge = new LogonJudge(context, places, channel, secured);
        outbox = new PeerOutbox(channel, BUFFER_BEFORE_LOGON, LinkVersion.oldest(seals));
        nonce = context.logon().newNonce();
        final long now = context.clock().nanoTime();
        deadline = now + context.config().logonTimeout();
        final int offset = outbox.claim(SessionFrames.CHALLENGE_LENGTH);
        context.sessionFrames().challenge(outbox.buffer(), offset, nonce, context.gatewayName(), seals, now);
        challenge = outbox.copy(offset);
    }

    void onBytes(final ByteBuf received) {
        try {
            decoder.onBytes(received, this);
        } catch (final RuntimeException e) {
            onFault(e);
        }
    }

    /**
     * Takes what came without Netty. Whatever it makes throw ends this connection alone, as it does behind Netty; but for an Error.
     *
     * @param chunk where to put it for the time of the call
     * @return bytes; less than 0 where Netty must read
     */
    int readDirectly(final ByteBuf chunk) {
        if (direct == null) {
            return -1;
        }
        try {
            final int count = direct.read(chunk);
            if (count > 0) {
                decoder.onBytes(chunk, this);
                flush();
            }
            return count;
        } catch (final RuntimeException e) {
            onFault(e);
            return 0;
        }
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
        return isLoggedOn() && session.trades(client);
    }

    /** When its last frame came, ns since the Unix epoch. */
    long lastReceived() {
        return lastReceived;
    }

    /** Where it is, for people. */
    String place() {
        return "at " + channel.remoteAddress();
    }

    /** Whether it comes from there. */
    boolean isAt(final InetAddress address) {
        return channel.remoteAddress().getAddress().equals(address);
    }

    /** Whether it takes room without having proved the key. */
    boolean isStranger() {
        return session == null && state != State.CLOSED && !displaced;
    }

    /** Makes room for a newer connection; only before logon. */
    void displace() {
        displaced = true;
        context.counts().increment(LinkCounter.DISPLACED);
        final long now = context.clock().nanoTime();
        notes.rejected("closed: too many newer connections wait to log on", now);
        close(now);
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
            onLogon(logon.wrapAndApplyHeader(buffer, offset, header), header.version());
        } else if (state == State.LOGGED_ON && template == LogoutDecoder.TEMPLATE_ID) {
            notes.loggedOut();
            close(lastReceived);
        } else if (state == State.LOGGED_ON) {
            onOutcome(session.onFrame(buffer, offset, header, lastReceived), template);
        } else {
            unexpected(template);
        }
    }

    private void onOutcome(final PeerSession.Outcome outcome, final int template) {
        switch (outcome) {
            case UNEXPECTED -> unexpected(template);
            case JOURNAL_BUSY -> logout(LogoutReason.JOURNAL_BUSY, "the way into the journal is full", lastReceived);
            case TOO_SLOW -> cutOffSlow(lastReceived);
            default -> { }
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

    private void onLogon(final LogonDecoder message, final int version) {
        final LogonJudge.Verdict verdict = judge.judge(message, version, challenge, nonce, lastReceived);
        notes.calledItself(WireText.printable(message.clientName()));
        if (verdict instanceof LogonJudge.Verdict.Admitted admitted) {
            accept(message, version, admitted);
        } else if (verdict instanceof LogonJudge.Verdict.Refused refused) {
            context.counts().increment(refused.counter());
            reject(refused.reason(), refused.text());
        }
    }

    /** Keys have changed: whether what it logged on with still holds. */
    void judgeAgain(final long now) {
        if (state != State.LOGGED_ON) {
            return;
        }
        try {
            judge(now);
        } catch (final RuntimeException e) {
            // Who cannot be judged does not stay.
            context.counts().increment(LinkCounter.NO_LONGER_PERMITTED);
            throw e;
        }
    }

    private void judge(final long now) {
        final PeerKey held = judge.identify(session.client(), now).orElse(null);
        if (held == null) {
            takeBack(session.client() + " was revoked or has expired", now);
        } else if (!held.isSameAs(session.granted())) {
            takeBack(session.client() + " was given another key or other rights", now);
        } else {
            session.granted(held);
        }
    }

    private void takeBack(final String why, final long now) {
        outbox.discard();
        logout(LogoutReason.NO_LONGER_PERMITTED, why, now);
        context.counts().increment(LinkCounter.NO_LONGER_PERMITTED);
    }

    private void accept(final LogonDecoder message, final int version, final LogonJudge.Verdict.Admitted admitted) {
        // The proof answers the challenge, so that has been sent: nothing waits in the small buffer.
        final PeerOutbox larger = new PeerOutbox(channel, context.config().peerBuffer(), version);
        outbox.release();
        outbox = larger;
        session = acceptance.accept(message, version, admitted, nonce, outbox, lastReceived);
        places.onLogon(channel.remoteAddress().getAddress());
        state = State.LOGGED_ON;
        notes.loggedOn(admitted.client(), version, admitted.key(), message.nextSequence(), outbox.sequence() + 1,
                context.retained().last());
    }

    void onSequenced(final long sequence, final long now) {
        if (isLoggedOn() && !session.onSequenced(sequence)) {
            cutOffSlow(now);
        }
    }

    void onDefinition(final LinkedInstrument instrument, final long now) {
        if (isLoggedOn() && !session.onDefinition(instrument, now)) {
            cutOffSlow(now);
        }
    }

    void onQuote(final LinkedInstrument instrument, final long now) {
        if (isLoggedOn()) {
            session.onQuote(instrument, now);
        }
    }

    void onTrade(
            final LinkedInstrument instrument, final long exchangeTime, final long price, final int quantity,
            final int aggressor, final long now) {
        if (isLoggedOn()) {
            session.onTrade(instrument, exchangeTime, price, quantity, aggressor, now);
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
                if (now >= session.granted().notAfter()) {
                    takeBack(session.client() + " has expired", now);
                } else if (judgeSilence && now - lastReceived >= context.config().silenceLimit()) {
                    context.counts().increment(LinkCounter.SILENT_PEERS);
                    logout(LogoutReason.PEER_SILENT, "nothing came for " + context.config().silenceLimit() / 1_000_000 + " ms", now);
                } else if (!session.advance(now)) {
                    cutOffSlow(now);
                }
            }
            case CLOSING -> finish(now);
            default -> { }
        }
    }

    /** Says to other threads how it stands with the add-on. */
    void publish(final PeerFigures.All all) {
        if (state == State.LOGGED_ON) {
            session.publish(all);
        } else if (session != null) {
            session.publishLeft();
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
        notes.rejected("rejected: " + reason + ", " + text, now);
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
        notes.logout(reason, text);
        int offset = outbox.claim(SessionFrames.LOGOUT_LENGTH);
        if (offset < 0) {
            outbox.discard();
            offset = outbox.claimLast(SessionFrames.LOGOUT_LENGTH);
        }
        context.sessionFrames().logout(outbox.buffer(), offset, reason, text, outbox.sequence(), now);
        close(now);
    }

    private void close(final long now) {
        if (state != State.CLOSED) { // found gone while its goodbye was written
            state = State.CLOSING;
            deadline = now + context.config().logonTimeout();
        }
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
        notes.handshakeFailed(cause, displaced || state == State.CLOSING);
    }

    /** The operating system says that something is wrong with the connection: it ends. */
    void onFailure(final Throwable cause) {
        notes.failed(cause);
        channel.close();
    }

    /** What it sent, or what became of it, has made the gateway throw: it ends, and nothing else does. */
    void onFault(final RuntimeException cause) {
        notes.fault(cause);
        onClosed();
        channel.close();
    }

    /** The connection is gone, or as good as gone. */
    void onClosed() {
        final State before = state;
        state = State.CLOSED;
        if (before == State.LOGGED_ON) {
            notes.lost();
        } else if (before == State.CHALLENGED && (secured == null || secured.handshakeFuture().isSuccess())) {
            // Where a handshake was under way, its failure is told of next.
            notes.leftBeforeLogon();
        }
    }

    /**
     * Gives its memory back. Not when it is closed: that may be found in the middle of encoding, by what makes room for it. Nobody
     * may know it any more.
     */
    void release() {
        outbox.release();
    }
}
