/**
 * Post-trade: reads a journal, summarises it, runs the pipeline again over its frames and compares.
 *
 * <p>{@link io.tickbridge.gateway.replay.ReplaySummary} says what a journal holds; {@link
 * io.tickbridge.gateway.replay.ReplayVerifier} proves that the same frames still give the same signals. The pipeline
 * comes in through {@link io.tickbridge.gateway.replay.ReplayPipelineFactory}, of which {@link
 * io.tickbridge.gateway.replay.PipelineReplay} is the real one.
 *
 * <p>May depend on {@code journal} and {@code pipeline}. Runs on the caller's thread.
 */
package io.tickbridge.gateway.replay;
