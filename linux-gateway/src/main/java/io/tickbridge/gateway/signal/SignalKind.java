package io.tickbridge.gateway.signal;

/**
 * A kind of signal: a name that the configuration can use, and the rule behind it. Implement this and
 * {@link SignalRule} to add a signal of your own; SIGNALS.md shows a complete one.
 *
 * <p>Found by {@link java.util.ServiceLoader}, hence a public class with a public constructor without arguments,
 * named in {@code META-INF/services/io.tickbridge.gateway.signal.SignalKind}.
 */
public interface SignalKind {

    /**
     * What the configuration calls it under {@code kind}.
     *
     * @return 1 to 32 of the characters a-z, 0-9 and '-'; the same at every call, and no other kind's
     */
    String name();

    /**
     * A new rule in its initial state, for one instrument. Called once when the configuration is checked, and again
     * for each instrument that the rule applies to, when the instrument is first heard of: allocate here, nowhere
     * later.
     *
     * @param parameters what the configuration says; ask it for every parameter that the kind knows, at every call,
     *                   because what was not asked for is refused as unknown
     * @param ruleNumber place of the rule in the configuration, from 1
     * @return the rule, shared with no other instrument
     * @throws SignalConfigException when the parameters contradict each other
     */
    SignalRule create(SignalParameters parameters, int ruleNumber);
}
