package io.tickbridge.gateway.feed.cme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.MessageInspector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes no sense is counted and told, costs no more than it must, and stops nothing. */
class MalformedPacketsTest {
    private static final long TIME = 1_700_000_000_000_000_000L;
    private static final int END = 0x80;

    private final RecordedEvents events = new RecordedEvents();
    private final CmeFeedHandler feed = new CmeFeedHandler(1, 4, 1_000_000, 1_000_000, events);

    /** Name, what is wrong with a volume message between two sound ones, whether the one after it can be read. */
    static Stream<Arguments> wrongMessages() {
        return Stream.of(
                wrong("size zero", false, m -> volume(m, 2), "size of 0"),
                wrong("size smaller than the headers", false, m -> volume(m, 2).patch16(0, 9), "size of 9"),
                wrong("size past the packet", false, m -> volume(m, 2).patch16(0, 5000), "size of 5000"),
                wrong("another schema", true, m -> volume(m, 2).patch16(6, 2), "schema 2"),
                wrong("block past the message", true, m -> volume(m, 2).patch16(2, 31), "block of 31"),
                wrong("block without an indicator", true, m -> m.message(37, 13, 8).u64(TIME), "block of 8"),
                wrong("no room for the group's head", true,
                        m -> m.message(37, 13, 11).u64(TIME).u8(END).u16(0).u16(16), "past the end"),
                wrong("more entries than the message holds", true,
                        m -> m.incremental(37, 13, TIME, END).group(16, 255).u32(5).u32(2).u32(3).u8(0).zeros(3),
                        "claims 255 entries"),
                wrong("entries shorter than their fields", true,
                        m -> m.incremental(37, 13, TIME, END).group(4, 2).u32(5).u32(2), "entries of 4 bytes"),
                wrong("entries of no length", true,
                        m -> m.incremental(37, 13, TIME, END).group(0, 200), "entries of 0 bytes"),
                wrong("status with a short block", true, m -> m.message(30, 13, 20).zeros(20), "block of 20"),
                wrong("quote request with a short block", true, m -> m.message(39, 13, 31).zeros(31), "block of 31"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongMessages")
    void costsItselfAlone(
            final String name, final boolean readsOn, final UnaryOperator<PacketWriter> wrong, final String words) {
        final PacketWriter packet = wrong.apply(volume(new PacketWriter(7, TIME), 1));
        volume(packet, 3);
        final byte[] bytes = forceZeroSize(packet.packet(), name);
        PacketWriter.send(bytes, feed);
        volume(new PacketWriter(8, TIME), 4).sendTo(feed);

        final List<String> updates = events.calls.stream().filter(call -> call.startsWith("other")).toList();
        assertEquals(readsOn ? List.of("other 1 #1", "other 3 #3", "other 4 #4") : List.of("other 1 #1", "other 4 #4"),
                updates);
        assertEquals(1, feed.counts().get(FeedCounter.MALFORMED));
        assertEquals(2, feed.counts().get(FeedCounter.PACKETS));
        assertEquals(0, feed.counts().get(FeedCounter.GAPS));
        final int gap = events.calls.indexOf("gap 7..7");
        assertTrue(gap > 0, "books are put in doubt");
        assertEquals(updates.size(), feed.counts().get(FeedCounter.MESSAGES));

        final List<String> seen = inspect(bytes);
        assertEquals(readsOn ? 3 : 2, seen.size());
        assertEquals("37 1", seen.get(0));
        assertTrue(seen.get(1).startsWith("malformed 7: at byte 52 of the datagram: "), seen.get(1));
        assertTrue(seen.get(1).contains(words), seen.get(1));
    }

    @Test
    void theDoubtComesBeforeTheEventsEnd() {
        new PacketWriter(7, TIME).incremental(46, 13, TIME, END).group(32, 9)
                .bookEntry(1, 1, 1, 1, 1, 1, 0, '0').zeros(5).sendTo(feed);
        assertEquals(List.of("gap 7..7", "end " + TIME), events.calls);
    }

    @Test
    void entriesThatNoBookCanTake() {
        final long tooHigh = Long.MAX_VALUE / 100;
        final List<UnaryOperator<PacketWriter>> entries = List.of(
                p -> p.bookEntry(1, 1, 1, 2, 1, 0, 0, '0'),
                p -> p.bookEntry(1, 1, 1, 2, 1, 1, 6, '0'),
                p -> p.bookEntry(1, -1, 1, 2, 1, 1, 0, '0'),
                p -> p.bookEntry(tooHigh, 1, 1, 2, 1, 1, 0, '0'),
                p -> p.bookEntry(Long.MIN_VALUE, 1, 1, 2, 1, 1, 0, '0'));
        long sequence = 7;
        for (final UnaryOperator<PacketWriter> entry : entries) {
            events.calls.clear();
            final PacketWriter packet = new PacketWriter(sequence, TIME).incremental(32, 6, TIME, END).group(32, 2)
                    .bookEntry(1, 1, 1, 1, 1, 1, 0, '0').zeros(5);
            entry.apply(packet).zeros(5).sendTo(feed);
            assertEquals(List.of("level 1 #1 side 0 action 0 at 0: 100 x 1 of 1",
                    "gap " + sequence + ".." + sequence, "end " + TIME), events.calls);
            sequence++;
        }
        assertEquals(entries.size(), feed.counts().get(FeedCounter.MALFORMED));
    }

    @Test
    void aTradeWithoutAPriceIsNone() {
        new PacketWriter(7, TIME).incremental(48, 13, TIME, END).group(32, 1)
                .u64(Long.MAX_VALUE).u32(10).u32(7).u32(50).u32(2).u8(1).u8(0).zeros(6).paddedGroup(16, 0)
                .sendTo(feed);
        assertEquals(List.of("gap 7..7", "end " + TIME), events.calls);
    }

    @Test
    void aDatagramShorterThanItsHeader() {
        volume(new PacketWriter(7, TIME), 1).sendTo(feed);
        for (int length = 0; length < PacketHeader.LENGTH; length++) {
            PacketWriter.send(new byte[length], feed);
        }
        volume(new PacketWriter(8, TIME), 2).sendTo(feed);
        assertEquals(List.of("other 1 #1", "end " + TIME, "other 2 #2", "end " + TIME), events.calls);
        assertEquals(PacketHeader.LENGTH, feed.counts().get(FeedCounter.MALFORMED));
        assertEquals(2 + PacketHeader.LENGTH, feed.counts().get(FeedCounter.DATAGRAMS));
        assertEquals(List.of("malformed -1: a datagram of 5 bytes is shorter than the packet header of 12"),
                inspect(new byte[5]));
    }

    @Test
    void inspectionSaysWhatAnUnknownTemplateAndAnEmptyPacketAre() {
        assertEquals(List.of("70 {bytes=30}"),
                inspect(new PacketWriter(7, TIME).message(70, 13, 11).zeros(20).packet()));
        assertEquals(List.of("heartbeat 7"), inspect(new PacketWriter(7, TIME).packet()));
    }

    /** Damaged packets lie at the end of their memory, so any read past them throws. */
    @Test
    void damagedPacketsNeverThrow() {
        final CapturedDatagrams capture = CapturedDatagrams.open();
        final Random random = new Random(20161112);
        final CmeInspector inspector = new CmeInspector();
        final List<String> ignored = new ArrayList<>();
        long sequence = 1;
        for (int round = 0; round < 3; round++) {
            for (final CapturedDatagrams.Datagram datagram : capture.all()) {
                final int cut = random.nextInt(4) == 0 ? random.nextInt(datagram.length()) : datagram.length();
                final byte[] bytes = new byte[cut];
                capture.buffer().getBytes(datagram.offset(), bytes);
                for (int damage = random.nextInt(6); damage > 0 && cut > PacketHeader.LENGTH; damage--) {
                    bytes[PacketHeader.LENGTH + random.nextInt(cut - PacketHeader.LENGTH)] = (byte) random.nextInt();
                }
                final UnsafeBuffer exact = new UnsafeBuffer(bytes);
                if (cut >= PacketHeader.LENGTH) {
                    exact.putInt(0, (int) sequence++);
                }
                events.calls.clear();
                feed.onDatagram(exact, 0, cut, 1, 0);
                inspector.inspect(exact, 0, cut, sink(ignored));
                ignored.clear();
            }
        }
        assertTrue(feed.counts().get(FeedCounter.MALFORMED) > 1_000);
        assertTrue(feed.counts().get(FeedCounter.MESSAGES) > 1_000);
        assertEquals(sequence - 1, feed.counts().get(FeedCounter.PACKETS));
    }

    private static Arguments wrong(
            final String name, final boolean readsOn, final UnaryOperator<PacketWriter> message, final String words) {
        return Arguments.of(name, readsOn, message, words);
    }

    private static PacketWriter volume(final PacketWriter packet, final int instrument) {
        return packet.incremental(37, 13, TIME, END).group(16, 1).u32(5).u32(instrument).u32(instrument).u8(0).zeros(3);
    }

    /** The writer fills in a size of zero; the second message lies behind the header and a volume message. */
    private static byte[] forceZeroSize(final byte[] packet, final String name) {
        if (name.equals("size zero")) {
            packet[52] = 0;
            packet[53] = 0;
        }
        return packet;
    }

    private static List<String> inspect(final byte[] packet) {
        final List<String> seen = new ArrayList<>();
        new CmeInspector().inspect(new UnsafeBuffer(packet), 0, packet.length, sink(seen));
        return seen;
    }

    private static MessageInspector.Sink sink(final List<String> seen) {
        return new MessageInspector.Sink() {
            @Override
            public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
                seen.add(type + " " + (fields.get("NoMDEntries") instanceof List<?> entries
                        ? Integer.toString(entries.size()) : fields.toString()));
            }

            @Override
            public void onHeartbeat(final long sequence) {
                seen.add("heartbeat " + sequence);
            }

            @Override
            public void onMalformed(final long sequence, final String what) {
                seen.add("malformed " + sequence + ": " + what);
            }
        };
    }
}
