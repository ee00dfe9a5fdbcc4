package io.tickbridge.gateway.export;

import java.math.BigDecimal;

/**
 * One level of a book.
 *
 * @param price    exact; null when the level is in use but not known
 * @param quantity contracts or shares
 * @param orders   how many; 0 where the venue does not state it
 */
public record BookLevel(BigDecimal price, int quantity, int orders) {
}
