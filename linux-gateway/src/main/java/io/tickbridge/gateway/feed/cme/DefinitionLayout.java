package io.tickbridge.gateway.feed.cme;

import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionFX63Decoder;
import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionFixedIncome57Decoder;
import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionFuture27Decoder;
import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionFuture54Decoder;
import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionOption41Decoder;
import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionOption55Decoder;
import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionRepo58Decoder;
import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionSpread29Decoder;
import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionSpread56Decoder;

/**
 * Where the nine templates of instrument definitions differ. Up to SecurityType they agree, and each goes on with the
 * groups NoEvents, NoMDFeedTypes, NoInstAttrib, NoLotTypeRules in this order; spreads then have NoLegs.
 *
 * @param tick          offset of MinPriceIncrement in the root block
 * @param displayFactor offset of DisplayFactor
 * @param currency      offset of Currency
 * @param maturity      offset of MaturityMonthYear, or {@link #NONE}
 * @param priceFactor   see {@link Prices}
 * @param hasLegs       whether the fifth group is NoLegs
 */
record DefinitionLayout(int tick, int displayFactor, int currency, int maturity, int priceFactor, boolean hasLegs) {
    /** Stands for a field that the template does not have. */
    static final int NONE = -1;

    private static final DefinitionLayout FUTURE_27 = new DefinitionLayout(
            InstrumentDefinitionFuture27Decoder.minPriceIncrementEncodingOffset(),
            InstrumentDefinitionFuture27Decoder.displayFactorEncodingOffset(),
            InstrumentDefinitionFuture27Decoder.currencyEncodingOffset(),
            InstrumentDefinitionFuture27Decoder.maturityMonthYearEncodingOffset(), Prices.FROM_E7, false);
    private static final DefinitionLayout SPREAD_29 = new DefinitionLayout(
            InstrumentDefinitionSpread29Decoder.minPriceIncrementEncodingOffset(),
            InstrumentDefinitionSpread29Decoder.displayFactorEncodingOffset(),
            InstrumentDefinitionSpread29Decoder.currencyEncodingOffset(),
            InstrumentDefinitionSpread29Decoder.maturityMonthYearEncodingOffset(), Prices.FROM_E7, true);
    private static final DefinitionLayout OPTION_41 = new DefinitionLayout(
            InstrumentDefinitionOption41Decoder.minPriceIncrementEncodingOffset(),
            InstrumentDefinitionOption41Decoder.displayFactorEncodingOffset(),
            InstrumentDefinitionOption41Decoder.currencyEncodingOffset(),
            InstrumentDefinitionOption41Decoder.maturityMonthYearEncodingOffset(), Prices.FROM_E7, false);
    private static final DefinitionLayout FUTURE_54 = new DefinitionLayout(
            InstrumentDefinitionFuture54Decoder.minPriceIncrementEncodingOffset(),
            InstrumentDefinitionFuture54Decoder.displayFactorEncodingOffset(),
            InstrumentDefinitionFuture54Decoder.currencyEncodingOffset(),
            InstrumentDefinitionFuture54Decoder.maturityMonthYearEncodingOffset(), Prices.FROM_E9, false);
    private static final DefinitionLayout OPTION_55 = new DefinitionLayout(
            InstrumentDefinitionOption55Decoder.minPriceIncrementEncodingOffset(),
            InstrumentDefinitionOption55Decoder.displayFactorEncodingOffset(),
            InstrumentDefinitionOption55Decoder.currencyEncodingOffset(),
            InstrumentDefinitionOption55Decoder.maturityMonthYearEncodingOffset(), Prices.FROM_E9, false);
    private static final DefinitionLayout SPREAD_56 = new DefinitionLayout(
            InstrumentDefinitionSpread56Decoder.minPriceIncrementEncodingOffset(),
            InstrumentDefinitionSpread56Decoder.displayFactorEncodingOffset(),
            InstrumentDefinitionSpread56Decoder.currencyEncodingOffset(),
            InstrumentDefinitionSpread56Decoder.maturityMonthYearEncodingOffset(), Prices.FROM_E9, true);
    private static final DefinitionLayout FIXED_INCOME_57 = new DefinitionLayout(
            InstrumentDefinitionFixedIncome57Decoder.minPriceIncrementEncodingOffset(),
            InstrumentDefinitionFixedIncome57Decoder.displayFactorEncodingOffset(),
            InstrumentDefinitionFixedIncome57Decoder.currencyEncodingOffset(), NONE, Prices.FROM_E9, false);
    private static final DefinitionLayout REPO_58 = new DefinitionLayout(
            InstrumentDefinitionRepo58Decoder.minPriceIncrementEncodingOffset(),
            InstrumentDefinitionRepo58Decoder.displayFactorEncodingOffset(),
            InstrumentDefinitionRepo58Decoder.currencyEncodingOffset(), NONE, Prices.FROM_E9, false);
    private static final DefinitionLayout FX_63 = new DefinitionLayout(
            InstrumentDefinitionFX63Decoder.minPriceIncrementEncodingOffset(),
            InstrumentDefinitionFX63Decoder.displayFactorEncodingOffset(),
            InstrumentDefinitionFX63Decoder.currencyEncodingOffset(),
            InstrumentDefinitionFX63Decoder.maturityMonthYearEncodingOffset(), Prices.FROM_E9, false);

    /**
     * Layout of a template.
     *
     * @return null when it is no instrument definition
     */
    static DefinitionLayout of(final int template) {
        return switch (template) {
            case InstrumentDefinitionFuture27Decoder.TEMPLATE_ID -> FUTURE_27;
            case InstrumentDefinitionSpread29Decoder.TEMPLATE_ID -> SPREAD_29;
            case InstrumentDefinitionOption41Decoder.TEMPLATE_ID -> OPTION_41;
            case InstrumentDefinitionFuture54Decoder.TEMPLATE_ID -> FUTURE_54;
            case InstrumentDefinitionOption55Decoder.TEMPLATE_ID -> OPTION_55;
            case InstrumentDefinitionSpread56Decoder.TEMPLATE_ID -> SPREAD_56;
            case InstrumentDefinitionFixedIncome57Decoder.TEMPLATE_ID -> FIXED_INCOME_57;
            case InstrumentDefinitionRepo58Decoder.TEMPLATE_ID -> REPO_58;
            case InstrumentDefinitionFX63Decoder.TEMPLATE_ID -> FX_63;
            default -> null;
        };
    }

    /** Bytes of root block that are read; a shorter one is broken. */
    int shortestBlock() {
        return Math.max(Math.max(tick, displayFactor) + Long.BYTES, maturity + MaturityText.LENGTH);
    }
}
