package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tickbridge.protocol.FrameCheck;
import io.tickbridge.protocol.FrameHeaderDecoder;
import io.tickbridge.protocol.LogonDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The link's parts one by one: key file, proofs, framing, conflation, retention. */
class LinkPartsTest {
    private static final long SEED = 20261122;

    @TempDir
    private Path directory;

    @Test
    void readsAKeyFile() throws IOException {
        final String digits = "0123456789abcdefABCDEF0123456789 \n0123456789abcdefABCDEF0123456789\n";
        final Path file = Files.writeString(directory.resolve("key"), digits);
        assertArrayEquals(HexFormat.of().parseHex(digits.replaceAll("\\s", "")), PreSharedKey.read(file).getEncoded());
    }

    @Test
    void refusesOtherKeyFilesInWords() throws IOException {
        final Path file = directory.resolve("key");
        assertRefused(file, "does not exist; make one with: (umask 077; openssl rand -hex 32 > FILE)");
        Files.writeString(file, "00".repeat(31));
        assertRefused(file, "holds 62 hexadecimal digits, needed is an even number of at least 64");
        Files.writeString(file, "0".repeat(65));
        assertRefused(file, "holds 65 hexadecimal digits");
        Files.writeString(file, "");
        assertRefused(file, "holds 0 hexadecimal digits");
        Files.writeString(file, "0x" + "00".repeat(32));
        assertRefused(file, "other than hexadecimal digits");
        Files.write(file, new byte[] {(byte) 0xff, 0, 1});
        assertRefused(file, "other than hexadecimal digits");
        assertRefused(directory, "cannot be read");
    }

    private static void assertRefused(final Path file, final String text) {
        final IOException refused = assertThrows(IOException.class, () -> PreSharedKey.read(file));
        assertTrue(refused.getMessage().startsWith("link key file " + file), refused::getMessage);
        assertTrue(refused.getMessage().contains(text), refused::getMessage);
    }

    @Test
    void noticesWhoMayReadTheKey() throws IOException {
        final Path file = Files.writeString(directory.resolve("key"), "00");
        for (final String open : List.of("rw-r-----", "rw----r--", "rw-r--r--")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
            assertTrue(PreSharedKey.isReadableByOthers(file), open);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw--w--w-"));
        assertFalse(PreSharedKey.isReadableByOthers(file));
    }

    static List<Map<String, String>> logons() {
        return LinkVectors.read("logon.txt");
    }

    @ParameterizedTest
    @MethodSource("logons")
    void proofsAreTheGoldenOnes(final Map<String, String> vector) {
        final LogonExchange exchange = new LogonExchange(false);
        final SecretKey key = new SecretKeySpec(hex(vector, "key"), PreSharedKey.ALGORITHM);
        final byte[] serverNonce = hex(vector, "serverNonce");
        final byte[] frame = ByteBuffer.wrap(TestAddOn.frame(2, 112, 1).array())
                .position(32 + 16).put(hex(vector, "clientNonce")).put(hex(vector, "clientProof"))
                .put(vector.get("clientName").getBytes(StandardCharsets.US_ASCII)).array();
        final LogonDecoder logon =
                new LogonDecoder().wrapAndApplyHeader(new UnsafeBuffer(frame), 0, new FrameHeaderDecoder());
        assertTrue(exchange.isRight(logon, serverNonce, new byte[0], key));
        assertArrayEquals(hex(vector, "gatewayProof"),
                exchange.answer(logon, serverNonce, Long.parseUnsignedLong(vector.get("session")), new byte[0], key));
        for (int i = 32 + 16; i < frame.length; i++) {
            frame[i] ^= 0x40;
            assertFalse(exchange.isRight(logon, serverNonce, new byte[0], key), "byte " + i + " changed");
            frame[i] ^= 0x40;
        }
        serverNonce[0] ^= 1;
        assertFalse(exchange.isRight(logon, serverNonce, new byte[0], key));
    }

    private static byte[] hex(final Map<String, String> vector, final String key) {
        return HexFormat.of().parseHex(vector.get(key));
    }

    /** Whatever the pieces in which a stream arrives, the same frames come out. */
    @Test
    void framesDoNotDependOnThePiecesTheyComeIn() {
        final Random random = new Random(SEED);
        final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            if (random.nextInt(4) == 0) {
                stream.writeBytes(TestAddOn.frame(900, 8 * random.nextInt(125), 1).array());
                expected.add("unknown");
            } else {
                stream.writeBytes(TestAddOn.heartbeat(i));
                expected.add("heartbeat " + i);
            }
        }
        for (int run = 0; run < 20; run++) {
            final Recording recording = new Recording();
            final FrameDecoder decoder = new FrameDecoder();
            final ByteBuf all = Unpooled.wrappedBuffer(stream.toByteArray());
            final int most = run == 0 ? 1 : 1 + random.nextInt(5000);
            while (all.isReadable()) {
                decoder.onBytes(all.readSlice(Math.min(all.readableBytes(), 1 + random.nextInt(most))), recording);
            }
            assertEquals(expected, recording.found, "seed " + SEED + " run " + run);
        }
    }

