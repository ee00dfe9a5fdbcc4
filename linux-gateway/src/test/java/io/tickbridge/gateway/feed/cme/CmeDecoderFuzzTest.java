package io.tickbridge.gateway.feed.cme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.ListenerContract;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.MessageInspector;
import io.tickbridge.gateway.fuzz.Piece;
import io.tickbridge.gateway.fuzz.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packets of the incremental feed (even control bytes) and of snapshots and definitions (odd ones), all templates. Against
 * a walk that knows nothing but sizes: each message is counted once, as read, unknown or malformed. And against the generic
 * decoder that {@link CmeInspector} uses: of a packet that both can read, both see the same levels.
 */
class CmeDecoderFuzzTest {
    private static final int HEADER = 12;
    private static final int SHORTEST = 10;
    private static final Set<String> BOOK_TEMPLATES = Set.of("32", "46", "64");
    private static final Set<String> LEVELS = Set.of("Bid", "Offer", "ImpliedBid", "ImpliedOffer");
    private static final long NANO = 1_000_000_000;

    private static final CmeInspector INSPECTOR = new CmeInspector();

    private final ListenerContract contract = new ListenerContract();

    static Stream<Arguments> seeds() {
        final List<byte[]> schema = SchemaMessages.all();
        return Seeds.named(Stream.of(
                Seeds.rows(Seeds.payloads(Seeds.CME, 97, 90), 0, 3), Seeds.rows(schema, 0, 1), Seeds.rows(schema, 1, 1),
                Seeds.rows(schema, 1, schema.size())).flatMap(rows -> rows));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void packets(final byte[] input) {
        contract.take();
        final CmeFeedHandler feed = new CmeFeedHandler(
                new boolean[] {false, true}, 0, Long.MAX_VALUE, Long.MAX_VALUE, contract.listener());
        int sequence = 0;
        for (final Piece piece : Piece.of(input)) {
            final byte[] packet = piece.bytes();
            final boolean repeats = piece.control() % 2 == 1;
            if (packet.length >= HEADER && !repeats) {
                // In its turn, so that the arbiter lets it through.
                ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN).putInt(++sequence);
            }
            check(feed, packet, repeats);
        }
        feed.onEndOfInput();
        assertEquals(0, feed.counts().get(FeedCounter.GAPS) + feed.counts().get(FeedCounter.DUPLICATES));
    }

    private void check(final CmeFeedHandler feed, final byte[] packet, final boolean repeats) {
        final long messages = sum(feed, repeats);
        final long malformed = feed.counts().get(FeedCounter.MALFORMED);
        feed.onDatagram(new UnsafeBuffer(packet), 0, packet.length, 1, repeats ? 1 : 0);
        final Walk walk = new Walk(packet);
        final long refused = feed.counts().get(FeedCounter.MALFORMED) - malformed;
        assertEquals(walk.messages, sum(feed, repeats) - messages + refused, "messages counted");
        assertTrue(refused >= walk.broken, "messages refused: " + refused + " of " + walk.broken);
        final List<ListenerContract.Call> calls = contract.take();
        if (refused > 0 && !repeats && packet.length >= HEADER && !walk.mayBeDefinition) {
            assertTrue(calls.stream().anyMatch(call -> call.method().equals("onSequenceGap")), "books were not told to doubt");
        }
        final Found found = new Found();
        INSPECTOR.inspect(new UnsafeBuffer(packet), 0, packet.length, found);
        assertEquals(walk.messages, found.messages + found.malformed, "messages spelled out");
        if (refused == 0 && found.malformed == 0 && !repeats) {
            assertEquals(found.levels, calls.stream().filter(call -> call.method().equals("onLevel"))
                    .map(call -> level(call.number(0), call.number(1), BigInteger.valueOf(call.number(5)))).toList());
        }
    }

    private static long sum(final CmeFeedHandler feed, final boolean repeats) {
        // A heartbeat among the increments counts as a message besides.
        return feed.counts().get(FeedCounter.UNKNOWN_MESSAGES) + (repeats
                ? feed.counts().get(FeedCounter.REPEATED_MESSAGES) + feed.counts().get(FeedCounter.HEARTBEATS)
                : feed.counts().get(FeedCounter.MESSAGES));
    }

    private static String level(final long instrument, final long report, final BigInteger price) {
        return instrument + " " + report + " " + price;
    }

    /** Steps from size to size. */
    private static final class Walk {
        private int messages;
        private int broken;
        private boolean mayBeDefinition;

        Walk(final byte[] packet) {
            final ByteBuffer in = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
            if (packet.length < HEADER) {
                messages = 1;
                broken = 1;
                return;
            }
            for (int at = HEADER; at < packet.length;) {
                messages++;
                final int size = packet.length - at < SHORTEST ? 0 : in.getShort(at) & 0xffff;
                if (size < SHORTEST || size > packet.length - at) {
                    broken++;
                    return;
                }
                if (in.getShort(at + 6) != 1 || (in.getShort(at + 2) & 0xffff) > size - SHORTEST) {
                    broken++;
                } else {
                    mayBeDefinition |= Set.of(27, 29, 41, 54, 55, 56, 57, 58, 63).contains((int) in.getShort(at + 4));
                }
                at += size;
            }
        }
    }

    /** What the generic decoder reads. */
    private static final class Found implements MessageInspector.Sink {
        private final List<String> levels = new ArrayList<>();
        private int messages;
        private int malformed;

        @Override
        public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
            messages++;
            if (BOOK_TEMPLATES.contains(type) && fields.get("NoMDEntries") instanceof List<?> entries) {
                for (final Object each : entries) {
                    final Map<?, ?> entry = (Map<?, ?>) each;
                    if (LEVELS.contains(String.valueOf(entry.get("MDEntryType")))) {
                        final BigDecimal price = (BigDecimal) entry.get("MDEntryPx");
                        levels.add(level((Long) entry.get("SecurityID"), (Long) entry.get("RptSeq"), price == null
                                ? BigInteger.valueOf(MarketDataListener.NO_PRICE)
                                : price.multiply(BigDecimal.valueOf(NANO)).toBigIntegerExact()));
                    }
                }
            }
        }

        @Override
        public void onHeartbeat(final long sequence) {
            // No message.
        }

        @Override
        public void onMalformed(final long sequence, final String what) {
            malformed++;
        }
    }
}
