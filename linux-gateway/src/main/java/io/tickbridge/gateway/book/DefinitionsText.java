package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.protocol.BookState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints a line for each definition of an instrument that is new or says something new:
 * {@code instrument<TAB>symbol<TAB>group<TAB>product<TAB>type<TAB>currency<TAB>maturity<TAB>expiry<TAB>tick<TAB>displayFactor
 * <TAB>depth<TAB>impliedDepth<TAB>legs<TAB>status}. The expiry is UTC; tick, expiry and depths are empty when not stated;
 * legs are {@code +1*5,-2*6}: bought once the instrument 5, sold twice 6. The status is {@code defined} or {@code deleted}.
 */
public final class DefinitionsText implements BookListener {
    private final Appendable out;
    private final Map<Long, InstrumentDefinition> known = new HashMap<>();

    /**
     * A printer.
     *
     * @param out takes whole lines, each ended by a line feed; its errors are thrown on as {@link UncheckedIOException}
     */
    public DefinitionsText(final Appendable out) {
        this.out = out;
    }

    @Override
    public void onDefinition(final InstrumentBook book, final InstrumentDefinition definition) {
        if (definition.equals(known.put(definition.instrument(), definition))) {
            return; // repeated
        }
        try {
            out.append(String.join("\t", InstrumentKey.text(book.venue(), definition.instrument()), definition.symbol(),
                    definition.group(), definition.product(), definition.type(), definition.currency(), definition.maturity(),
                    definition.expiry() == 0 ? "" : instant(definition.expiry()),
                    definition.tickSize() == 0 ? "" : PriceText.of(definition.tickSize()),
                    PriceText.of(definition.displayFactor()), number(definition.depth()), number(definition.impliedDepth()),
                    legs(definition), definition.deleted() ? "deleted" : "defined")).append('\n');
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Instruments that were defined.
     *
     * @return 0 when nothing was printed
     */
    public int instruments() {
        return known.size();
    }

    private static String instant(final long time) {
        final long second = 1_000_000_000L;
        return Instant.ofEpochSecond(Math.floorDiv(time, second), Math.floorMod(time, second)).toString();
    }

    private static String number(final int number) {
        return number == 0 ? "" : Integer.toString(number);
    }

    private static String legs(final InstrumentDefinition definition) {
        return definition.legs().stream().map(leg -> (leg.bought() ? "+" : "-") + leg.ratio() + "*" + leg.instrument())
                .collect(Collectors.joining(","));
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        // Printed when it is defined.
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        // No definition.
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        // No definition.
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        // No definition.
    }
}
