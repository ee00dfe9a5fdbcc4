package io.tickbridge.gateway.link;

/**
 * What one logged-on peer gets. Sequenced frames always wait for it; quotes wait as the latest of each
 * instrument; trades are dropped when it is slow; each with its count. One thread.
 */
final class Delivery {
    /**
     * Share of the outbox that quotes and trades may fill. Small, because what waits there is old when it arrives,
     * and the rest is kept for frames that must not be lost.
     */
    private static final int MARKET_SHARE = 4;

    private final LinkContext context;
    private final PeerOutbox outbox;
    private final CatchUp catchUp;
    private final QuoteConflation waitingQuotes = new QuoteConflation();
    private final int marketLimit;
    private boolean live;
    private long skippedTrades;

    Delivery(final LinkContext context, final PeerOutbox outbox, final CatchUp catchUp) {
        this.context = context;
        this.outbox = outbox;
        this.catchUp = catchUp;
        marketLimit = context.config().peerBuffer() / MARKET_SHARE;
    }

    /**
     * A frame was numbered and retained.
     *
     * @return false when it finds no room: the peer is too slow
     */
    boolean onSequenced(final long sequence) {
        if (!live) {
            return true; // catching up reaches it
        }
        final RetainedFrames retained = context.retained();
        final int length = retained.length(sequence);
        final int offset = outbox.claim(length);
        if (offset < 0) {
            return false;
        }
        outbox.buffer().putBytes(offset, retained.buffer(), retained.offset(sequence), length);
        outbox.sequence(sequence);
        context.counts().increment(LinkCounter.SENT_LIVE);
        return true;
    }

    /**
     * An instrument is new, or more is known of it.
     *
     * @return false when the frame finds no room
     */
    boolean onDefinition(final LinkedInstrument instrument, final long now) {
        if (!live && !catchUp.hasDefined(instrument)) {
            return true;
        }
        final int offset = outbox.claim(MarketFrames.INSTRUMENT_DEFINITION_LENGTH);
        if (offset < 0) {
            return false;
        }
        context.marketFrames().instrumentDefinition(outbox.buffer(), offset, instrument, outbox.sequence(), now);
        return true;
    }

    void onQuote(final LinkedInstrument instrument, final long now) {
        if (live && waitingQuotes.isEmpty() && hasRoomForMarket()) {
            writeQuote(instrument, 0, now);
        } else if ((live || catchUp.hasDefined(instrument)) && waitingQuotes.defer(instrument.index)) {
            context.counts().increment(LinkCounter.QUOTES_CONFLATED);
        }
    }

    void onTrade(
            final LinkedInstrument instrument, final long exchangeTime, final long price, final int quantity,
            final int aggressor, final long now) {
        if (!live || !hasRoomForMarket()) {
            skippedTrades++;
            context.counts().increment(LinkCounter.TRADES_SKIPPED);
            return;
        }
        final int offset = outbox.claim(MarketFrames.TRADE_LENGTH);
        context.marketFrames().trade(outbox.buffer(), offset, instrument, exchangeTime, price, quantity, aggressor,
                skippedTrades, outbox.sequence(), now);
        context.counts().increment(LinkCounter.TRADES);
        skippedTrades = 0;
    }

    /** Writes what waited and finds room now. */
    void advance(final long now) {
        live = live || catchUp.step(now);
        for (int i = 0; i < outbox.framesPerStep() && live && !waitingQuotes.isEmpty() && hasRoomForMarket(); i++) {
            final LinkedInstrument instrument = context.instruments().get(waitingQuotes.first());
            writeQuote(instrument, waitingQuotes.removeFirst(), now);
        }
    }

    private boolean hasRoomForMarket() {
        return outbox.waiting() < marketLimit;
    }

    private void writeQuote(final LinkedInstrument instrument, final int conflated, final long now) {
        final int offset = outbox.claim(MarketFrames.QUOTE_LENGTH);
        context.marketFrames().quote(outbox.buffer(), offset, instrument, conflated, outbox.sequence(), now);
        context.counts().increment(LinkCounter.QUOTES);
    }
}
