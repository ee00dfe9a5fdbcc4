/**
 * Wires one receive thread: source, filter, feeds, books, signals, and their outputs.
 *
 * <p>May depend on everything below the command line. What runs here is a function of configuration and the
 * sequence of (frame, receive time).
 */
package io.tickbridge.gateway.pipeline;
