package io.tickbridge.integration.exchange;

/** CME's SecurityTradingStatus (tag 326), and what goes with it, the values used here. */
final class TradingStatus {
    static final int HALT = 2;
    static final int CLOSE = 4;
    static final int READY_TO_TRADE = 17;
    static final int UNKNOWN = 20;
    static final int PRE_OPEN = 21;
    static final int NO_CHANGE = 103;

    /** HaltReason (tag 327). */
    static final int ROLL_OF_TRADE_DATE = 7;
    /** SecurityTradingEvent (tag 1174). */
    static final int RESET_STATISTICS = 4;

    private TradingStatus() {
    }
}
