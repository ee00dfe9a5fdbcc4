package io.tickbridge.gateway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code instruments} and {@code signals}, which refer to feeds by name. */
final class RuleReader {
    private static final String ALL = "*";

    private final List<String> feeds;

    RuleReader(final List<FeedConfig> feeds) {
        // A feed whose own name was refused has none; nothing can refer to it.
        this.feeds = feeds.stream().map(FeedConfig::name).filter(name -> name != null).toList();
    }

    List<InstrumentConfig> instruments(final Section top) {
        final List<InstrumentConfig> instruments = new ArrayList<>();
        final Set<String> seen = new HashSet<>();
        for (final Section section : top.sections("instruments")) {
            final String feed = section.get(Keys.Instrument.FEED);
            final String id = section.get(Keys.Instrument.ID);
            final String symbol = section.get(Keys.Instrument.SYMBOL);
            final String group = section.get(Keys.Instrument.GROUP);
            final Long tick = section.get(Keys.Instrument.TICK);
            final Integer depth = section.get(Keys.Instrument.DEPTH);
            section.close();
            if (feed != null && !feeds.contains(feed)) {
                section.refuse(Keys.Instrument.FEED, "found \"" + feed + "\", allowed: " + knownFeeds());
            }
            if (feed != null && id != null && !seen.add(feed + "/" + id)) {
                section.refuse(Keys.Instrument.ID,
                        "found " + feed + "/" + id + " twice, allowed: one entry for each instrument");
            }
            instruments.add(new InstrumentConfig(
                    feed, id, symbol == null ? id : symbol, group, Absent.or(tick, 0), Absent.or(depth, 0)));
        }
        return List.copyOf(instruments);
    }

    List<SignalConfig> signals(final Section top) {
        final List<SignalConfig> signals = new ArrayList<>();
        for (final Section section : top.sections("signals")) {
            final String kind = section.get(Keys.Signal.KIND);
            final String name = section.get(Keys.Signal.NAME);
            final List<String> instruments = section.list(Keys.Signal.INSTRUMENTS);
            for (final String instrument : instruments) {
                if (!instrument.equals(ALL) && !isQualified(instrument)) {
                    section.refuse(Keys.Signal.INSTRUMENTS, "found \"" + instrument + "\", allowed: \"" + ALL
                            + "\" or feed/id, where feed is " + knownFeeds());
                }
            }
            final Section parameters = section.section("parameters");
            signals.add(new SignalConfig(
                    kind, instruments.isEmpty() ? List.of(ALL) : List.copyOf(instruments), parameters.remaining(),
                    name == null ? kind : name));
            section.close();
        }
        return List.copyOf(signals);
    }

    /** Whether it reads feed/id. No feed's name has a slash; an id may. */
    private boolean isQualified(final String instrument) {
        final int slash = instrument.indexOf('/');
        return slash > 0 && slash < instrument.length() - 1 && feeds.contains(instrument.substring(0, slash));
    }

    private String knownFeeds() {
        return "a feed's name: " + String.join(", ", feeds);
    }
}
