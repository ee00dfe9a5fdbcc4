package io.tickbridge.gateway.pipeline;

import io.tickbridge.gateway.book.InstrumentKey;
import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.SignalConfig;
import io.tickbridge.gateway.signal.SignalConfigException;
import io.tickbridge.gateway.signal.SignalEngine;
import io.tickbridge.gateway.signal.SignalKinds;
import io.tickbridge.protocol.Venue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what only the builders of books and signals can find wrong in a configuration, and says where it stands. Like
 * the configuration's own reader it does not stop at the first.
 */
final class ConfigCheck {
    private final GatewayConfig config;
    private final List<String> problems = new ArrayList<>();

    private ConfigCheck(final GatewayConfig config) {
        this.config = config;
    }

    /**
     * Checks which feeds stand together, ids of instruments, signal rules, and the memory that all of it takes.
     *
     * @throws ConfigException with every problem found
     */
    static void run(final GatewayConfig config) {
        final ConfigCheck check = new ConfigCheck(config);
        check.venues();
        check.instruments();
        check.signals();
        check.memory();
        if (!check.problems.isEmpty()) {
            throw new ConfigException(check.problems);
        }
    }

    /** The link names an instrument by venue and symbol: two feeds of IEX would show one instrument with two books. */
    private void venues() {
        final Map<Venue, String> first = new EnumMap<>(Venue.class);
        for (int i = 0; i < config.feeds().size(); i++) {
            final FeedConfig feed = config.feeds().get(i);
            final Venue venue = FeedFactory.venue(feed.protocol());
            // Each channel of CME has securities of its own.
            final String other = venue == Venue.CME ? null : first.putIfAbsent(venue, feed.name());
            if (other != null) {
                add("feeds[" + i + "].protocol", "found a second feed of " + venue + " beside \"" + other
                        + "\", allowed: one, since add-ons could not tell the two books of an instrument apart; run "
                        + "another gateway for it");
            }
        }
    }

    private void memory() {
        new MemoryBudget(config).excess(MemoryBudget.limit())
                .ifPresent(excess -> problems.add(config.places().of("") + ": " + excess));
    }

    private void instruments() {
        for (int i = 0; i < config.instruments().size(); i++) {
            checkId(config.instruments().get(i).feed(), config.instruments().get(i).id(), "instruments[" + i + "].id");
        }
    }

    private void signals() {
        final List<String> feeds = config.feeds().stream().map(FeedConfig::name).toList();
        final SignalKinds kinds = SignalKinds.load();
        for (int i = 0; i < config.signals().size(); i++) {
            final SignalConfig signal = config.signals().get(i);
            for (int j = 0; j < signal.instruments().size(); j++) {
                final String[] qualified = signal.instruments().get(j).split("/", 2);
                if (qualified.length == 2) {
                    checkId(qualified[0], qualified[1], "signals[" + i + "].instruments[" + j + "]");
                }
            }
            try {
                SignalEngine.check(i + 1, signal, feeds, kinds);
            } catch (final SignalConfigException e) {
                problems.add(config.places().of("signals[" + i + "]") + ": " + e.getMessage());
            }
        }
    }

    /** An id must be written as the books write it; "+5" and "05" would never match "5". */
    private void checkId(final String feedName, final String id, final String path) {
        final Optional<FeedConfig> feed = config.feeds().stream().filter(f -> f.name().equals(feedName)).findFirst();
        if (feed.isEmpty()) {
            return; // refused when the file was read
        }
        final var venue = FeedFactory.venue(feed.get().protocol());
        try {
            final String canonical = InstrumentKey.text(venue, InstrumentKey.of(venue, id));
            if (!canonical.equals(id)) {
                add(path, "found \"" + id + "\", allowed: " + canonical);
            }
        } catch (final IllegalArgumentException e) {
            add(path, e.getMessage());
        }
    }

    private void add(final String path, final String what) {
        problems.add(config.places().of(path) + ": " + path + ": " + what);
    }
}
