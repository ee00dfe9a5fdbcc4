package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.protocol.ChallengeDecoder;
import io.tickbridge.protocol.FrameHeaderDecoder;
import io.tickbridge.protocol.LogonDecoder;
import io.tickbridge.protocol.LogoutDecoder;
import io.tickbridge.protocol.LogoutReason;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sealed frames: SPECIFICATION.md, section 4a. The other end is made of {@link javax.crypto.Mac}. */
class LinkSealTest {
    private static final long STREAM = 0xC0FFEEL;

    @TempDir
    private Path directory;

    private LinkHarness link() {
        return LinkHarness.sealing(directory);
    }

    private static TestAddOn loggedOn(final LinkHarness link) {
        final TestAddOn addOn = link.challenged();
        addOn.send(addOn.sealingLogon(LinkHarness.KEY, "test", 3));
        link.until(() -> addOn.has(36));
        return addOn;
    }

    @Test
    void everyFrameAfterTheLogonIsSealedBothWays() {
        try (LinkHarness link = link()) {
            final TestAddOn addOn = loggedOn(link);
            assertEquals(1, addOn.first(ChallengeDecoder.TEMPLATE_ID).uint8(4), "HMAC_SHA256");
            addOn.send(addOn.sealed(TestAddOn.probe(1, link.clock.now())));
            for (int i = 0; i < 50; i++) {
                link.signal();
            }
            addOn.send(addOn.sealed(TestAddOn.reportStream(STREAM, 1)));
            addOn.send(addOn.sealed(TestAddOn.position(STREAM, 1)));
            addOn.send(addOn.sealed(TestAddOn.frame(999, 40, 3).array()));
            addOn.send(addOn.sealed(TestAddOn.probe(2, link.clock.now())));
            link.until(() -> addOn.all(8).size() == 2 && addOn.sequenced().size() == 50);
            assertEquals(1, link.server.counts().get(LinkCounter.UNKNOWN_MESSAGES));
            addOn.send(addOn.sealed(TestAddOn.logout()));
            link.until(addOn::isEnded);
            assertEquals(0, addOn.wrongTags());
            assertEquals(0, link.server.counts().get(LinkCounter.BROKEN_SEALS));
        }
    }

    /** A tag takes a µs or two: however much was missed, the receive thread is back at the feed soon. */
    @Test
    void whatWasMissedIsSealedInSmallSteps() {
        try (LinkHarness link = link()) {
            for (int i = 0; i < 1000; i++) {
                link.signal();
            }
            final TestAddOn addOn = link.challenged();
            addOn.send(addOn.sealingLogon(LinkHarness.KEY, "test", 3, 0, 1));
            long most = 0;
            final LinkCounts counts = link.server.counts();
            while (counts.get(LinkCounter.SENT_RESUMED) < 1000) {
                final long before = counts.get(LinkCounter.SENT_RESUMED);
                link.server.doWork();
                most = Math.max(most, counts.get(LinkCounter.SENT_RESUMED) - before);
            }
            final long steps = most;
            assertTrue(steps <= 16, () -> steps + " frames in one step");
            link.until(() -> addOn.sequenced().size() == 1000);
            assertEquals(0, addOn.wrongTags());
        }
    }

