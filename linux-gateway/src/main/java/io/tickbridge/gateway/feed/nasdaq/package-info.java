/**
 * Nasdaq TotalView-ITCH 5.0 over MoldUDP64: packets in, market events out.
 *
 * <p>A datagram's way: {@code MoldPacket} checks it whole, {@code FollowedSession} tells a new session from a stray
 * packet, the line arbiter puts packets in order, {@code PacketReader} takes them apart, {@code MessageDecoder} reads
 * messages and tells orders one by one;
 * {@code StockDirectory} knows which locate codes have been introduced. {@link
 * io.tickbridge.gateway.feed.nasdaq.ItchInspector} stands beside: it spells messages out for people.
 *
 * <p>Written to "Nasdaq TotalView-ITCH 5.0" as revised in February 2026, "MoldUDP64 Protocol Specification V 1.00",
 * "Nasdaq GLIMPSE Version 5.0" of February 2026 and "SoupBinTCP Version 3.00"; comments
 * cite their sections by name. All numbers on the wire are unsigned and big-endian.
 *
 * <h2>Times</h2>
 *
 * <p>ITCH states ns since midnight in New York, and no date. {@code EasternDay} takes the date from the time at which
 * the frame was received, which the journal keeps, so that a replay gives the same times.
 *
 * <h2>What is known when</h2>
 *
 * <p>Orders are only told of instruments that the Stock Directory Message has introduced; everything that names another
 * locate code is counted and passed over. A session followed from message 1 begins with empty books; one joined later
 * tells nothing of the kind, so that its books stay untrusted until a snapshot tells.
 *
 * <h2>What was lost</h2>
 *
 * <p>{@code MoldGapFill} says how holes are re-requested, {@code Glimpse} how a snapshot is, over {@code SoupBinPacket}s; both
 * are bytes alone and used by threads of {@code recovery}. What comes back are datagrams of two further lines: the first
 * goes through the arbiter, the second to {@code SnapshotStart}, which lets books be made of it and applies {@code
 * KeptPackets} on top.
 *
 * <p>May depend on {@code feed}, {@code feed.arbitration} and {@code wire}. Runs on the receive thread; the inspector
 * runs where it is called.
 */
package io.tickbridge.gateway.feed.nasdaq;
