/**
 * What the ef_vi backend is told: configuration in, the backend's settings out.
 *
 * <p>May depend on {@code capture}, {@code capture.burst} and {@code config}. Runs once, on the thread that opens the source.
 */
package io.tickbridge.gateway.capture.efvi;
