package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.protocol.BookState;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells outputs when a feed has gone silent, and when it speaks again. A silent feed gives no signals anyhow, since
 * nothing but a packet does; but whoever looks at its last quotes must know how old they may be. It looks at this
 * machine's clock, so nothing of it reaches a signal. Snapshots and definitions are no sign of life: they are stated over and
 * over while the market is not heard, and a book that one of them makes whole then is stale like the others. The first frame after a silence ends it before it is processed
 * ({@link SilenceEnd}), so that outputs have the books' own states by the time it causes anything.
 *
 * <p>Receive thread only. One watch a feed.
 */
final class SilenceWatch implements BookListener {
    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);

    private final String name;
    private final int feed;
    private final long limit;
    private final BookListener output;
    private final List<InstrumentBook> books = new ArrayList<>();
    private long datagrams;
    private long lastHeard;
    private boolean silent;
    private volatile long published;

    /**
     * A watch over a feed that has yet to speak.
     *
     * @param name   the feed's
     * @param feed   its number
     * @param limit  ns of silence after which it counts as stale
     * @param output told of the state of each of the feed's books
     */
    SilenceWatch(final String name, final int feed, final long limit, final BookListener output) {
        this.name = name;
        this.feed = feed;
        this.limit = limit;
        this.output = output;
    }

    /**
     * Looks once more; to be called now and then, not for each packet.
     *
     * @param heard datagrams that the feed's lines of changes have brought so far
     * @param now   ns since the Unix epoch
     */
    void look(final long heard, final long now) {
        if (heard != datagrams) {
            datagrams = heard;
            lastHeard = now;
        } else if (!silent && heard > 0 && now - lastHeard > limit) {
            LOG.warn("feed {} is silent for {} ms; its books are stale until it speaks again", name, limit / 1_000_000);
            tell(true, now);
        }
    }

    /** Whether outputs hold the feed's books for stale. */
    boolean isSilent() {
        return silent;
    }

    /**
     * The feed speaks again; what it says is yet to be processed.
     *
     * @param now ns since the Unix epoch
     */
    void onHeard(final long now) {
        lastHeard = now;
        LOG.info("feed {} speaks again", name);
        tell(false, now);
    }

    String name() {
        return name;
    }

    /** 1 while the feed is silent. Safe to read from any thread. */
    long state() {
        return published;
    }

    private void tell(final boolean nowSilent, final long now) {
        silent = nowSilent;
        published = nowSilent ? 1 : 0;
        for (final InstrumentBook book : books) {
            output.onStateChange(book, nowSilent ? BookState.STALE : book.state(), now);
        }
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        if (book.feed() == feed) {
            books.add(book);
        }
    }

    @Override
    public void onTrade(
            final InstrumentBook book, final long exchangeTime, final long price, final int quantity, final int aggressor) {
        // The count of datagrams says that the feed speaks.
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        // The book's own state is the output's business, which has just been told of it; but how old it is, is ours.
        if (silent && book.feed() == feed) {
            output.onStateChange(book, BookState.STALE, exchangeTime);
        }
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        // The count of datagrams says that the feed speaks.
    }
}
