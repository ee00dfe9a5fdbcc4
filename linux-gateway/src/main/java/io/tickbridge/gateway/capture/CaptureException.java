package io.tickbridge.gateway.capture;

import java.nio.file.Path;

/** A source that cannot be opened or cannot be read on. The message says what, where, and what would be right. */
public final class CaptureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A failure of a source that is no file.
     *
     * @param message what is wrong, where, and what to do
     * @param cause   what the layer below said, or null
     */
    public CaptureException(final String message, final Throwable cause) {
        super(message, cause);
    }

    /**
     * A failure in a capture file.
     *
     * @param file   which
     * @param offset byte of the file, after decompression, at which the wrong thing stands
     * @param found  what stands there
     * @param wanted what ought to
     */
    public CaptureException(final Path file, final long offset, final String found, final String wanted) {
        super(file + ": at byte " + offset + ": found " + found + "; wanted " + wanted);
    }
}
