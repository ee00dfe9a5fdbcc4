package io.tickbridge.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where, by the header of one of the queue's files, its last record begins: the first value of the header's field
 * "writePosition", which Chronicle sets once the record is complete. What comes after a record that a cut took away whole leaves
 * no other trace.
 */
final class LastRecord {
    /** Far more than the header takes up to that field. */
    private static final int LOOKED_AT = 256;
    private static final byte[] FIELD = "writePosition".getBytes(StandardCharsets.US_ASCII);
    /** Chronicle Wire's code of an array of int64; then come its capacity, how many are in use, and they. */
    private static final byte INT64_ARRAY = (byte) 0x8d;
    /** Between name and code there is padding only, up to a multiple of eight. */
    private static final int MOST_PADDING = 16;
    private static final long VALUES = 2;

    private LastRecord() {
    }

    /** Byte of its prefix; 0 when the header does not say, which for a file that was cut inside it is no loss. */
    static long position(final Path file) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(LOOKED_AT).order(RecordLayout.ORDER);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
                continue;
            }
        }
        bytes.flip();
        for (int at = 0; at + FIELD.length < bytes.limit(); at++) {
            if (bytes.slice(at, FIELD.length).equals(ByteBuffer.wrap(FIELD))) {
                return firstValue(bytes, at + FIELD.length);
            }
        }
        return 0;
    }

    private static long firstValue(final ByteBuffer bytes, final int from) {
        for (int at = from; at < from + MOST_PADDING; at++) {
            final int values = at + 1 + 2 * Long.BYTES;
            if (values + Long.BYTES > bytes.limit()) {
                return 0;
            }
            if (bytes.get(at) == INT64_ARRAY && bytes.getLong(at + 1) == VALUES) {
                return Math.max(0, bytes.getLong(values));
            }
        }
        return 0;
    }
}
