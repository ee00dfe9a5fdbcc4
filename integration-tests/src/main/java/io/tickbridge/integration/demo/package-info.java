/**
 * The demonstration: exchange simulator, gateway and add-on as separate processes, a live view of them, and the replay
 * that proves the journal.
 *
 * <p>May depend on {@code exchange} and on the gateway's counters file. Runs on the main thread.
 */
package io.tickbridge.integration.demo;
