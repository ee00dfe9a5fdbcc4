package io.tickbridge.gateway.signal.rule;

/** Trades of one aggressor within one event: how many prices they reached, moving only away from where they began. */
final class PriceRun {
    private final int direction;
    private long levels;
    private long quantity;
    private long last;
    private boolean turned;

    /** A run that goes up (1) or down (-1). */
    PriceRun(final int direction) {
        this.direction = direction;
    }

    void add(final long price, final int traded) {
        final int step = levels == 0 ? 1 : Long.compare(price, last) * direction;
        if (step > 0) {
            levels++;
        }
        turned |= step < 0;
        quantity += traded;
        last = price;
    }

    /** Distinct prices, or 0 when the trades turned back on their way: those are not one order walking the book. */
    long levels() {
        return turned ? 0 : levels;
    }

    /** Contracts or shares, all trades together. */
    long quantity() {
        return quantity;
    }

    void clear() {
        levels = 0;
        quantity = 0;
        turned = false;
    }
}
