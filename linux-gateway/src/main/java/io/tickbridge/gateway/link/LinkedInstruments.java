package io.tickbridge.gateway.link;

import io.tickbridge.gateway.book.InstrumentBook;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Every instrument the books told of, in that order. One thread. */
final class LinkedInstruments {
    private final List<LinkedInstrument> ordered = new ArrayList<>();
    /** Looked up by the book itself, which stays the same object for the life of the process. */
    private final Map<InstrumentBook, LinkedInstrument> byBook = new IdentityHashMap<>();

    LinkedInstrument add(final InstrumentBook book) {
        final LinkedInstrument instrument = new LinkedInstrument(book, ordered.size());
        if (byBook.putIfAbsent(book, instrument) != null) {
            throw new IllegalStateException("instrument " + book.symbol() + " was told of twice");
        }
        ordered.add(instrument);
        return instrument;
    }

    LinkedInstrument of(final InstrumentBook book) {
        return byBook.get(book);
    }

    LinkedInstrument get(final int index) {
        return ordered.get(index);
    }

    int size() {
        return ordered.size();
    }
}
