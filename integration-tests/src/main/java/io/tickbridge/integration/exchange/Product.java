package io.tickbridge.integration.exchange;

/** What the exchange knows of an instrument besides its book. */
final class Product {
    int status = TradingStatus.UNKNOWN;
    /** Number of its last update, RptSeq (tag 83). */
    long reportSequence;
    int volume;
    long open;
    long high;
    long low;
    long lastTime;

    int status() {
        return status;
    }

    long reportSequence() {
        return reportSequence;
    }

    int volume() {
        return volume;
    }

    /** Opening price, 0 before there is one. */
    long open() {
        return open;
    }

    /** Time of the last event. */
    long lastTime() {
        return lastTime;
    }

    /** Statistics begin anew. */
    void newDay() {
        volume = 0;
        open = 0;
        high = 0;
        low = 0;
    }
}
