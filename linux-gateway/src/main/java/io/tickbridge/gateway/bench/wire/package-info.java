/**
 * What a benchmark puts on a wire, and the wire itself: test frames, an open-loop sender on a packet socket, a pair of
 * virtual interfaces, the sources that receive, and the few calls of the C library that these need.
 *
 * <p>May depend on {@code capture}, {@code config}, {@code placement} and {@code runtime}. The sender runs on a thread of its own; everything else on the caller's.
 */
package io.tickbridge.gateway.bench.wire;
