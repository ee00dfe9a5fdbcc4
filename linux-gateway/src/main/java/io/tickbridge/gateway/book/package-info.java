/**
 * Books: base and implied market-by-price for each instrument, and whether a book may be trusted.
 *
 * <p>May depend on {@code feed} and on the protocol's enumerations. Runs on the receive thread; nothing here is
 * shared with another.
 */
package io.tickbridge.gateway.book;
