package io.tickbridge.gateway.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Where commands print: a large buffer, flushed when they end. A writer of Java's own hides that nobody reads any more;
 * this one ends the command then, as {@code tickbridge decode FILE | head} expects.
 */
final class StandardOutput {
    private static final int BUFFER = 1 << 16;

    private StandardOutput() {
    }

    static PrintWriter open() {
        return writer(new FileOutputStream(FileDescriptor.out));
    }

    static PrintWriter writer(final OutputStream stream) {
        return new PrintWriter(new BufferedWriter(
                new OutputStreamWriter(new Unforgiving(stream), StandardCharsets.UTF_8), BUFFER), false);
    }

    /** Output that could not be written. */
    static final class Failure extends UncheckedIOException {
        private static final long serialVersionUID = 1L;
        private static final String READER_GONE = "Broken pipe"; // EPIPE in words

        Failure(final IOException cause) {
            super("standard output: " + cause.getMessage(), cause);
        }

        /** Whether the reader has seen enough, which is no reason to complain. */
        boolean isReaderGone() {
            return READER_GONE.equals(getCause().getMessage());
        }
    }

    /** Throws what a print writer would swallow. */
    private static final class Unforgiving extends FilterOutputStream {
        private Unforgiving(final OutputStream out) {
            super(out);
        }

        @Override
        public void write(final byte[] bytes, final int offset, final int length) {
            try {
                out.write(bytes, offset, length);
            } catch (final IOException e) {
                throw new Failure(e);
            }
        }

        @Override
        public void write(final int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void flush() {
            try {
                out.flush();
            } catch (final IOException e) {
                throw new Failure(e);
            }
        }
    }
}
