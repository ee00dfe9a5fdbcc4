/**
 * IEX-TP with TOPS 1.6 and DEEP 1.0: segments in, market events out.
 *
 * <p>May depend on {@code feed} and {@code feed.arbitration}. Runs on the receive thread; the text printer runs
 * where it is called. Gap fill has its place here.
 */
package io.tickbridge.gateway.feed.iex;
