/**
 * CME Globex MDP 3.0, market by price: packets in, market events out.
 *
 * <p>May depend on {@code feed} and {@code feed.arbitration}. Runs on the receive thread; the text printer runs
 * where it is called. Snapshot recovery and market-by-order have their place here, beside the incremental decoder.
 */
package io.tickbridge.gateway.feed.cme;
