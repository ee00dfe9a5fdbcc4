/**
 * Pages that stand alone: one HTML file with its script, style, charts and data inside, which needs no network and runs
 * nothing from elsewhere.
 *
 * <p>Knows no other package. Runs on the caller's thread.
 */
package io.tickbridge.gateway.page;
