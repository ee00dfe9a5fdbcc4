package io.tickbridge.gateway.export;

import java.util.List;

/**
 * The levels of an instrument around one signal, best first.
 *
 * @param bidsBefore before the event that caused it; empty when it was the first event of the book
 * @param asksBefore the same
 * @param bidsAfter  after that event, as the rule saw them
 * @param asksAfter  the same
 */
public record SignalBook(
        List<BookLevel> bidsBefore, List<BookLevel> asksBefore, List<BookLevel> bidsAfter, List<BookLevel> asksAfter) {
}
