package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.config.SignalConfig;
import io.tickbridge.protocol.BookState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs every configured rule on every book it applies to. At the end of an event the rules of each touched instrument
 * are asked in configuration order; a book that is not trusted, has an empty side, or was completed by a packet that
 * had been held back too long, is passed over and that is counted. Once all instruments have been heard of, nothing is allocated.
 *
 * <p>One thread, the receive thread; only {@link #counts} may be read from others.
 */
public final class SignalEngine implements BookListener {
    /** The link numbers rules in 16 bits, the highest value standing for null. */
    private static final int MAX_RULES = 65_534;

    private static final int FIRST_CAPACITY = 64;

    private final List<ConfiguredRule> rules;
    /** By feed, then by a book's index there. */
    private final InstrumentRules[][] rulesByFeed;
    private final GatedEmitter emitter;

    /**
     * Checks the whole signal configuration and builds its rules.
     *
     * @param signals   the rules as configured; a rule's number is its place from 1
     * @param feeds     names of the feeds; an index here is a book's feed number
     * @param kinds     all kinds there are
     * @param listeners who takes the signals, in the order in which each signal is handed on
     * @throws SignalConfigException when a rule cannot be built as configured
     */
    public SignalEngine(
            final List<SignalConfig> signals,
            final List<String> feeds,
            final SignalKinds kinds,
            final List<SignalListener> listeners) {
        if (signals.size() > MAX_RULES) {
            throw new SignalConfigException(
                    "signals: found " + signals.size() + " rules; allowed: at most " + MAX_RULES);
        }
        final List<ConfiguredRule> configured = new ArrayList<>();
        for (final SignalConfig signal : signals) {
            configured.add(new ConfiguredRule(configured.size() + 1, signal, feeds, kinds));
        }
        this.rules = List.copyOf(configured);
        this.rulesByFeed = new InstrumentRules[feeds.size()][FIRST_CAPACITY];
        this.emitter = new GatedEmitter(listeners);
    }

    /**
     * Checks one rule by building it.
     *
     * @param number its place in the configuration, from 1
     * @param signal the rule as configured
     * @param feeds  names of the feeds
     * @param kinds  all kinds there are
     * @throws SignalConfigException when it cannot be built as configured
     */
    public static void check(
            final int number, final SignalConfig signal, final List<String> feeds, final SignalKinds kinds) {
        new ConfiguredRule(number, signal, feeds, kinds);
    }

    /**
     * What the link tells its peers of the rules.
     *
     * @return one description a rule, in configuration order
     */
    public List<RuleDescription> descriptions() {
        return rules.stream().map(ConfiguredRule::description).toList();
    }

    /**
     * What was counted for a rule, over all its instruments. Safe to read from any thread.
     *
     * @param ruleNumber place of the rule in the configuration, from 1
     * @return the same object for the life of the engine
     */
    public SignalCounts counts(final int ruleNumber) {
        return rules.get(ruleNumber - 1).counts();
    }

    /** {@inheritDoc} The time is handed on with each signal that the packet causes; a late one causes none. */
    @Override
    public void onPacketStart(final long receiveTime, final boolean late) {
        emitter.packet(receiveTime, late);
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        final InstrumentRules[] ofFeed = rulesByFeed[book.feed()];
        if (book.index() >= ofFeed.length) {
            rulesByFeed[book.feed()] = Arrays.copyOf(ofFeed, 2 * ofFeed.length);
        }
        rulesByFeed[book.feed()][book.index()] =
                new InstrumentRules(rules.stream().flatMap(rule -> rule.activate(book).stream()).toList());
    }

    @Override
    public void onTrade(
            final InstrumentBook book,
            final long exchangeTime,
            final long price,
            final int quantity,
            final int aggressor) {
        rulesOf(book).onTrade(book, exchangeTime, price, quantity, aggressor);
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        rulesOf(book).onStateChange(book);
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        rulesOf(book).onBookEvent(book, exchangeTime, emitter);
    }

    private InstrumentRules rulesOf(final InstrumentBook book) {
        return rulesByFeed[book.feed()][book.index()];
    }
}
