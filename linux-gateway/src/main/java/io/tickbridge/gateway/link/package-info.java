/**
 * The gateway's end of the link: a TCP server that authenticates add-ons and sends them sequenced signals,
 * conflated quotes, trades and reference data as {@code bridge-protocol/SPECIFICATION.md} lays down.
 *
 * <p>May depend on {@code signal}, {@code book}, {@code feed}, {@code config}, {@code transport} and the protocol. Driven by
 * {@code doWork()} on the receive thread, so that the thread that found a signal writes it.
 */
package io.tickbridge.gateway.link;
