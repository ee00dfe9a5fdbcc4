package io.tickbridge.gateway.pipeline;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentFacts;
import io.tickbridge.gateway.book.InstrumentKey;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.InstrumentConfig;
import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.feed.SnapshotDialogue;
import io.tickbridge.gateway.feed.cme.CmeFeedHandler;
import io.tickbridge.gateway.feed.cme.CmeGapFill;
import io.tickbridge.gateway.feed.iex.IexFeedHandler;
import io.tickbridge.gateway.feed.iex.IexGapFill;
import io.tickbridge.gateway.feed.iex.IexProtocol;
import io.tickbridge.gateway.feed.nasdaq.Glimpse;
import io.tickbridge.gateway.feed.nasdaq.MoldGapFill;
import io.tickbridge.gateway.feed.nasdaq.NasdaqFeedHandler;
import io.tickbridge.protocol.Venue;
import java.util.HashMap;
import java.util.Map;

/** Builds what one configured feed needs. */
public final class FeedFactory {
    private FeedFactory() {
    }

    static MarketBooks books(final GatewayConfig config, final FeedConfig feed, final BookListener listener) {
        final Venue venue = venue(feed.protocol());
        final Map<Long, InstrumentFacts> facts = new HashMap<>();
        for (final InstrumentConfig instrument : config.instruments()) {
            if (instrument.feed().equals(feed.name())) {
                facts.put(InstrumentKey.of(venue, instrument.id()), new InstrumentFacts(
                        instrument.symbol(), instrument.group(), instrument.tickSize(),
                        instrument.depth() == 0 ? feed.marketDepth() : instrument.depth()));
            }
        }
        return new MarketBooks(
                venue, config.feeds().indexOf(feed), facts, InstrumentFacts.ofDepth(feed.marketDepth()),
                followsOrders(feed) ? feed.maxOrders() : 0, listener);
    }

    static FeedHandler handler(final FeedConfig feed, final MarketBooks books, final GapWatch gaps) {
        final int lines = feed.lines().size();
        final int window = feed.reorderWindow();
        final long timeout = feed.reorderTimeout();
        final long wait = feed.reorderWait();
        return switch (feed.protocol()) {
            case CME_MDP3 -> new CmeFeedHandler(repeats(feed), window, timeout, wait, gaps, books);
            case IEX_TOPS, IEX_DEEP, IEX_DEEP_PLUS -> new IexFeedHandler(
                    iexProtocol(feed.protocol()), lines, window, timeout, wait, gaps, books);
            case NASDAQ_ITCH50 -> new NasdaqFeedHandler(
                    lines, window, timeout, wait, feed.recovery().snapshots().buffer(), gaps, books);
        };
    }

    /**
     * How a feed's servers are asked.
     *
     * @param feed one whose configuration may name servers
     * @return for one recovery's thread
     */
    public static GapFill gapFill(final FeedConfig feed) {
        final FeedConfig.Logon logon = feed.recovery().logon();
        return switch (feed.protocol()) {
            case CME_MDP3 -> new CmeGapFill(logon.channel(), logon.user(), logon.password());
            case NASDAQ_ITCH50 -> new MoldGapFill();
            case IEX_TOPS, IEX_DEEP, IEX_DEEP_PLUS -> new IexGapFill(iexProtocol(feed.protocol()));
        };
    }

    /**
     * What is said to servers of snapshots.
     *
     * @param username that is configured
     * @param password read from the file that is configured
     * @return for one feed's snapshots
     */
    public static SnapshotDialogue snapshots(final String username, final String password) {
        return new Glimpse(username, password);
    }

    private static IexProtocol iexProtocol(final FeedConfig.Protocol protocol) {
        return switch (protocol) {
            case IEX_TOPS -> IexProtocol.TOPS;
            case IEX_DEEP -> IexProtocol.DEEP;
            case IEX_DEEP_PLUS -> IexProtocol.DEEP_PLUS;
            case CME_MDP3, NASDAQ_ITCH50 -> throw new IllegalArgumentException(protocol + " is not IEX's");
        };
    }

    /** For each line of a feed whether it states the same over and over, instead of every change. */
    static boolean[] repeats(final FeedConfig feed) {
        final boolean[] repeats = new boolean[feed.lines().size()];
        for (int line = 0; line < repeats.length; line++) {
            repeats[line] = feed.lines().get(line).carries() != FeedConfig.Carries.INCREMENTAL;
        }
        return repeats;
    }

    /** Whether single orders are followed: because books are made of them, or beside price levels. */
    static boolean followsOrders(final FeedConfig feed) {
        return switch (feed.protocol()) {
            case IEX_DEEP_PLUS, NASDAQ_ITCH50 -> true;
            case CME_MDP3 -> feed.orders();
            case IEX_TOPS, IEX_DEEP -> false;
        };
    }

    static Venue venue(final FeedConfig.Protocol protocol) {
        return switch (protocol) {
            case CME_MDP3 -> Venue.CME;
            case IEX_TOPS, IEX_DEEP, IEX_DEEP_PLUS -> Venue.IEX;
            case NASDAQ_ITCH50 -> Venue.NASDAQ;
        };
    }
}
