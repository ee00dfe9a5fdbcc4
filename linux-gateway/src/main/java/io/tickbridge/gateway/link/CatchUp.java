package io.tickbridge.gateway.link;

import io.tickbridge.protocol.GapReason;

/**
 * Brings a peer that has just logged on up to date: definitions, current states and quotes, then the sequenced
 * frames it missed, with a SequenceGap for each run of those that it cannot have any more. Works in steps, so that a
 * long history neither overfills the peer's outbox nor holds up the receive thread. One thread.
 */
final class CatchUp {
    /** Most frames looked at in one step: some 10 µs of the receive thread. */
    private static final int FRAMES_PER_STEP = 256;
    private static final long NONE = 0;

    private final LinkContext context;
    private final PeerOutbox outbox;
    private final FrameHeaders headers = new FrameHeaders();
    private final int pauseAbove;
    private int nextSignal;
    private int nextInstrument;
    private long otherSessionFrom;
    private long nextSequence;
    private long expiredFrom = NONE;

    CatchUp(final LinkContext context, final PeerOutbox outbox, final Resumption resumption) {
        this.context = context;
        this.outbox = outbox;
        nextSequence = resumption.nextSequence();
        otherSessionFrom = resumption.otherSessionFrom();
        pauseAbove = context.config().peerBuffer() / 2;
    }

    /** Whether the peer knows an instrument already. */
    boolean hasDefined(final LinkedInstrument instrument) {
        return instrument.index < nextInstrument;
    }

    /**
     * Writes some of what is still to be written.
     *
     * @param now ns since the Unix epoch
     * @return true when there is nothing more: from now on frames can be written as they come
     */
    boolean step(final long now) {
        final int most = Math.min(FRAMES_PER_STEP, outbox.framesPerStep());
        for (int i = 0; i < most && outbox.waiting() < pauseAbove; i++) {
            if (!writeNext(now)) {
                return true;
            }
        }
        return false;
    }

    private boolean writeNext(final long now) {
        if (nextSignal < context.signals().size()) {
            final int offset = outbox.claim(MarketFrames.SIGNAL_DEFINITION_LENGTH);
            context.marketFrames().signalDefinition(
                    outbox.buffer(), offset, context.signals().get(nextSignal++), outbox.sequence(), now);
            return true;
        }
        if (nextInstrument < context.instruments().size()) {
            writeInstrument(context.instruments().get(nextInstrument++), now);
            return true;
        }
        if (otherSessionFrom != NONE) {
            writeGap(otherSessionFrom, -1, GapReason.OTHER_SESSION, outbox.sequence(), now);
            otherSessionFrom = NONE;
            return true;
        }
        return writeSequenced(now);
    }

    private void writeInstrument(final LinkedInstrument instrument, final long now) {
        final MarketFrames frames = context.marketFrames();
        final int definition = outbox.claim(MarketFrames.INSTRUMENT_DEFINITION_LENGTH);
        frames.instrumentDefinition(outbox.buffer(), definition, instrument, outbox.sequence(), now);
        final int state = outbox.claim(MarketFrames.STATE_LENGTH);
        frames.state(outbox.buffer(), state, instrument, 0, outbox.sequence(), now);
        if (context.config().quotes() && instrument.hasQuote()) {
            final int quote = outbox.claim(MarketFrames.QUOTE_LENGTH);
            frames.quote(outbox.buffer(), quote, instrument, 0, outbox.sequence(), now);
            context.counts().increment(LinkCounter.QUOTES);
        }
    }

    private boolean writeSequenced(final long now) {
        final RetainedFrames retained = context.retained();
        if (nextSequence <= retained.last() && nextSequence >= retained.first()
                && retained.isSignalReceivedBefore(nextSequence, now - context.config().signalTimeToLive())) {
            expiredFrom = expiredFrom == NONE ? nextSequence : expiredFrom;
            nextSequence++;
        } else if (expiredFrom != NONE) {
            writeGap(expiredFrom, nextSequence - 1, GapReason.EXPIRED, nextSequence - 1, now);
            context.counts().add(LinkCounter.EXPIRED, nextSequence - expiredFrom);
            expiredFrom = NONE;
        } else if (nextSequence > retained.last()) {
            return false;
        } else if (nextSequence < retained.first()) {
            context.counts().add(LinkCounter.NOT_RETAINED, retained.first() - nextSequence);
            writeGap(nextSequence, retained.first() - 1, GapReason.NOT_RETAINED, retained.first() - 1, now);
            nextSequence = retained.first();
        } else {
            writeRetained(retained, now);
        }
        return true;
    }

    private void writeRetained(final RetainedFrames retained, final long now) {
        final int length = retained.length(nextSequence);
        final int offset = outbox.claim(length);
        outbox.buffer().putBytes(offset, retained.buffer(), retained.offset(nextSequence), length);
        headers.sendTime(outbox.buffer(), offset, now);
        outbox.sequence(nextSequence++);
        context.counts().increment(LinkCounter.SENT_RESUMED);
    }

    private void writeGap(final long from, final long to, final GapReason reason, final long sequence, final long now) {
        final int offset = outbox.claim(SessionFrames.GAP_LENGTH);
        context.sessionFrames().gap(outbox.buffer(), offset, from, to, reason, sequence, now);
        outbox.sequence(sequence);
    }
}
