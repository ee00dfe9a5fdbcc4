package io.tickbridge.gateway.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.MessageInspector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Datagrams that are not what they should be: counted, never fatal, and nothing of them used. */
class IexMalformedTest {
    private static final long START = 1_500_000_000_000_000_000L;
    private static final int FIRST_BLOCK = 40;

    private final EventLog log = new EventLog();
    private final IexFeedHandler feed = new IexFeedHandler(IexProtocol.TOPS, 1, 8, 10_000_000, 10_000_000, log);

    /** One way to spoil a sound segment of a quote and a trade. */
    private record Spoilt(String how, Consumer<UnsafeBuffer> spoil, int length, String inspected) {
    }

    @TestFactory
    List<DynamicTest> aSpoiltDatagramIsCountedAndNothingOfItUsed() {
        final int whole = sound(1).capacity();
        return List.of(
                new Spoilt("empty", bytes -> { }, 0, "0 bytes are too few for an IEX-TP header of 40"),
                new Spoilt("header cut", bytes -> { }, 39, "39 bytes are too few for an IEX-TP header of 40"),
                new Spoilt("payload cut", bytes -> { }, whole - 1,
                        "payload length 84 at byte 12, but 83 bytes follow the header"),
                new Spoilt("version 2", bytes -> bytes.putByte(0, (byte) 2), whole,
                        "IEX-TP version 2 at byte 0 is not 1"),
                new Spoilt("protocol TOPS 1.5", bytes -> bytes.putShort(2, (short) 0x8002), whole,
                        "message protocol 0x8002 at byte 2 is none of TOPS 1.6 (0x8003), DEEP 1.0 (0x8004), DEEP+ 1.0 (0x8005)"),
                new Spoilt("payload length too large", bytes -> bytes.putShort(12, (short) -1), whole,
                        "payload length 65535 at byte 12, but 84 bytes follow the header"),
                new Spoilt("payload length too small", bytes -> bytes.putShort(12, (short) 50), whole,
                        "message 2 of 2 at byte 84: length 38, but 4 bytes are left of the payload"),
                new Spoilt("more messages than there are", bytes -> bytes.putShort(14, (short) 3), whole,
                        "message 3 of 3 at byte 124: the payload ends before its length"),
                new Spoilt("fewer messages than there are", bytes -> bytes.putShort(14, (short) 1), whole,
                        "40 bytes of payload are left after message 1 of 1"),
                new Spoilt("heartbeat with payload", bytes -> bytes.putShort(14, (short) 0), whole,
                        "84 bytes of payload are left after message 0 of 0"),
                new Spoilt("message length too large", bytes -> bytes.putShort(FIRST_BLOCK, (short) -1), whole,
                        "message 1 of 2 at byte 40: length 65535, but 82 bytes are left of the payload"),
                new Spoilt("message too short for its type", bytes -> bytes.putByte(FIRST_BLOCK + 2, (byte) 'A'), whole,
                        "message 1 of 2 at byte 40: length 42 is less than the 80 of type A"))
                .stream()
                .map(spoilt -> DynamicTest.dynamicTest(spoilt.how(), () -> check(spoilt)))
                .toList();
    }

    private static void check(final Spoilt spoilt) {
        final EventLog log = new EventLog();
        final IexFeedHandler feed = new IexFeedHandler(IexProtocol.TOPS, 1, 0, 10_000_000, 10_000_000, log);
        offer(feed, sound(1));
        assertEquals(2, feed.counts().get(FeedCounter.MESSAGES));
        log.take();

        final UnsafeBuffer bytes = sound(3);
        spoilt.spoil().accept(bytes);
        feed.onDatagram(bytes, 0, spoilt.length(), 0, 0);
        assertEquals(List.of(), log.take());
        assertEquals(1, feed.counts().get(FeedCounter.MALFORMED));
        assertEquals(2, feed.counts().get(FeedCounter.DATAGRAMS));
        assertEquals(List.of(spoilt.inspected()), malformations(bytes, spoilt.length()));

        offer(feed, sound(5));
        assertEquals("gap 3..4", log.take().get(0), "what the spoilt datagram held is missing");
        assertEquals(4, feed.counts().get(FeedCounter.MESSAGES));
    }

    @Test
    void sequencesAndTimesThatCannotBeAreRefused() {
        offer(feed, sound(0));
        offer(feed, sound(-1));
        offer(feed, sound(Long.MAX_VALUE));
        final UnsafeBuffer beforeTheEpoch = sound(1);
        beforeTheEpoch.putLong(32, -1);
        offer(feed, beforeTheEpoch);
        assertEquals(4, feed.counts().get(FeedCounter.MALFORMED));
        assertEquals(List.of(), log.take());
    }

