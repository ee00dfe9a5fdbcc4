package io.tickbridge.gateway.config;

/**
 * What is known of an instrument before the exchange says it.
 *
 * @param feed          name of the feed it trades on
 * @param id            CME: SecurityID in decimal; IEX: the symbol
 * @param symbol        name shown to people; the id where the file gives none
 * @param group         CME security group, or null
 * @param tickSize      1e-9 units; 0 when not known
 * @param depth         levels a side that the exchange maintains; 0 for the feed's
 */
public record InstrumentConfig(String feed, String id, String symbol, String group, long tickSize, int depth) {
}
