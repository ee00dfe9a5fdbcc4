/**
 * The line arbiter: packets of redundant lines in sequence, each once, with gaps found and small disorder mended.
 *
 * <p>What waits for a missing packet waits no longer than a limit, by the exchange's clock and by receive time, and what
 * waited too long is marked as late: see {@link io.tickbridge.gateway.feed.arbitration.LineArbiter}.
 *
 * <p>May depend on {@code feed}. Runs on the receive thread.
 */
package io.tickbridge.gateway.feed.arbitration;
