package io.tickbridge.gateway.book;

/** A side that knows its single orders. */
public interface OrderedSide extends BookSide {

    /**
     * Names the orders of a known level, in the order in which they will be filled.
     *
     * @param position from 0, the best
     * @param visitor  takes each; it must not change the book
     */
    void forEachOrder(int position, OrderVisitor visitor);

    /** Takes orders. */
    @FunctionalInterface
    interface OrderVisitor {

        /**
         * One order.
         *
         * @param order         the venue's number
         * @param quantity      what is left of it
         * @param quantityAhead what is filled before it at its price
         * @param attribution   up to 4 ASCII characters, first one highest; 0 where not stated
         */
        void onOrder(long order, int quantity, long quantityAhead, int attribution);
    }
}
