package io.tickbridge.gateway.signal;

/** A signal rule cannot be built as configured. The message names rule and key, what was found and what is allowed. */
public final class SignalConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * With everything the user needs in the message.
     *
     * @param message one line
     */
    public SignalConfigException(final String message) {
        super(message);
    }

    /**
     * With the failure behind it, for kinds that failed in a way of their own.
     *
     * @param message one line
     * @param cause   what the kind threw
     */
    public SignalConfigException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