    @Test
    void anotherChannelIsRefused() {
        offer(feed, sound(1));
        log.take();
        final UnsafeBuffer other = sound(3);
        other.putInt(4, 2);
        offer(feed, other);
        assertEquals(1, feed.counts().get(FeedCounter.MALFORMED));
        assertEquals(List.of(), log.take());
    }

    @Test
    void anImpossiblePriceIsALostMessage() {
        offer(feed, SegmentBuilder.tops().sequence(1).sendTime(START)
                .trade(1, "A", 1, Long.MAX_VALUE / 2)
                .quote(0, 2, "A", 1, -5, 10_000, 1)
                .trade(3, "A", 1, 0)
                .trade(4, "A", 1, 10_000).build());
        assertEquals(
                List.of("reset", "gap 1..1", "gap 2..2", "gap 3..3", "trade A 1000000000 x 1 at 4"), log.take());
        assertEquals(3, feed.counts().get(FeedCounter.MALFORMED));
        assertEquals(3, feed.counts().get(FeedCounter.LOST));
        assertEquals(1, feed.counts().get(FeedCounter.MESSAGES));
    }

    @Test
    void bytesAfterThePayloadAreNobodys() {
        final UnsafeBuffer padded = new UnsafeBuffer(new byte[sound(1).capacity() + 6]);
        padded.putBytes(0, sound(1), 0, sound(1).capacity());
        offer(feed, padded);
        assertEquals(2, feed.counts().get(FeedCounter.MESSAGES));
        assertEquals(0, feed.counts().get(FeedCounter.MALFORMED));
    }

    /** Bytes beyond the datagram belong to others: the buffer ends where it ends, so reading on would throw. */
    @Test
    void noBytesWhateverAreFatal() {
        final Random random = new Random(20_170_710);
        final IexInspector inspector = new IexInspector();
        final List<String> malformed = new ArrayList<>();
        final int rounds = 40_000;
        long datagrams = 0;
        long messages = 0;
        IexFeedHandler[] feeds = {};
        for (int i = 0; i < rounds; i++) {
            if (i % 50 == 0) {
                feeds = new IexFeedHandler[] {
                    new IexFeedHandler(IexProtocol.TOPS, 1, 8, 10_000_000, 10_000_000, log),
                    new IexFeedHandler(IexProtocol.DEEP, 1, 8, 10_000_000, 10_000_000, log)};
            }
            final UnsafeBuffer bytes = i % 2 == 0 ? sound(1 + i) : deep(1 + i);
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                bytes.putByte(random.nextInt(bytes.capacity()), (byte) random.nextInt());
            }
            final byte[] cut = new byte[random.nextInt(8) == 0 ? random.nextInt(bytes.capacity()) : bytes.capacity()];
            bytes.getBytes(0, cut);
            feeds[i % 2].onDatagram(new UnsafeBuffer(cut), 0, cut.length, 0, 0);
            inspector.inspect(new UnsafeBuffer(cut), 0, cut.length, sink(malformed));
            log.take();
            if (i % 50 == 49) {
                for (final IexFeedHandler each : feeds) {
                    each.onEndOfInput();
                    datagrams += each.counts().get(FeedCounter.DATAGRAMS);
                    messages += each.counts().get(FeedCounter.MESSAGES);
                }
            }
        }
        assertEquals(rounds, datagrams);
        assertTrue(malformed.size() > rounds / 10, "the fuzz spoils too little");
        assertTrue(messages > rounds / 10, "the fuzz spoils too much");
    }

    private static UnsafeBuffer sound(final long sequence) {
        return SegmentBuilder.tops().sequence(sequence).streamOffset((sequence - 1) * 42).sendTime(START + sequence)
                .quote(0, 11, "A", 1, 10_000, 10_100, 1)
                .trade(12, "A", 1, 10_000)
                .build();
    }

    private static UnsafeBuffer deep(final long sequence) {
        return SegmentBuilder.deep().sequence(sequence).streamOffset((sequence - 1) * 36).sendTime(START + sequence)
                .priceLevel('8', 0, 11, "A", 1, 10_000)
                .trade(12, "A", 1, 10_000)
                .build();
    }

    private static void offer(final IexFeedHandler feed, final UnsafeBuffer bytes) {
        feed.onDatagram(bytes, 0, bytes.capacity(), 0, 0);
    }

    private static List<String> malformations(final UnsafeBuffer bytes, final int length) {
        final List<String> malformed = new ArrayList<>();
        new IexInspector().inspect(bytes, 0, length, sink(malformed));
        return malformed;
    }

    private static MessageInspector.Sink sink(final List<String> malformed) {
        return new MessageInspector.Sink() {
            @Override
            public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
            }

            @Override
            public void onHeartbeat(final long sequence) {
            }

            @Override
            public void onMalformed(final long sequence, final String what) {
                malformed.add(what);
            }
        };
    }
}
