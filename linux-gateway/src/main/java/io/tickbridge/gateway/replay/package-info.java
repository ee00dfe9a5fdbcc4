/**
 * Post-trade: reads a journal, summarises it, runs the pipeline again over its frames and compares.
 *
 * <p>May depend on {@code journal} and {@code pipeline}. Runs on the caller's thread.
 */
package io.tickbridge.gateway.replay;
