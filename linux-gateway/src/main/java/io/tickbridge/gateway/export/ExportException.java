package io.tickbridge.gateway.export;

/** An export or a query cannot be done. The message says what, where, and what to do about it. */
public final class ExportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Without an underlying failure.
     *
     * @param message for the user
     */
    public ExportException(final String message) {
        super(message);
    }

    /**
     * With the failure that caused it.
     *
     * @param message for the user
     * @param cause   what went wrong below
     */
    public ExportException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
