package io.tickbridge.integration.exchange;

import java.util.ArrayList;
import java.util.List;

/** The book instructions of one event, in order. */
final class Entries implements TrueBook.Instructions {
    /** Most entries put into one packet: small enough that a sweep takes several, as the exchange's do. */
    static final int PER_PACKET = 12;

    private final List<Entry> entries = new ArrayList<>();

    /** One instruction. */
    record Entry(int action, boolean bid, int position, long price, int quantity, int orders) {
    }

    @Override
    public void add(
            final int action, final boolean bid, final int position, final long price, final int quantity,
            final int orders) {
        entries.add(new Entry(action, bid, position, price, quantity, orders));
    }

    void clear() {
        entries.clear();
    }

    int size() {
        return entries.size();
    }

    Entry get(final int index) {
        return entries.get(index);
    }
}
