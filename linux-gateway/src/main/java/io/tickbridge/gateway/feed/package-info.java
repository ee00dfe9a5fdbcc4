/**
 * What all feeds share: datagrams go in through {@link io.tickbridge.gateway.feed.FeedHandler}, market
 * events come out through {@link io.tickbridge.gateway.feed.MarketDataListener}.
 *
 * <p>May depend on the protocol's enumerations only. Runs on the receive thread.
 */
package io.tickbridge.gateway.feed;
