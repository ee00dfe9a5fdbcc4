package io.tickbridge.gateway.book;

/**
 * Books by their instrument's key: open addressing, linear probing, at most half full. The key is read from the book
 * itself, which whoever asks needs next, so that a hit touches one slot and one book and nothing else.
 *
 * <p>The order of its slots is nobody's business; what concerns all books goes through them in order of first sight.
 */
final class BookTable {
    /** 2^64 divided by the golden ratio: spreads neighbouring keys, SecurityIDs as well as text, over the high bits. */
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;
    private static final int FIRST_BITS = 8;

    private MarketBook[] slots = new MarketBook[1 << FIRST_BITS];
    private int shift = Long.SIZE - FIRST_BITS;
    private int size;

    /** The book of this instrument, or null. */
    MarketBook get(final long instrument) {
        final MarketBook[] table = slots;
        final int mask = table.length - 1;
        int slot = (int) (instrument * SPREAD >>> shift);
        MarketBook book = table[slot & mask];
        while (book != null && book.instrument != instrument) {
            book = table[++slot & mask];
        }
        return book;
    }

    /** Adds a book whose instrument is not there yet. */
    void add(final MarketBook book) {
        if (++size * 2 > slots.length) {
            final MarketBook[] old = slots;
            slots = new MarketBook[old.length * 2];
            shift--;
            for (final MarketBook present : old) {
                if (present != null) {
                    place(present);
                }
            }
        }
        place(book);
    }

    private void place(final MarketBook book) {
        final int mask = slots.length - 1;
        int slot = (int) (book.instrument * SPREAD >>> shift);
        while (slots[slot & mask] != null) {
            slot++;
        }
        slots[slot & mask] = book;
    }
}
