package io.tickbridge.gateway.report;

import java.util.List;

/**
 * Around which signals a page shows the book.
 *
 * @param count   how many: those that led to an order first, the others spread evenly over the day
 * @param signals numbers of signals besides, of every run that has them
 */
public record BookChoice(int count, List<Long> signals) {
    /** What a page has unless a user says otherwise. */
    public static final BookChoice DEFAULT = new BookChoice(1000, List.of());

    /** A statement in which the choice stands as {@code {books}} and {@code {numbers}}. */
    String in(final String sql) {
        // There is no signal of number 0: a list must not be empty.
        return sql.replace("{books}", Integer.toString(count)).replace("{numbers}",
                signals.isEmpty() ? "0" : String.join(", ", signals.stream().sorted().map(String::valueOf).toList()));
    }
}
