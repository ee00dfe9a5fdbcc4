package io.tickbridge.gateway.book;

/**
 * One side of a book, best level first. Levels can be unknown: after a start in mid-session or a gap, a level is
 * known again only when the exchange has stated it. See {@link #isKnown}.
 */
public interface BookSide {

    /**
     * Positions in use, unknown ones included: every known level lies below this position.
     *
     * @return 0 when the side is empty or nothing of it is known
     */
    int depth();

    /**
     * Whether the exchange stated this level since the book was last in doubt.
     *
     * @param position from 0, the best
     * @return false when the level's content must not be used
     */
    boolean isKnown(int position);

    /**
     * Price of a known level.
     *
     * @param position from 0, the best
     * @return 1e-9 units
     */
    long price(int position);

    /**
     * Quantity of a known level.
     *
     * @param position from 0, the best
     * @return contracts or shares
     */
    int quantity(int position);

    /**
     * Number of orders of a known level.
     *
     * @param position from 0, the best
     * @return 0 where the venue does not state it
     */
    int orders(int position);
}
