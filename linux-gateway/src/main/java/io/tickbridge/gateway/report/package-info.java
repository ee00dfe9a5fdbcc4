/**
 * A day as one HTML page that needs no network: what was seen, what was sent, what it cost.
 *
 * <p>Every number is the answer of an SQL statement over the exported tables; the statements lie beside {@link
 * io.tickbridge.gateway.report.DayReport} as resources, are embedded in the page, and can be given to {@code tickbridge query} as
 * they are. What the page shows is described in {@code linux-gateway/REPORT.md}.
 *
 * <p>May depend on {@code export} and {@code page}. Runs on the caller's thread. Memory does not grow with the journal: statements
 * aggregate, and every answer is bounded.
 */
package io.tickbridge.gateway.report;
