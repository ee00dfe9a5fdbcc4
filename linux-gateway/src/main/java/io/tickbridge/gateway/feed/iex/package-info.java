/**
 * IEX-TP with TOPS 1.6, DEEP 1.0 and DEEP+ 1.0: segments in, market events out.
 *
 * <p>A datagram's way: {@code Segment} checks it whole, {@code RestartDetector} tells a sequence that begins anew from
 * a duplicate, the line arbiter puts segments in order, {@code MessageDecoder} reads messages, {@code EventAssembler}
 * makes whole events of them. {@link io.tickbridge.gateway.feed.iex.IexInspector} stands beside: it spells messages
 * out for people.
 *
 * <p>Written to the IEX Transport Specification 1.2x, the IEX TOPS Specification 1.6x and the IEX DEEP Specification
 * 1.0x; comments cite their sections by name.
 *
 * <p>{@link io.tickbridge.gateway.feed.iex.IexGapFill} asks for what was missed. What is re-sent comes as datagrams of one
 * further line and passes by {@code RestartDetector}, which goes by send times.
 *
 * <p>May depend on {@code feed}, {@code feed.arbitration} and {@code wire}. Runs on the receive thread; the inspector runs
 * where it is called, the gap fill on a recovery's thread.
 */
package io.tickbridge.gateway.feed.iex;
