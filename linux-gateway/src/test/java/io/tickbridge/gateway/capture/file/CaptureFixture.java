package io.tickbridge.gateway.capture.file;

import io.tickbridge.gateway.capture.SourceCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads a whole capture into a list. */
final class CaptureFixture {
    final List<Frame> frames = new ArrayList<>();
    final SourceCounts counts = new SourceCounts();
    Optional<String> truncation = Optional.empty();

    record Frame(long time, int port, List<Byte> bytes) {
        static Frame of(final long time, final int port, final byte[] bytes) {
            final Byte[] boxed = new Byte[bytes.length];
            Arrays.setAll(boxed, i -> bytes[i]);
            return new Frame(time, port, List.of(boxed));
        }
    }

    static CaptureFixture read(final Path directory, final byte[] file) {
        try {
            return new CaptureFixture().readAll(Files.write(directory.resolve("capture"), file));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Frames read before a failure stay in the list. */
    CaptureFixture readAll(final Path file) {
        try (CaptureReader reader = CaptureFiles.reader(file, counts)) {
            while (reader.next()) {
                final byte[] bytes = new byte[reader.length()];
                reader.buffer().getBytes(reader.offset(), bytes);
                frames.add(Frame.of(reader.timestamp(), reader.port(), bytes));
            }
            truncation = reader.truncation();
        }
        return this;
    }
}
