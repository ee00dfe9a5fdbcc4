package io.tickbridge.gateway.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.fuzz.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A capture file behind a byte that says how it is handed over: whole (0), in short pieces (1), packed by gzip (2), or as the
 * content of a gzip stream itself (3). Against {@link PlainCapture}, which has the file in one array: the same frames with the
 * same times, then the same end, which is sound, cut or an error that says where.
 */
class CaptureFuzzTest {
    private static final int WAYS = 4;
    private static final int SHORT = 7;

    static Stream<Arguments> seeds() {
        final List<byte[]> files = Stream.of(Seeds.CME, "iex-truncated.pcapng", Seeds.ITCH)
                .flatMap(Seeds::file).map(file -> Arrays.copyOf(file, Math.min(file.length, 3000))).toList();
        return Seeds.named(Stream.concat(PlainCapture.samples().stream(), files.stream())
                .flatMap(file -> Stream.of(0, 1, 2).map(way -> {
                    final byte[] input = new byte[1 + file.length];
                    input[0] = (byte) (int) way;
                    System.arraycopy(file, 0, input, 1, file.length);
                    return input;
                })));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void file(final byte[] input) {
        if (input.length == 0) {
            return;
        }
        final int way = (input[0] & 0xff) % WAYS;
        final byte[] file = Arrays.copyOfRange(input, 1, input.length);
        final SourceCounts counts = new SourceCounts();
        final List<String> frames = new ArrayList<>();
        String end;
        try (CaptureWindow window = new CaptureWindow(Path.of("fuzz.pcap"), open(file, way))) {
            final CaptureReader reader = CaptureFormat.detect(window).reader(window, counts);
            while (reader.next()) {
                final byte[] bytes = new byte[reader.length()];
                reader.buffer().getBytes(reader.offset(), bytes);
                frames.add(PlainCapture.text(reader.timestamp(), reader.port(), bytes));
            }
            assertFalse(reader.next(), "a frame after the end");
            end = reader.truncation().isPresent() ? PlainCapture.CUT : PlainCapture.SOUND;
        } catch (final CaptureException e) {
            assertTrue(e.getMessage().startsWith("fuzz.pcap"), e.getMessage());
            end = PlainCapture.REFUSED;
        } catch (final IOException e) {
            return; // no gzip stream: nothing was opened
        }
        if (way < WAYS - 1) {
            final PlainCapture plain = new PlainCapture(file);
            assertEquals(plain.frames, frames);
            assertEquals(plain.end, end, () -> "end; by hand " + plain.why);
            assertEquals(plain.partial + (end.equals(PlainCapture.CUT) ? 1 : 0), counts.truncated());
        }
    }

    private static ReadableByteChannel open(final byte[] file, final int way) throws IOException {
        return switch (way) {
            case 0 -> Channels.newChannel(new ByteArrayInputStream(file));
            case 1 -> new ShortReads(file);
            case 2 -> new GzipChannel(new ByteArrayInputStream(packed(file)));
            default -> new GzipChannel(new ByteArrayInputStream(file));
        };
    }

    private static byte[] packed(final byte[] file) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** As a pipe may give it. */
    private static final class ShortReads implements ReadableByteChannel {
        private final ByteBuffer rest;

        ShortReads(final byte[] file) {
            rest = ByteBuffer.wrap(file);
        }

        @Override
        public int read(final ByteBuffer target) {
            if (!rest.hasRemaining()) {
                return -1;
            }
            final int count = Math.min(Math.min(SHORT, rest.remaining()), target.remaining());
            target.put(rest.slice(rest.position(), count));
            rest.position(rest.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
