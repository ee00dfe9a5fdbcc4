package io.tickbridge.integration.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is added to a growing file of lines, asked again and again: each byte is read once, however long it gets. */
public final class AddedLines {
    private static final int CHUNK = 1 << 20;

    private final Path file;
    private long position;

    AddedLines(final Path file) {
        this.file = file;
    }

    /**
     * The whole lines that were not returned before; the first time from the file's beginning.
     *
     * @return with the end of each; empty: there is none
     * @throws IOException when the file cannot be read
     */
    public String next() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            final StringBuilder lines = new StringBuilder();
            for (long left = channel.size() - position; left > 0; left = channel.size() - position) {
                final ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(left, CHUNK));
                channel.position(position);
                while (bytes.hasRemaining() && channel.read(bytes) > 0) {
                    continue;
                }
                int end = bytes.position();
                while (end > 0 && bytes.get(end - 1) != '\n') {
                    end--;
                }
                if (end == 0) {
                    break; // a line that is not whole yet
                }
                lines.append(new String(bytes.array(), 0, end, StandardCharsets.UTF_8));
                position += end;
            }
            return lines.toString();
        }
    }
}
