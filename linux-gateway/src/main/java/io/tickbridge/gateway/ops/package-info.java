/**
 * Counters and latency figures of a running gateway, in a mapped file that other processes read.
 *
 * <p>May depend on nothing above {@code capture}, {@code filter} and {@code feed}. Written off the hot path.
 */
package io.tickbridge.gateway.ops;