    @Test
    void nothingIsReadAfterAnError() {
        final Recording recording = new Recording();
        final ByteBuf bytes = Unpooled.buffer().writeBytes(TestAddOn.heartbeat(1)).writeIntLE(1032)
                .writeBytes(TestAddOn.heartbeat(2));
        new FrameDecoder().onBytes(bytes, recording);
        assertEquals(List.of("heartbeat 1", "LENGTH_TOO_LARGE"), recording.found);
    }

    private static final class Recording implements FrameDecoder.Sink {
        private final List<String> found = new ArrayList<>();
        private boolean open = true;

        @Override
        public void onFrame(final DirectBuffer buffer, final int offset) {
            found.add("heartbeat " + buffer.getLong(offset + 32, ByteOrder.LITTLE_ENDIAN));
        }

        @Override
        public boolean admits() {
            return true;
        }

        @Override
        public void onBrokenSeal() {
            throw new IllegalStateException("nothing is sealed here");
        }

        @Override
        public void onUnknown() {
            found.add("unknown");
        }

        @Override
        public void onMalformed(final FrameCheck error, final DirectBuffer buffer, final int offset) {
            found.add(error.name());
            open = false;
        }

        @Override
        public boolean isOpen() {
            return open;
        }
    }

    /** Against a map that keeps the order in which keys were first put. */
    @Test
    void conflationKeepsOrderAndCount() {
        final Random random = new Random(SEED);
        final QuoteConflation conflation = new QuoteConflation();
        final Map<Integer, Integer> model = new LinkedHashMap<>();
        for (int i = 0; i < 100_000; i++) {
            if (random.nextInt(3) > 0) {
                final int instrument = random.nextInt(1 + i / 100);
                assertEquals(model.containsKey(instrument), conflation.defer(instrument));
                model.merge(instrument, 0, (old, zero) -> old + 1);
            } else if (!model.isEmpty()) {
                final Map.Entry<Integer, Integer> oldest = model.entrySet().iterator().next();
                model.remove(oldest.getKey());
                assertEquals(oldest.getKey(), conflation.first());
                assertEquals(oldest.getValue(), conflation.removeFirst());
            }
            assertEquals(model.isEmpty(), conflation.isEmpty());
        }
    }

    @Test
    void limitsAreChecked() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> new RetainedFrames(1000));
        assertThrows(IllegalArgumentException.class, () -> new RetainedFrames(0));
        assertThrows(IllegalArgumentException.class, () -> new RetainedFrames(1 << 26));
        final RetainedFrames retained = new RetainedFrames(4);
        assertEquals(1, retained.first());
        assertEquals(0, retained.last());
        for (int i = 1; i <= 9; i++) {
            assertEquals(i, retained.next());
        }
        assertEquals(6, retained.first());
        final Path key = Files.writeString(directory.resolve("key"), "00".repeat(32));
        final IllegalArgumentException small = assertThrows(IllegalArgumentException.class, () -> new LinkServer(
                LinkHarness.config(key, 0, LinkHarness.Setup.USUAL.peerBuffer(4095)), "g", List.of(),
                new ManualClock(), LinkJournal.NONE));
        assertEquals("link.peerBuffer is 4095 bytes, least is 4096", small.getMessage());
    }

    @Test
    void onlySignalsReceivedBeforeAPointInTimeCountAsOld() {
        final RetainedFrames retained = new RetainedFrames(4);
        final MarketFrames frames = new MarketFrames();
        final UnsafeBuffer body = new UnsafeBuffer(new byte[64]);
        final long signal = retained.next();
        frames.signal(retained.buffer(), retained.offset(signal), body, 0, 1000, signal, 5);
        assertFalse(retained.isSignalReceivedBefore(signal, 999));
        assertFalse(retained.isSignalReceivedBefore(signal, 1000));
        assertTrue(retained.isSignalReceivedBefore(signal, 1001));
        final long state = retained.next();
        frames.state(retained.buffer(), retained.offset(state), new LinkedInstrument(new TestBook(1), 0), 1, state, 5);
        assertFalse(retained.isSignalReceivedBefore(state, Long.MAX_VALUE));
        assertEquals(104, retained.length(signal));
        assertEquals(56, retained.length(state));
    }

    @Test
    void textFitsItsField() {
        assertEquals("abc", WireText.fit("abc", 3));
        assertEquals("a...", WireText.fit("abcde", 4));
        assertEquals("Z?rich?", WireText.fit("Zürich\n", 10));
    }
}
