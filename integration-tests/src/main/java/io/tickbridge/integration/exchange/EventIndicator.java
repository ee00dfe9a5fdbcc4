package io.tickbridge.integration.exchange;

/** CME's MatchEventIndicator (tag 5799), the bits used here. */
final class EventIndicator {
    static final int LAST_TRADE = 1;
    static final int LAST_VOLUME = 1 << 1;
    static final int LAST_QUOTE = 1 << 2;
    static final int LAST_STATISTICS = 1 << 3;
    static final int LAST_IMPLIED = 1 << 4;
    static final int END_OF_EVENT = 1 << 7;

    private EventIndicator() {
    }
}
