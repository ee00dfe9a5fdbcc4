package io.tickbridge.integration.exchange;

import java.util.List;

/**
 * One simulated instrument.
 *
 * @param securityId   CME's tag 48
 * @param symbol       the exchange's name of it, at most 20 characters
 * @param group        security group, tag 1151, at most 6 characters
 * @param kind         decides which template defines it
 * @param tick         smallest price step, 1e-9 units
 * @param start        price around which the book opens, 1e-9 units, a multiple of the tick
 * @param depth        levels a side that the exchange reports of the base book
 * @param impliedDepth the same of the implied book; 0 for none
 * @param legs         of a spread
 */
record Instrument(
        int securityId, String symbol, String group, Kind kind, long tick, long start, int depth, int impliedDepth,
        List<Leg> legs) {
    private static final int USUAL_IMPLIED_DEPTH = 2;

    /** A future with ten levels and two implied ones. */
    Instrument(final int securityId, final String symbol, final String group, final long tick, final long start) {
        this(securityId, symbol, group, Kind.FUTURE, tick, start, TrueBook.DEPTH, USUAL_IMPLIED_DEPTH, List.of());
    }

    /** What is traded. */
    enum Kind {
        FUTURE, OPTION, SPREAD
    }

    /** One leg of a spread. */
    record Leg(int securityId, boolean bought, int ratio) {
    }
}
