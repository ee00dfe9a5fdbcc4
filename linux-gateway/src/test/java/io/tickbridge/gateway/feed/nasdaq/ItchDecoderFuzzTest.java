package io.tickbridge.gateway.feed.nasdaq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.ListenerContract;
import io.tickbridge.gateway.fuzz.Piece;
import io.tickbridge.gateway.fuzz.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * MoldUDP64 packets with ITCH messages, each of one session and in its turn. Against a walk from block to block: a packet is
 * refused as a whole, or each of its messages is counted once, as read, unknown, of an unknown instrument, or malformed; those
 * that could change a book are told as lost then. The inspector sees as many messages.
 */
class ItchDecoderFuzzTest {
    private static final int HEADER = 20;
    private static final String SESSION = "FUZZ      ";
    private static final long NOON = 1_692_720_000_000_000_000L;
    /** Types after which a book may be wrong when their message was not read. */
    private static final Set<Integer> OF_BOOKS = "SRHhAFECXDU".chars().boxed().collect(Collectors.toSet());

    private final ListenerContract contract = new ListenerContract();

    static Stream<Arguments> seeds() {
        final byte[] day = Piece.join(Stream.of(
                new ItchPacket(SESSION, 1, 7, "ZTEST").system('O').system('S').directory().trading('T'),
                new ItchPacket(SESSION, 5, 7, "ZTEST").add(1, 'B', 300, 1_000_000).add(2, 'S', 100, 1_010_000, "MPID"),
                new ItchPacket(SESSION, 7, 7, "ZTEST").execute(1, 100).execute(2, 10, true, 1_010_000).cancel(1, 5)
                        .replace(1, 3, 50, 990_000).delete(2).trade(5, 1_000_000).cross(100, 1_000_000).halt('Q', 'H'))
                .map(packet -> new Piece(0, bytes(packet.packet()))).toList());
        return Seeds.named(Stream.concat(Stream.of(day), Seeds.rows(Seeds.payloads(Seeds.ITCH, 1, 190), 0, 6)));
    }

    private static byte[] bytes(final UnsafeBuffer packet) {
        final byte[] bytes = new byte[packet.capacity()];
        packet.getBytes(0, bytes);
        return bytes;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void packets(final byte[] input) {
        contract.take();
        final NasdaqFeedHandler feed = new NasdaqFeedHandler(1, 0, Long.MAX_VALUE, Long.MAX_VALUE, contract.listener());
        long sequence = 1;
        for (final Piece piece : Piece.of(input)) {
            final byte[] packet = piece.bytes();
            if (packet.length >= HEADER) {
                ByteBuffer.wrap(packet).put(SESSION.getBytes(StandardCharsets.US_ASCII)).putLong(sequence);
            }
            final Walk walk = new Walk(packet);
            check(feed, packet, walk);
            sequence += walk.messages;
        }
        feed.onEndOfInput();
        assertEquals(0, feed.counts().get(FeedCounter.GAPS) + feed.counts().get(FeedCounter.DUPLICATES)
                + feed.counts().get(FeedCounter.RESETS));
    }

    private void check(final NasdaqFeedHandler feed, final byte[] packet, final Walk walk) {
        final long before = sum(feed);
        final long malformed = feed.counts().get(FeedCounter.MALFORMED);
        final long lost = feed.counts().get(FeedCounter.LOST);
        feed.onDatagram(new UnsafeBuffer(packet), 0, packet.length, NOON, 0);
        final long refused = feed.counts().get(FeedCounter.MALFORMED) - malformed;
        final long told = contract.take().stream().filter(call -> call.method().equals("onSequenceGap")).count();
        final ItchCapture.Findings found = new ItchCapture.Findings();
        new ItchInspector().inspect(new UnsafeBuffer(packet), 0, packet.length, found);
        assertEquals(told, feed.counts().get(FeedCounter.LOST) - lost, "what is lost is told");
        if (walk.isSound) {
            assertEquals(walk.messages, sum(feed) - before + refused, "messages counted");
            assertEquals(walk.messages, found.messages.size() + found.malformed.size(), "messages spelled out");
            assertEquals(walk.wrongLength, found.malformed.size(), "messages of wrong lengths");
            assertTrue(refused >= walk.wrongLength, "messages of wrong lengths are refused");
            assertTrue(told >= walk.wrongLengthOfBooks && told <= refused, "lost: " + told + " of " + refused);
        } else {
            assertEquals(1, refused, "the packet is refused");
            assertEquals(before, sum(feed), "messages of a packet that is refused");
            assertTrue(!found.malformed.isEmpty(), "the inspector has nothing against it");
        }
    }

    private static long sum(final NasdaqFeedHandler feed) {
        return feed.counts().get(FeedCounter.MESSAGES) + feed.counts().get(FeedCounter.UNKNOWN_MESSAGES)
                + feed.counts().get(FeedCounter.UNKNOWN_INSTRUMENTS);
    }

    /** From block to block. "Message Formats" of TotalView-ITCH 5.0 has the lengths. */
    private static final class Walk {
        private static final String TYPES = "SRHYLVWKJhAFECXDUPQBINO";
        private static final int[] LENGTHS =
            {12, 39, 25, 20, 26, 35, 12, 28, 35, 21, 36, 40, 31, 36, 23, 19, 35, 44, 40, 19, 50, 20, 48};

        private boolean isSound;
        private int messages;
        private int wrongLength;
        private int wrongLengthOfBooks;

        Walk(final byte[] packet) {
            if (packet.length < HEADER) {
                return;
            }
            final ByteBuffer in = ByteBuffer.wrap(packet);
            final int count = in.getShort(18) & 0xffff;
            in.position(HEADER);
            for (int i = 0; i < (count == 0xffff ? 0 : count); i++) {
                final int length = in.remaining() < 2 ? -1 : in.getShort() & 0xffff;
                if (length < 0 || length > in.remaining()) {
                    messages = 0;
                    return;
                }
                look(length == 0 ? 0 : in.get(in.position()) & 0xff, length);
                in.position(in.position() + length);
            }
            isSound = !in.hasRemaining();
            messages = isSound ? messages : 0;
        }

        private void look(final int type, final int length) {
            messages++;
            final int known = TYPES.indexOf(type);
            if (known >= 0 && LENGTHS[known] != length) {
                wrongLength++;
                wrongLengthOfBooks += OF_BOOKS.contains(type) ? 1 : 0;
            }
        }
    }
}
