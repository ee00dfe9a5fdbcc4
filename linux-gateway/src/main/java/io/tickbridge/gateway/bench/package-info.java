/**
 * Benchmarks of the gateway's own path, each beside a baseline taken in the same invocation.
 *
 * <p>May depend on everything below the command line. Runs on the caller's thread.
 */
package io.tickbridge.gateway.bench;
