package io.tickbridge.gateway.link;

import io.tickbridge.protocol.LogonDecoder;

/**
 * Lets in one whom the {@link LogonJudge} has admitted: agrees on seals, writes LogonAccepted and LinkTerms, and begins the session.
 * SPECIFICATION.md, section 4. One thread.
 */
final class LogonAcceptance {
    private final LinkContext context;
    private final long connection;
    private final FrameDecoder decoder;

    /**
     * Of one connection.
     *
     * @param context    what all peers share
     * @param connection its number in this run, from 1
     * @param decoder    of what comes from it, which expects seals from here on where the link has them
     */
    LogonAcceptance(final LinkContext context, final long connection, final FrameDecoder decoder) {
        this.context = context;
        this.connection = connection;
        this.decoder = decoder;
    }

    /**
     * Begins its session.
     *
     * @param message  its Logon
     * @param version  that it speaks
     * @param admitted what the judge said
     * @param nonce    of the challenge
     * @param outbox   of the connection, with room for an add-on, and nothing in it
     * @param now      ns since the Unix epoch
     * @return what answers it from here on
     */
    PeerSession accept(
            final LogonDecoder message, final int version, final LogonJudge.Verdict.Admitted admitted, final byte[] nonce,
            final PeerOutbox outbox, final long now) {
        final PeerKey key = admitted.key();
        final Resumption resumption = Resumption.of(message, context.session(), context.retained().last());
        if (context.config().security().isSealed()) {
            final SealKeys keys = context.logon().sealKeys(message, nonce, admitted.transcript(), key.key());
            outbox.seal(new FrameTag(keys.gateway()));
            decoder.seal(new FrameTag(keys.client()));
        }
        final int offset = outbox.claim(SessionFrames.ACCEPTED_LENGTH);
        context.sessionFrames().accepted(outbox.buffer(), offset, context, resumption.nextSequence(),
                context.logon().answer(message, nonce, context.session(), admitted.transcript(), key.key()), now);
        outbox.sequence(resumption.nextSequence() - 1);
        ReportIntake intake = null;
        if (version >= LinkVersion.WITH_REPORTS) {
            final int terms = outbox.claim(SessionFrames.TERMS_LENGTH);
            context.sessionFrames()
                    .terms(outbox.buffer(), terms, context.config().silenceLimit(), key.rights(), outbox.sequence(), now);
            intake = new ReportIntake(context, connection, admitted.client(), key.rights());
        }
        return new PeerSession(context, admitted.client(), key, outbox, resumption, intake, now);
    }
}
