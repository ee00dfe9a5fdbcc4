/**
 * The journal: one Chronicle Queue with the configuration, every accepted frame and every signal in one order.
 *
 * <p>May depend on {@code signal} and {@code config}. The receive thread writes to a ring; a thread of its own
 * takes from the ring and appends to the queue.
 */
package io.tickbridge.gateway.journal;
