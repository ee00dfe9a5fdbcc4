package io.tickbridge.gateway.link;

import io.tickbridge.protocol.ChallengeEncoder;
import io.tickbridge.protocol.ClockReplyEncoder;
import io.tickbridge.protocol.FrameSeal;
import io.tickbridge.protocol.GapReason;
import io.tickbridge.protocol.HeartbeatEncoder;
import io.tickbridge.protocol.Link;
import io.tickbridge.protocol.LinkTermsEncoder;
import io.tickbridge.protocol.LogonAcceptedEncoder;
import io.tickbridge.protocol.LogonRejectedEncoder;
import io.tickbridge.protocol.LogoutEncoder;
import io.tickbridge.protocol.LogoutReason;
import io.tickbridge.protocol.Market;
import io.tickbridge.protocol.PeerRights;
import io.tickbridge.protocol.RejectReason;
import io.tickbridge.protocol.ReportAcknowledgementEncoder;
import io.tickbridge.protocol.ReportOutcome;
import io.tickbridge.protocol.SequenceGapEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the frames that keep a session going. None is sequenced; {@code sequence} is the last number given. One
 * thread.
 */
final class SessionFrames {
    static final int CHALLENGE_LENGTH = Link.HEADER_LENGTH + ChallengeEncoder.BLOCK_LENGTH;
    static final int ACCEPTED_LENGTH = Link.HEADER_LENGTH + LogonAcceptedEncoder.BLOCK_LENGTH;
    static final int REJECTED_LENGTH = Link.HEADER_LENGTH + LogonRejectedEncoder.BLOCK_LENGTH;
    static final int LOGOUT_LENGTH = Link.HEADER_LENGTH + LogoutEncoder.BLOCK_LENGTH;
    static final int HEARTBEAT_LENGTH = Link.HEADER_LENGTH + HeartbeatEncoder.BLOCK_LENGTH;
    static final int CLOCK_REPLY_LENGTH = Link.HEADER_LENGTH + ClockReplyEncoder.BLOCK_LENGTH;
    static final int GAP_LENGTH = Link.HEADER_LENGTH + SequenceGapEncoder.BLOCK_LENGTH;

    static final int ACKNOWLEDGEMENT_LENGTH = Link.HEADER_LENGTH + ReportAcknowledgementEncoder.BLOCK_LENGTH;
    static final int TERMS_LENGTH = Link.HEADER_LENGTH + LinkTermsEncoder.BLOCK_LENGTH;

    private final FrameHeaders headers = new FrameHeaders();
    private final ChallengeEncoder challenge = new ChallengeEncoder();
    private final LogonAcceptedEncoder accepted = new LogonAcceptedEncoder();
    private final LogonRejectedEncoder rejected = new LogonRejectedEncoder();
    private final LogoutEncoder logout = new LogoutEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
    private final ClockReplyEncoder clockReply = new ClockReplyEncoder();
    private final SequenceGapEncoder gap = new SequenceGapEncoder();
    private final ReportAcknowledgementEncoder acknowledgement = new ReportAcknowledgementEncoder();
    private final LinkTermsEncoder terms = new LinkTermsEncoder();
    private Market market = Market.NOT_STATED;

    /** What the signals are of; for every peer that logs on from now on. */
    Market market() {
        return market;
    }

    void market(final Market stated) {
        market = stated;
    }

    void challenge(
            final MutableDirectBuffer buffer, final int offset, final byte[] nonce, final String gatewayName,
            final boolean seals, final long now) {
        headers.write(buffer, offset, ChallengeEncoder.TEMPLATE_ID, ChallengeEncoder.BLOCK_LENGTH, 0, 0, now);
        challenge.wrap(buffer, offset + Link.HEADER_LENGTH)
                .minimumVersion(LinkVersion.oldest(seals))
                .maximumVersion(LinkVersion.NEWEST)
                .seal(seals ? FrameSeal.HMAC_SHA256 : FrameSeal.NONE)
                .putNonce(nonce, 0, nonce.length)
                .gatewayName(WireText.fit(gatewayName, ChallengeEncoder.gatewayNameLength()));
    }

