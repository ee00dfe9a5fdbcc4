/**
 * The exchange simulator: seeded order flows, the true books of single orders that they make, and the feeds of a CME
 * channel that report them on lines A and B: incremental, snapshots by price and by order, definitions. Between exchange
 * and gateway lies a wire with the faults that a seed asks for.
 *
 * <p>It shares no code with the gateway: packets and frames are laid out here a second time, by hand, from the
 * specifications, so that a misreading in one shows against the other. Runs on the thread that calls it.
 */
package io.tickbridge.integration.exchange;
