package io.tickbridge.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.fuzz.Piece;
import io.tickbridge.gateway.fuzz.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A journal's file, each piece of it behind a control byte: as it stands (even), or as a frame, signal or gap whose length,
 * number and checksum are then put right (odd), so that what follows the checksum is reached too.
 *
 * <p>Against a walk over the same bytes with a checksum of its own: what is handed over are sound records of the file in their
 * order; where it is not all that was written, damage is told; and a second reading tells the same.
 */
class JournalFuzzTest {
    private static final int PREFIX = 4;
    private static final int HEADER = 24;
    private static final int LONGEST = 1 << 20;

    private static final Path DIRECTORY = temporary();

    static Stream<Arguments> seeds() throws IOException {
        final Path directory = Files.createTempDirectory("fuzz-seed");
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[60]);
        try (Journal journal = Journal.open(RecordedJournal.config(directory, 1 << 20), RecordedJournal.run("x"), true)) {
            for (int i = 0; i < 6; i++) {
                frame.setMemory(0, 60, (byte) i);
                journal.recorder().onFrame(frame, 0, 20 + i, 1_000_000 + i, 3);
            }
        }
        final List<byte[]> records = new ArrayList<>();
        final Path file = dayFile(directory);
        final ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + PREFIX <= in.limit() && in.getInt(at) != 0;) {
            final int length = in.getInt(at) & 0x3fff_ffff;
            if ((in.getInt(at) & 0xc000_0000) == 0) {
                records.add(Arrays.copyOfRange(in.array(), at, at + (PREFIX + length + 3) / 4 * 4));
            }
            at += (PREFIX + length + 3) / 4 * 4;
        }
        delete(directory);
        final byte[] written = new byte[64];
        written[16] = 2;
        final byte[] signal = new byte[HEADER + 64];
        signal[16] = 3;
        final byte[] gap = new byte[HEADER + 24];
        gap[16] = 4;
        final List<Piece> made = Stream.of(written, signal, gap, written).map(bytes -> new Piece(1, bytes)).toList();
        return Seeds.named(Stream.concat(Seeds.rows(records, 0, records.size()),
                Stream.of(Piece.join(made), Piece.join(Stream.concat(Stream.of(new Piece(0, records.get(0))), made.stream()).toList()))));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void file(final byte[] input) throws IOException {
        final byte[] bytes = bytes(Piece.of(input));
        Files.write(DIRECTORY.resolve("20231114L.cq4"), bytes);
        final Reading first = new Reading(bytes);
        final Reading second = new Reading(bytes);
        assertEquals(first.story, second.story);
        // Damage is told before what comes after it, so that the walk up to the first of it needs to be as far as this.
        if (first.damages == 0 && !first.refused) {
            assertEquals(sound(bytes), first.story, "all that was written, or damage");
        }
    }

    private static byte[] bytes(final List<Piece> pieces) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        int number = 0;
        for (final Piece piece : pieces) {
            if (piece.control() % 2 == 0) {
                out.writeBytes(piece.bytes());
                continue;
            }
            final byte[] record = Arrays.copyOf(piece.bytes(), Math.max(HEADER, piece.bytes().length));
            if (record[16] == 1 || record[16] == 5) {
                record[16] = 2; // a document of the run's own cannot be put right
            }
            final ByteBuffer document = ByteBuffer.allocate((PREFIX + record.length + 3) / 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
            document.putInt(record.length).put(record);
            document.putInt(PREFIX + 4, record.length - HEADER).putInt(PREFIX + 20, number++);
            document.putInt(PREFIX, checksum(document.array(), PREFIX, record.length));
            out.writeBytes(document.array());
        }
        return out.toByteArray();
    }

    /** Documents from length to length up to where nothing more was written, in lines. */
    private static List<String> sound(final byte[] bytes) {
        final List<String> lines = new ArrayList<>();
        final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = 0; at + PREFIX <= bytes.length;) {
            final int prefix = in.getInt((int) at);
            final int length = prefix & 0x3fff_ffff;
            if (prefix <= 0) {
                break;
            }
            if ((prefix & 0x4000_0000) == 0) {
                assertTrue(isSound(in, (int) at), "an unsound record, and no damage told");
                lines.add(line(bytes, (int) at));
            }
            at += (PREFIX + (long) length + 3) / 4 * 4;
        }
        return lines;
    }

    private static boolean isSound(final ByteBuffer in, final int at) {
        final int length = in.getInt(at);
        return length >= HEADER && length <= LONGEST && length <= in.limit() - at - PREFIX
                && in.getInt(at + PREFIX + 4) == length - HEADER
                && in.getInt(at + PREFIX) == checksum(in.array(), at + PREFIX, length);
    }

    private static int checksum(final byte[] bytes, final int record, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, record + 4, length - 4);
        return (int) crc.getValue();
    }

    /** A record by its content. */
    private static String line(final byte[] bytes, final int at) {
        final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final int record = at + PREFIX;
        final int type = bytes[record + 16];
        final byte[] payload = Arrays.copyOfRange(bytes, record + HEADER, record + in.getInt(at));
        return switch (type) {
            case 1 -> "run started";
            case 5 -> "run stopped";
            case 2 -> "2 " + in.getLong(record + 8) + " " + (in.getShort(record + 18) & 0xffff) + " " + Arrays.toString(payload);
            case 3 -> "3 " + in.getLong(record + 8) + " " + Arrays.toString(payload);
            default -> "4 " + in.getLong(record + 8) + " " + Arrays.toString(payload);
        };
    }

    /** What the reader hands over. */
    private static final class Reading implements JournalRecordHandler {
        private final List<String> story = new ArrayList<>();
        private final List<String> inFile = new ArrayList<>();
        private int damages;
        private boolean refused;
        private int found;

        Reading(final byte[] bytes) {
            final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at + PREFIX + HEADER <= bytes.length; at += 4) {
                if (isSound(in, at)) {
                    inFile.add(line(bytes, at));
                }
            }
            try (JournalReader reader = JournalReader.open(DIRECTORY)) {
                reader.readAll(this);
            } catch (final JournalException e) {
                assertTrue(e.getMessage().contains("use a newer build"), e.getMessage());
                refused = true;
            }
        }

        private void add(final String line) {
            while (found < inFile.size() && !inFile.get(found).equals(line)) {
                found++;
            }
            assertTrue(found++ < inFile.size(), () -> "handed over, and not a sound record of the file: " + line);
            story.add(line);
        }

        private static byte[] copy(final DirectBuffer buffer, final int offset, final int length) {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            return copy;
        }

        @Override
        public void onRunStarted(final long index, final RunStarted run) {
            add("run started");
        }

        @Override
        public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
                final long receiveTime, final int line) {
            add("2 " + receiveTime + " " + line + " " + Arrays.toString(copy(buffer, offset, length)));
        }

        @Override
        public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
            add("3 " + receiveTime + " " + Arrays.toString(copy(body, offset, 64)));
        }

        @Override
        public void onGap(final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
            final ByteBuffer gap = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
            add("4 " + firstTime + " " + Arrays.toString(gap.putLong(frames).putLong(signals).putLong(lastTime).array()));
        }

        @Override
        public void onRunStopped(final long index, final RunStopped run) {
            add("run stopped");
        }

        @Override
        public void onDamaged(final long index, final JournalDamage damage) {
            damages++;
        }
    }

    private static Path temporary() {
        try {
            final Path directory = Files.createTempDirectory("fuzz-journal");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            return directory;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path dayFile(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
    }

    private static void delete(final Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