    static Stream<Map.Entry<String, Consumer<TestAddOn>>> attacks() {
        final byte[] beat = TestAddOn.heartbeat(1);
        final Map<String, Consumer<TestAddOn>> beforeItsSeal = Map.of( // all that can be told of it is that it has a length
                "another schema", addOn -> {
                    final byte[] frame = addOn.sealed(beat);
                    frame[8] ^= 1;
                    addOn.send(Arrays.copyOf(frame, 40));
                    addOn.send(Arrays.copyOfRange(frame, 40, frame.length));
                },
                "a shorter block", addOn -> {
                    final byte[] frame = addOn.sealed(beat);
                    frame[4] = 0;
                    addOn.send(frame);
                },
                "a block beyond the frame", addOn -> {
                    final byte[] frame = addOn.sealed(beat);
                    frame[4] = 120;
                    addOn.send(frame);
                });
        final Map<String, Consumer<TestAddOn>> others = Map.of(
                "not sealed", addOn -> addOn.send(beat),
                "played again", addOn -> {
                    final byte[] frame = addOn.sealed(beat);
                    addOn.send(frame);
                    addOn.send(frame);
                },
                "one left out", addOn -> {
                    addOn.sealed(beat);
                    addOn.send(addOn.sealed(TestAddOn.heartbeat(2)));
                },
                "two exchanged", addOn -> {
                    final byte[] first = addOn.sealed(beat);
                    addOn.send(addOn.sealed(TestAddOn.heartbeat(2)));
                    addOn.send(first);
                },
                "the gateway's own sent back", addOn -> {
                    final UnsafeBuffer frame = addOn.first(3).bytes();
                    final byte[] bytes = new byte[frame.capacity()];
                    frame.getBytes(0, bytes);
                    addOn.send(bytes);
                },
                "an unknown message altered", addOn -> {
                    final byte[] frame = addOn.sealed(TestAddOn.frame(999, 8, 3).array());
                    frame[35] ^= 1;
                    addOn.send(frame);
                },
                "a tag inside the block", addOn -> {
                    final ByteBuffer frame = ByteBuffer.wrap(addOn.sealed(TestAddOn.probe(1, 1))).order(ByteOrder.LITTLE_ENDIAN);
                    addOn.send(frame.putShort(4, (short) 24).array());
                });
        return Stream.of(beforeItsSeal, others).flatMap(attacks -> attacks.entrySet().stream());
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void whatIsNotTheNextFrameEndsTheConnection(final Map.Entry<String, Consumer<TestAddOn>> attack) {
        try (LinkHarness link = link()) {
            final TestAddOn addOn = loggedOn(link);
            attack.getValue().accept(addOn);
            link.until(addOn::isEnded);
            assertEquals(LogoutReason.BROKEN_SEAL.value(), addOn.first(LogoutDecoder.TEMPLATE_ID).uint16(0));
            assertEquals(1, link.server.counts().get(LinkCounter.BROKEN_SEALS));
            assertEquals(0, addOn.wrongTags());
        }
    }

    /** Whichever bit of a sealed frame is turned, nothing of it is taken. */
    @Test
    void everyBitCounts() {
        final byte[] sealed = TestAddOn.sealed(TestAddOn.position(STREAM, 1), LinkHarness.KEY, 5);
        final UnsafeBuffer frame = new UnsafeBuffer(sealed);
        for (int bit = 32; bit < sealed.length * Byte.SIZE; bit++) { // the length's own bits: what is whole is another frame
            sealed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertFalse(new FrameTag(LinkHarness.KEY, 5).isIntact(frame, 0), "bit " + bit);
            sealed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        }
        assertTrue(new FrameTag(LinkHarness.KEY, 5).isIntact(frame, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anOlderAddOnIsRefused(final int version) {
        try (LinkHarness link = link()) {
            final TestAddOn addOn = link.challenged();
            assertEquals(3, addOn.first(ChallengeDecoder.TEMPLATE_ID).uint16(0), "so that it knows why");
            addOn.send(addOn.logon(LinkHarness.KEY, "test", 0, 0, version));
            link.until(() -> addOn.has(4));
            assertEquals(2, addOn.first(4).uint16(0));
        }
    }

    /** Somebody in between who has altered the challenge so that one end seals and the other does not. */
    @Test
    void bothEndsSealOrNeither() {
        try (LinkHarness sealing = link(); LinkHarness plain = new LinkHarness(directory)) {
            final TestAddOn deceived = sealing.challenged();
            deceived.send(deceived.logon(LinkHarness.KEY, "test", 0, 0, 3));
            sealing.until(() -> deceived.has(4));
            assertEquals(1, deceived.first(4).uint16(0), "AUTHENTICATION_FAILED");
            final TestAddOn other = plain.challenged();
            assertEquals(0, other.first(ChallengeDecoder.TEMPLATE_ID).uint8(4));
            other.send(other.sealingLogon(LinkHarness.KEY, "test", 3));
            plain.until(() -> other.has(4));
            assertEquals(1, other.first(4).uint16(0), "AUTHENTICATION_FAILED");
        }
    }

    static List<Map<String, String>> vectors() {
        return LinkVectors.read("seal.txt");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithTheVectors(final Map<String, String> vector) {
        final HexFormat hex = HexFormat.of();
        final byte[] key = hex.parseHex(vector.get("key"));
        if (vector.containsKey("hex")) {
            final byte[] plain = hex.parseHex(vector.get("plain"));
            final long number = Long.parseUnsignedLong(vector.get("number"));
            final UnsafeBuffer frame = new UnsafeBuffer(Arrays.copyOf(plain, plain.length + 16));
            assertEquals(plain.length + 16, new FrameTag(key, number).close(frame, 0));
            assertEquals(vector.get("hex"), hex.formatHex(frame.byteArray()));
            assertTrue(new FrameTag(key, number).isIntact(frame, 0));
            assertFalse(new FrameTag(key, number + 1).isIntact(frame, 0));
        } else {
            agreesWithTheLogon(vector, new SecretKeySpec(key, "HmacSHA256"));
        }
    }

    private static void agreesWithTheLogon(final Map<String, String> vector, final SecretKey key) {
        final HexFormat hex = HexFormat.of();
        final LogonExchange exchange = new LogonExchange(true);
        final byte[] challenge = hex.parseHex(vector.get("challenge"));
        final byte[] serverNonce = hex.parseHex(vector.get("serverNonce"));
        final byte[] frame = hex.parseHex(vector.get("logon"));
        final LogonDecoder logon = new LogonDecoder().wrapAndApplyHeader(new UnsafeBuffer(frame), 0, new FrameHeaderDecoder());
        final byte[] transcript = exchange.transcript(challenge, logon);
        assertEquals(vector.get("transcript"), hex.formatHex(transcript));
        assertEquals(vector.get("clientProof"), hex.formatHex(frame, 80, 112));
        assertTrue(exchange.isRight(logon, serverNonce, transcript, key));
        assertEquals(vector.get("gatewayProof"), hex.formatHex(
                exchange.answer(logon, serverNonce, Long.parseUnsignedLong(vector.get("session")), transcript, key)));
        final SealKeys keys = exchange.sealKeys(logon, serverNonce, transcript, key);
        assertEquals(vector.get("gatewayKey"), hex.formatHex(keys.gateway()));
        assertEquals(vector.get("clientKey"), hex.formatHex(keys.client()));
        for (int i = 0; i < challenge.length; i++) {
            challenge[i] ^= 0x20;
            assertFalse(exchange.isRight(logon, serverNonce, exchange.transcript(challenge, logon), key), "Challenge's byte " + i);
            challenge[i] ^= 0x20;
        }
        for (int i = 8; i < frame.length; i++) { // of another length or template it is another frame
            frame[i] ^= 0x20;
            assertFalse(exchange.isRight(logon, serverNonce, exchange.transcript(challenge, logon), key), "Logon's byte " + i);
            frame[i] ^= 0x20;
        }
    }

    /** Somebody in between who asks for other frames than the add-on, or for another run's. */
    @ParameterizedTest
    @ValueSource(ints = {12, 24, 32, 40, 143})
    void whatTheAddOnAsksForIsProved(final int altered) {
        try (LinkHarness link = link()) {
            final TestAddOn addOn = link.challenged();
            final byte[] logon = addOn.sealingLogon(LinkHarness.KEY, "test", 3, 0, 0);
            logon[altered] ^= 1;
            addOn.send(logon);
            link.until(() -> addOn.has(4));
            assertEquals(1, addOn.first(4).uint16(0), "AUTHENTICATION_FAILED");
        }
    }

    /** Somebody in between who alters what the gateway says of itself: versions, seal, name. */
    @ParameterizedTest
    @ValueSource(ints = {32, 34, 36, 72, 103})
    void whatTheGatewaySaysFirstIsProved(final int altered) {
        try (LinkHarness link = link()) {
            final TestAddOn addOn = link.challenged();
            final UnsafeBuffer said = addOn.first(ChallengeDecoder.TEMPLATE_ID).bytes();
            final byte[] heard = new byte[said.capacity()];
            said.getBytes(0, heard);
            heard[altered] ^= 1;
            addOn.send(addOn.sealingLogon(LinkHarness.KEY, "test", 3, 0, 0, heard));
            link.until(() -> addOn.has(4));
            assertEquals(1, addOn.first(4).uint16(0), "AUTHENTICATION_FAILED");
        }
    }

    @Test
    void tagsAreThoseOfTheJdksMac() {
        final Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            final byte[] key = new byte[1 + random.nextInt(64)];
            random.nextBytes(key);
            final byte[] plain = TestAddOn.frame(999, 8 * random.nextInt(122), 3).array();
            for (int at = 12; at < plain.length; at++) {
                plain[at] = (byte) (at < 16 ? 0 : random.nextInt());
            }
            final long number = random.nextLong();
            final UnsafeBuffer frame = new UnsafeBuffer(Arrays.copyOf(plain, plain.length + 16));
            new FrameTag(key, number).close(frame, 0);
            assertArrayEquals(TestAddOn.sealed(plain, key, number), frame.byteArray());
        }
    }

    @Test
    void allocatesNothing() {
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final FrameTag closing = new FrameTag(LinkHarness.KEY);
        final FrameTag opening = new FrameTag(LinkHarness.KEY);
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[1024]);
        final byte[] plain = TestAddOn.probe(1, 2);
        long allocated = 0;
        int intact = 0;
        for (int round = 0; round < 3; round++) { // compiled by the last one
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                frame.putBytes(0, plain);
                closing.close(frame, 0);
                intact += opening.isIntact(frame, 0) ? 1 : 0;
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(60_000, intact);
        assertTrue(allocated < 1_000, () -> "bytes for 40,000 tags");
    }
}
