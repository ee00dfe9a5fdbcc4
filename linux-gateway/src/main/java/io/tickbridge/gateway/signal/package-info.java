/**
 * Signals: what each is, when it fires, and the 64 bytes that say so.
 *
 * <p>{@link io.tickbridge.gateway.signal.SignalKind} and {@link io.tickbridge.gateway.signal.SignalRule} are what a
 * user implements; the built-in kinds in {@code signal.rule} come in by the same door. {@link
 * io.tickbridge.gateway.signal.SignalEngine} runs them all behind one gate.
 *
 * <p>May depend on {@code book}, {@code feed} and {@code config}. Runs on the receive thread. Everything that
 * reaches a signal body is a function of the frames and the configuration alone: integer arithmetic, exchange
 * time, configuration order.
 */
package io.tickbridge.gateway.signal;
