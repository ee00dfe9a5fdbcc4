/**
 * The line arbiter: packets of redundant lines in sequence, each once, with gaps found and small disorder mended.
 *
 * <p>May depend on {@code feed}. Runs on the receive thread.
 */
package io.tickbridge.gateway.feed.arbitration;
