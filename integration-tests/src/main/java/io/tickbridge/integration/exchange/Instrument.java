package io.tickbridge.integration.exchange;

/**
 * One simulated instrument.
 *
 * @param securityId CME's tag 48
 * @param symbol     for people
 * @param group      security group, tag 1151, at most 6 characters
 * @param tick       smallest price step, 1e-9 units
 * @param start      price around which the book opens, 1e-9 units, a multiple of the tick
 */
record Instrument(int securityId, String symbol, String group, long tick, long start) {
}
