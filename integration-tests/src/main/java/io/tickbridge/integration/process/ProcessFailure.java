package io.tickbridge.integration.process;

/** A process did not do what it was started for; the message says which, what, and where to look. */
public final class ProcessFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message for the user
     */
    public ProcessFailure(final String message) {
        super(message);
    }
}