    void accepted(
            final MutableDirectBuffer buffer, final int offset, final LinkContext context, final long nextSequence,
            final byte[] proof, final long now) {
        headers.write(buffer, offset, LogonAcceptedEncoder.TEMPLATE_ID, LogonAcceptedEncoder.BLOCK_LENGTH, 0,
                nextSequence - 1, now);
        accepted.wrap(buffer, offset + Link.HEADER_LENGTH)
                .session(context.session())
                .nextSequence(nextSequence)
                .lastSequence(context.retained().last())
                .heartbeatInterval(context.config().heartbeat())
                .signalTimeToLive(context.config().signalTimeToLive())
                .putProof(proof, 0, proof.length);
    }

    void rejected(
            final MutableDirectBuffer buffer, final int offset, final RejectReason reason, final String text,
            final long now) {
        headers.write(buffer, offset, LogonRejectedEncoder.TEMPLATE_ID, LogonRejectedEncoder.BLOCK_LENGTH, 0, 0, now);
        rejected.wrap(buffer, offset + Link.HEADER_LENGTH)
                .reason(reason).text(WireText.fit(text, LogonRejectedEncoder.textLength()));
    }

    void logout(
            final MutableDirectBuffer buffer, final int offset, final LogoutReason reason, final String text,
            final long sequence, final long now) {
        headers.write(buffer, offset, LogoutEncoder.TEMPLATE_ID, LogoutEncoder.BLOCK_LENGTH, 0, sequence, now);
        logout.wrap(buffer, offset + Link.HEADER_LENGTH)
                .reason(reason).text(WireText.fit(text, LogoutEncoder.textLength()));
    }

    void terms(
            final MutableDirectBuffer buffer, final int offset, final long silenceLimit, final PeerRights rights,
            final long sequence, final long now) {
        headers.write(buffer, offset, LinkTermsEncoder.TEMPLATE_ID, LinkTermsEncoder.BLOCK_LENGTH, 0, sequence, now);
        terms.wrap(buffer, offset + Link.HEADER_LENGTH).silenceLimit(silenceLimit).rights(rights).market(market);
    }

    void acknowledgement(
            final MutableDirectBuffer buffer, final int offset, final long stream, final long through,
            final ReportOutcome outcome, final long sequence, final long now) {
        headers.write(buffer, offset, ReportAcknowledgementEncoder.TEMPLATE_ID, ReportAcknowledgementEncoder.BLOCK_LENGTH, 0,
                sequence, now);
        acknowledgement.wrap(buffer, offset + Link.HEADER_LENGTH)
                .stream(stream).throughSequence(through).outcome(outcome);
    }

    void heartbeat(
            final MutableDirectBuffer buffer, final int offset, final long counter, final long sequence,
            final long now) {
        headers.write(buffer, offset, HeartbeatEncoder.TEMPLATE_ID, HeartbeatEncoder.BLOCK_LENGTH, 0, sequence, now);
        heartbeat.wrap(buffer, offset + Link.HEADER_LENGTH).counter(counter);
    }

    void clockReply(
            final MutableDirectBuffer buffer, final int offset, final long probe, final long clientSendTime,
            final long receiveTime, final long sequence, final long now) {
        headers.write(buffer, offset, ClockReplyEncoder.TEMPLATE_ID, ClockReplyEncoder.BLOCK_LENGTH, 0, sequence, now);
        clockReply.wrap(buffer, offset + Link.HEADER_LENGTH)
                .probe(probe).clientSendTime(clientSendTime).gatewayReceiveTime(receiveTime);
    }

    void gap(
            final MutableDirectBuffer buffer, final int offset, final long from, final long to, final GapReason reason,
            final long sequence, final long now) {
        headers.write(
                buffer, offset, SequenceGapEncoder.TEMPLATE_ID, SequenceGapEncoder.BLOCK_LENGTH, 0, sequence, now);
        gap.wrap(buffer, offset + Link.HEADER_LENGTH).fromSequence(from).toSequence(to).reason(reason);
    }
}
