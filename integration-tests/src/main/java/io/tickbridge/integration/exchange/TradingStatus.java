package io.tickbridge.integration.exchange;

/** CME's SecurityTradingStatus (tag 326), the values used here. */
final class TradingStatus {
    static final int HALT = 2;
    static final int CLOSE = 4;
    static final int READY_TO_TRADE = 17;
    static final int UNKNOWN = 20;
    static final int PRE_OPEN = 21;

    private TradingStatus() {
    }
}
