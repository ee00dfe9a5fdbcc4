/**
 * The built-in kinds of signal, each a kind that reads its parameters and a rule that does the arithmetic. SIGNALS.md
 * defines every one of them in words, formula and units; where the two differ, one of them is a bug.
 *
 * <p>Integer arithmetic only, exact for every price and quantity a book can hold. May depend on {@code signal},
 * {@code book} and {@code feed}. Runs on the receive thread.
 */
package io.tickbridge.gateway.signal.rule;
