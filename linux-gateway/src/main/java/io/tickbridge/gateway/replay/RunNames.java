package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.InstrumentConfig;
import io.tickbridge.gateway.config.SignalConfig;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.protocol.Venue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * What a run's numbers stand for, from the configuration that its journal carries.
 *
 * @param lines   by number, for example "cme A"
 * @param rules   by number from 1, for example "sweep"; the first is at index 0
 * @param symbols by the configuration's id of an instrument, where it names one
 */
record RunNames(List<String> lines, List<String> rules, Map<String, String> symbols) {

    /** Names of a run; none when its start is missing, or this build cannot read its configuration. */
    static RunNames of(final RunStarted run) {
        if (run == null) {
            return new RunNames(List.of(), List.of(), Map.of());
        }
        try {
            final var config = ConfigReader.parse(run.configuration(), Path.of(""), "journalled configuration");
            final List<String> lines = new ArrayList<>();
            for (final FeedConfig feed : config.feeds()) {
                for (int line = 0; line < feed.lines().size(); line++) {
                    lines.add(feed.name() + " " + (char) ('A' + line));
                }
            }
            return new RunNames(lines, config.signals().stream().map(SignalConfig::kind).toList(), config.instruments().stream()
                    .filter(instrument -> !instrument.symbol().isEmpty())
                    .collect(Collectors.toMap(InstrumentConfig::id, InstrumentConfig::symbol, (one, other) -> one)));
        } catch (final ConfigException e) {
            // The numbers alone are true whatever the text says.
            return new RunNames(List.of(), List.of(), Map.of());
        }
    }

    String line(final int number) {
        return number < lines.size() ? lines.get(number) : "";
    }

    /**
     * As the configuration names it; otherwise as CME defined its number, or the number; of other venues the eight letters of their
     * keys.
     */
    String symbol(final Venue venue, final long instrument, final LongFunction<String> defined) {
        final boolean isNumber = venue == Venue.CME || venue == Venue.NULL_VAL;
        final String id = isNumber ? Long.toUnsignedString(instrument) : letters(instrument);
        final String symbol = isNumber ? defined.apply(instrument) : null;
        return symbols.getOrDefault(id, symbol == null ? id : symbol);
    }

    private static String letters(final long key) {
        final StringBuilder letters = new StringBuilder();
        for (long rest = key; rest != 0; rest >>>= Byte.SIZE) {
            letters.append((char) (rest & 0xff));
        }
        return letters.toString().strip();
    }

    String rule(final int number) {
        return number >= 1 && number <= rules.size() ? rules.get(number - 1) : "";
    }
}
