package io.tickbridge.gateway.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.fuzz.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A file of ITCH messages behind a byte whose lowest bit packs it by gzip. Against a reading in one array: the same messages in
 * the same order, in packets whose numbers run on, and something is said when anything was left out.
 */
class ItchFileFuzzTest {
    private static final int HEADER = 20;
    private static final String TYPES = "SRHYLVWKJhAFECXDUPQBINO";
    private static final int[] LENGTHS = {12, 39, 25, 20, 26, 35, 12, 28, 35, 21, 36, 40, 31, 36, 23, 19, 35, 44, 40, 19, 50, 20, 48};
    private static final Map<Integer, Integer> LENGTH_OF = IntStream.range(0, LENGTHS.length).boxed()
            .collect(Collectors.toMap(i -> (int) TYPES.charAt(i), i -> LENGTHS[i]));

    private static final Path FILE = temporary();

    static Stream<Arguments> seeds() {
        return Seeds.named(Stream.of(true, false).flatMap(prefixed -> Stream.of(0, 1, 2).map(end -> {
            final ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.write(0);
            for (int i = 0; i < 2 * LENGTHS.length; i++) {
                final byte[] message = new byte[LENGTHS[i % LENGTHS.length]];
                message[0] = (byte) TYPES.charAt(i % LENGTHS.length);
                if (prefixed) {
                    file.write(0);
                    file.write(message.length);
                }
                file.writeBytes(message);
            }
            file.writeBytes(new byte[end]);
            return file.toByteArray();
        })));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void file(final byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        final byte[] file = Arrays.copyOfRange(input, 1, input.length);
        final boolean packed = (input[0] & 1) != 0;
        Files.write(FILE, packed ? gzip(file) : file);
        final Optional<MessageFile> recognised = ItchFile.recognise(FILE);
        if (!packed && file.length > 1 && file[0] == 0x1f && file[1] == (byte) 0x8b) {
            return; // gzip of its own, which the fuzzer is not likely to get right
        }
        final List<byte[]> found = new ArrayList<>();
        if (recognised.isEmpty()) {
            assertTrue(form(file) == null, "not recognised");
            return;
        }
        final Plain plain = new Plain(file, form(file));
        try {
            final List<String> said = recognised.get().read(new CaptureChannel(0), (channel, line, buffer, offset, length, time) -> {
                final ByteBuffer packet = ByteBuffer.allocate(length);
                buffer.getBytes(offset, packet, length);
                packet.flip();
                assertEquals(found.size() + 1, packet.getLong(10), "a packet's number");
                final int count = packet.getShort(18) & 0xffff;
                packet.position(HEADER);
                for (int i = 0; i < count; i++) {
                    final byte[] message = new byte[packet.getShort() & 0xffff];
                    packet.get(message);
                    found.add(message);
                }
                assertEquals(0, packet.remaining(), "bytes behind a packet's messages");
            });
            assertEquals(plain.isWhole, said.isEmpty(), () -> "said " + said);
        } catch (final CaptureException e) {
            throw new AssertionError("a file that can be read", e);
        }
        assertEquals(plain.messages.stream().map(Arrays::toString).toList(), found.stream().map(Arrays::toString).toList());
    }

    /** Whether messages have their lengths before them; null when the file is of neither form. */
    private static Boolean form(final byte[] file) {
        return fits(file, true) ? Boolean.TRUE : fits(file, false) ? Boolean.FALSE : null;
    }

    /** The first three messages, or as many as there are in the first KiB, have the lengths of their types. */
    private static boolean fits(final byte[] whole, final boolean prefixed) {
        final ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(whole, Math.min(whole.length, 1 << 10)));
        for (int i = 0; i < 3 && (i == 0 || in.hasRemaining()); i++) {
            final int stated = !prefixed ? -1 : in.remaining() < 3 ? -2 : in.getShort() & 0xffff;
            if (stated == -2 || !in.hasRemaining()) {
                return false;
            }
            final int length = LENGTH_OF.getOrDefault(in.get(in.position()) & 0xff, 0);
            if (length == 0 || prefixed && stated != length) {
                return false;
            }
            in.position(Math.min(in.limit(), in.position() + length));
        }
        return true;
    }

    /** All messages in the file. */
    private static final class Plain {
        private final List<byte[]> messages = new ArrayList<>();
        private final boolean isWhole;

        Plain(final byte[] file, final boolean prefixed) {
            final ByteBuffer in = ByteBuffer.wrap(file);
            while (in.remaining() >= (prefixed ? 2 : 1)) {
                final int length = prefixed ? in.getShort() & 0xffff : LENGTH_OF.getOrDefault(in.get(in.position()) & 0xff, 0);
                if (length == 0 || length > in.remaining()) {
                    isWhole = prefixed && length == 0 && !in.hasRemaining();
                    return;
                }
                final byte[] message = new byte[length];
                in.get(message);
                messages.add(message);
            }
            isWhole = !in.hasRemaining();
        }
    }

    private static byte[] gzip(final byte[] file) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(file);
        }
        return out.toByteArray();
    }

    private static Path temporary() {
        try {
            final Path file = Files.createTempFile("fuzz", ".itch");
            file.toFile().deleteOnExit();
            return file;
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
