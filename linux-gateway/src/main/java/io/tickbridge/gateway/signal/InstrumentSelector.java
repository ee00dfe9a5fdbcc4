package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.InstrumentKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which instruments a rule applies to: all, or those listed as "feed/id". Cold path. */
final class InstrumentSelector {
    private static final String ALL = "*";

    private final boolean all;
    private final Set<String> selected = new HashSet<>();
    private final List<String> feeds;

    /**
     * Checks the list of a rule.
     *
     * @param ruleNumber  for errors
     * @param instruments as configured
     * @param feeds       names of the feeds; an index here is a book's feed number
     */
    InstrumentSelector(final int ruleNumber, final List<String> instruments, final List<String> feeds) {
        this.feeds = List.copyOf(feeds);
        this.all = instruments.contains(ALL);
        if (instruments.isEmpty()) {
            throw refusal(ruleNumber, "nothing");
        }
        for (final String instrument : instruments) {
            final int slash = instrument.indexOf('/');
            final boolean known = slash > 0
                    && slash < instrument.length() - 1
                    && feeds.contains(instrument.substring(0, slash));
            if (!known && !ALL.equals(instrument)) {
                throw refusal(ruleNumber, '"' + instrument + '"');
            }
            selected.add(instrument);
        }
    }

    boolean selects(final InstrumentBook book) {
        return all || selected.contains(
                feeds.get(book.feed()) + '/' + InstrumentKey.text(book.venue(), book.instrument()));
    }

    private SignalConfigException refusal(final int ruleNumber, final String found) {
        return new SignalConfigException("signals, rule " + ruleNumber + ", instruments: found " + found
                + "; allowed: \"*\" or a list of \"feed/id\" where feed is one of: " + String.join(", ", feeds));
    }
}
