/**
 * CME Globex MDP 3.0, market by price: packets in, market events out.
 *
 * <p>{@code CmeFeedHandler} reads the packet header and lets the arbiter put lines A and B in order;
 * {@code PacketDecoder} walks the messages of a packet; {@code IncrementalMessages} and {@code StatusMessage} read
 * them, entry by entry ({@code BookEntries}, {@code TradeEntries}, {@code CountedEntries}); {@code MatchEvent} knows
 * where an event of the matching engine ends. {@code CmeInspector} spells out the same bytes for people. The layouts
 * are stated once, in {@code src/main/sbe/cme-mdp3.xml}.
 *
 * <p>May depend on {@code feed}, {@code feed.arbitration} and {@code wire}. Runs on the receive thread; the text
 * printer runs where it is called. Snapshot recovery and market-by-order have their place here, beside the
 * incremental decoder.
 */
package io.tickbridge.gateway.feed.cme;
