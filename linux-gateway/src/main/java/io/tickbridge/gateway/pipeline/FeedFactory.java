package io.tickbridge.gateway.pipeline;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentFacts;
import io.tickbridge.gateway.book.InstrumentKey;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.InstrumentConfig;
import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.gateway.feed.cme.CmeFeedHandler;
import io.tickbridge.gateway.feed.iex.IexFeedHandler;
import io.tickbridge.gateway.feed.iex.IexProtocol;
import io.tickbridge.gateway.feed.nasdaq.NasdaqFeedHandler;
import io.tickbridge.protocol.Venue;
import java.util.HashMap;
import java.util.Map;

/** Builds what one configured feed needs. */
final class FeedFactory {
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
                feed.maxOrders(), listener);
    }

    static FeedHandler handler(final FeedConfig feed, final MarketBooks books) {
        final int lines = feed.lines().size();
        final int window = feed.reorderWindow();
        final long timeout = feed.reorderTimeout();
        final long wait = feed.reorderWait();
        return switch (feed.protocol()) {
            case CME_MDP3 -> new CmeFeedHandler(repeats(feed), window, timeout, wait, books);
            case IEX_TOPS -> new IexFeedHandler(IexProtocol.TOPS, lines, window, timeout, wait, books);
            case IEX_DEEP -> new IexFeedHandler(IexProtocol.DEEP, lines, window, timeout, wait, books);
            case NASDAQ_ITCH50 -> new NasdaqFeedHandler(lines, window, timeout, wait, books);
        };
    }

    private static boolean[] repeats(final FeedConfig feed) {
        final boolean[] repeats = new boolean[feed.lines().size()];
        for (int line = 0; line < repeats.length; line++) {
            repeats[line] = feed.lines().get(line).carries() != FeedConfig.Carries.INCREMENTAL;
        }
        return repeats;
    }

    static Venue venue(final FeedConfig.Protocol protocol) {
        return switch (protocol) {
            case CME_MDP3 -> Venue.CME;
            case IEX_TOPS, IEX_DEEP -> Venue.IEX;
            case NASDAQ_ITCH50 -> Venue.NASDAQ;
        };
    }
}
