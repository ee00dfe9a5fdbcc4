/**
 * Benchmarks of RFC 2544, section 26, for what receives frames on this machine: throughput, latency, frame loss and
 * back-to-back frames, for each frame size. The device under test is a packet source with the thread that polls it; what
 * is searched for knows it only as a {@link io.tickbridge.gateway.bench.rfc2544.Device}.
 *
 * <p>May depend on {@code bench.wire}, {@code capture}, {@code page} and {@code placement}. Runs on the caller's thread,
 * which polls; the sender has a thread of its own.
 */
package io.tickbridge.gateway.bench.rfc2544;
