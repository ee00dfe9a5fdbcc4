/**
 * Post-trade: reads a journal, summarises it, runs the pipeline again over its frames and compares.
 *
 * <p>{@link io.tickbridge.gateway.replay.ReplaySummary} says what a journal holds; {@link
 * io.tickbridge.gateway.replay.ReplayVerifier} proves that the same frames still give the same signals. The pipeline
 * comes in through {@link io.tickbridge.gateway.replay.ReplayPipelineFactory}, of which {@link
 * io.tickbridge.gateway.replay.PipelineReplay} is the real one.
 *
 * <p>The journal played to others: {@link io.tickbridge.gateway.replay.MulticastReplay} to whoever listens to the exchange,
 * {@link io.tickbridge.gateway.replay.LinkRehearsal} to add-ons, {@link io.tickbridge.gateway.replay.WhatIf} to other settings,
 * at a {@link io.tickbridge.gateway.replay.Pace}. {@link io.tickbridge.gateway.replay.JournalCheck} tells whether it is whole.
 *
 * <p>May depend on {@code journal}, {@code pipeline}, {@code link}, {@code book} and {@code filter}. Runs on the caller's thread.
 */
package io.tickbridge.gateway.replay;
