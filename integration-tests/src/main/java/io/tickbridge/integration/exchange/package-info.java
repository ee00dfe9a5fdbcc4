/**
 * The exchange simulator: a seeded order flow, the true book it makes, and the CME MDP 3.0 packets that report it on
 * lines A and B, with the faults one asks for.
 *
 * <p>It shares no code with the gateway: packets are laid out here a second time, by hand, from CME's specification,
 * so that a misreading in one shows against the other. Runs on the thread that calls it.
 */
package io.tickbridge.integration.exchange;
