package io.tickbridge.gateway.feed;

import java.util.List;

/**
 * What an exchange says of an instrument. Sent seldom, so a record and no flyweight.
 *
 * @param instrument    the venue's key
 * @param deleted       the exchange has taken it off the market
 * @param symbol        the exchange's name of it
 * @param group         security group: trading statuses may name it instead of the instrument
 * @param product       code of the product
 * @param type          FUT, OOF, MLEG and others (FIX tag 167)
 * @param currency      ISO 4217, of its prices
 * @param maturity      YYYYMM, YYYYMMDD or YYYYMMwW as far as stated, else empty
 * @param expiry        last moment of trading, ns since the Unix epoch; 0 when not stated
 * @param tickSize      smallest price step, 1e-9 units; 0 when it varies with the price
 * @param displayFactor what a price is multiplied with to be shown as traders know it, 1e-9 units
 * @param depth         levels maintained on each side of the base book; 0 when there is none
 * @param impliedDepth  the same of the implied book
 * @param updateTime    when the exchange last changed the definition, ns since the Unix epoch
 * @param legs          what a spread consists of, in the exchange's order; empty for all else
 */
public record InstrumentDefinition(
        long instrument, boolean deleted, String symbol, String group, String product, String type, String currency,
        String maturity, long expiry, long tickSize, long displayFactor, int depth, int impliedDepth, long updateTime,
        List<Leg> legs) {

    /**
     * One leg of a spread.
     *
     * @param instrument the venue's key
     * @param bought     whether the buyer of the spread buys it
     * @param ratio      how many of it make one spread
     */
    public record Leg(long instrument, boolean bought, int ratio) {
    }
}
