package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.files.FileFailure;
import io.tickbridge.gateway.signal.SignalListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.agrona.DirectBuffer;

/** Signals as the add-on's console writes those that it receives, so that the two files can be compared: each body in hexadecimal, a line. */
final class SignalBodies implements SignalListener, AutoCloseable {
    private final Path file;
    private final BufferedWriter out;
    private final byte[] body = new byte[BODY_LENGTH];

    private SignalBodies(final Path file, final BufferedWriter out) {
        this.file = file;
        this.out = out;
    }

    /** Into a file, which is replaced. */
    static SignalBodies into(final Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return new SignalBodies(file, Files.newBufferedWriter(file, StandardCharsets.US_ASCII));
    }

    @Override
    public void onSignal(final DirectBuffer buffer, final int offset, final long receiveTime) {
        buffer.getBytes(offset, body);
        try {
            out.write(HexFormat.of().formatHex(body));
            out.write('\n');
        } catch (final IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (final IOException e) {
            throw failure(e);
        }
    }

    private UncheckedIOException failure(final IOException cause) {
        return new UncheckedIOException(file + ": " + FileFailure.reason(cause), cause);
    }
}
