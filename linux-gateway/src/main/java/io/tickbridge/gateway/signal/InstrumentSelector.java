package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.protocol.Venue;
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
        return all || selected.contains(feeds.get(book.feed()) + '/' + id(book));
    }

    private static String id(final InstrumentBook book) {
        return book.venue() == Venue.CME ? Long.toString(book.instrument()) : symbol(book.instrument());
    }

    /** The characters of a symbol key, without the spaces or NULs that fill it up. */
    private static String symbol(final long key) {
        final StringBuilder text = new StringBuilder(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            text.append((char) (key >>> shift & 0xff));
        }
        return text.toString().replace('\0', ' ').stripTrailing();
    }

    private SignalConfigException refusal(final int ruleNumber, final String found) {
        return new SignalConfigException("signals, rule " + ruleNumber + ", instruments: found " + found
                + "; allowed: \"*\" or a list of \"feed/id\" where feed is one of: " + String.join(", ", feeds));
    }
}
