package io.tickbridge.gateway.journal;

/** A journal cannot be written or read. The message says which, where, and what to do about it. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Without an underlying failure.
     *
     * @param message one line for the user
     */
    public JournalException(final String message) {
        super(message);
    }

    /**
     * With the failure that caused it.
     *
     * @param message one line for the user
     * @param cause   what went wrong below
     */
    public JournalException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
