package io.tickbridge.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a killed writer had begun behind the last record. Chronicle writes a record's prefix last, so that nothing of it counts; but
 * where its successor writes a shorter record in the same place, the rest would stand where the next prefix is looked for.
 */
final class UnfinishedRecord {
    private static final int ZEROS = 64 << 10;
    /** The longest record, and more than its prefix and padding. */
    private static final long MOST = RecordLayout.MAX_RECORD_LENGTH + ZEROS;

    private UnfinishedRecord() {
    }

    /**
     * Clears it, before anything is written in its place: a successor may be killed too.
     *
     * @param file       that nobody writes to
     * @param lastRecord where a record begins behind which only such are that the header does not state yet
     */
    static void clear(final Path file, final long lastRecord) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long at = lastRecord;
            for (int prefix = prefix(channel, at); prefix != 0; prefix = prefix(channel, at)) {
                if (prefix < 0) {
                    return; // the file was ended here, or is damaged: reading says so
                }
                at = CycleFile.after(at, prefix & CycleFile.LENGTH_MASK);
            }
            final long end = Math.min(channel.size(), at + MOST);
            final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
            while (at < end) {
                zeros.clear().limit((int) Math.min(ZEROS, end - at));
                at += channel.write(zeros, at);
            }
        }
    }

    /** Below 0, as of a record without a length, where the file ends. */
    private static int prefix(final FileChannel channel, final long at) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(RecordLayout.ORDER);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
            continue;
        }
        return bytes.hasRemaining() ? Integer.MIN_VALUE : bytes.getInt(0);
    }
}
