package io.tickbridge.gateway.feed.cme;

import static io.tickbridge.gateway.feed.cme.PacketWriter.NULL_INT;
import static io.tickbridge.gateway.feed.cme.PacketWriter.NULL_PRICE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.FeedCounter;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single orders of the incremental feed and of its snapshots, from bytes written by hand. */
class OrderMessagesTest {
    private static final int END = 0x80;
    private static final long TIME = 1_700_000_000_000_000_000L;
    private static final long NULL_LONG = -1;

    private final RecordedEvents events = new RecordedEvents(true);
    private final CmeFeedHandler feed = new CmeFeedHandler(new boolean[] {false, true}, 4, 1_000_000, 1_000_000, events);

    @ParameterizedTest
    @CsvSource({"32, 8, 100", "46, 9, 1", "46, 13, 1"})
    void ordersReferToLevels(final int template, final int version, final long factor) {
        packet().incremental(template, version, TIME, END).group(32, 2)
                .bookEntry(4_000L, 3, 411873, 111, 2, 1, 0, '0').zeros(5)
                .bookEntry(5_000L, 7, 133990, 112, 1, 2, 1, '1').zeros(5)
                .paddedGroup(24, 3)
                .u64(77).u64(9_000_000_000L).u32(3).u8(1).u8(0).zeros(2)
                .u64(78).u64(5).u32(2).u8(2).u8(1).zeros(2)
                .u64(-3).u64(NULL_LONG).u32(NULL_INT).u8(2).u8(2).zeros(2)
                .sendTo(feed);
        says("level 411873 #111 side 0 action 0 at 0: " + 4_000 * factor + " x 3 of 2",
                "level 133990 #112 side 1 action 1 at 1: " + 5_000 * factor + " x 7 of 1",
                "order 77 of 411873 side 0 action 0 priority 9000000000: " + 4_000 * factor + " x 3",
                "order 78 of 133990 side 1 action 1 priority 5: " + 5_000 * factor + " x 2",
                "order -3 of 133990 side 1 action 2 priority -1: " + 5_000 * factor + " x 0",
                "end " + TIME);
        assertEquals(0, feed.counts().get(FeedCounter.MALFORMED));
    }

    @ParameterizedTest
    @CsvSource({"43, 8, 100", "47, 9, 1", "47, 13, 1"})
    void ordersOfTheirOwn(final int template, final int version, final long factor) {
        packet().incremental(template, version, TIME, END).group(40, 2)
                .u64(700).u64(12).u64(-4_000).u32(30).u32(5).u8(0).u8('1').zeros(6)
                .u64(701).u64(NULL_LONG).u64(NULL_PRICE).u32(NULL_INT).u32(6).u8(2).u8('0').zeros(6)
                .sendTo(feed);
        says("order 700 of 5 side 1 action 0 priority 12: " + -4_000 * factor + " x 30",
                "order 701 of 6 side 0 action 2 priority -1: none x 0", "end " + TIME);
    }

    /** A reference to no level, to an implied one, to a reset; an implied order; a count that does not fit; an unknown action. */
    @Test
    void whatMakesNoSenseIsAGap() {
        referring('0', 0, 0, 1);
        referring('0', 2, 0, 1);
        referring('0', 255, 0, 1);
        referring('E', 1, 0, 1);
        referring('J', 1, 0, 1);
        referring('0', 1, 3, 1);
        referring('0', 1, 0, 2);
        packet().incremental(47, 13, TIME, END).group(40, 1)
                .u64(700).u64(12).u64(4_000).u32(30).u32(5).u8(0).u8('F').zeros(6).sendTo(feed);
        packet().incremental(47, 13, TIME, END).group(33, 1)
                .u64(700).u64(12).u64(4_000).u32(30).u32(5).u8(0).sendTo(feed);
        assertEquals(9, feed.counts().get(FeedCounter.MALFORMED));
        assertEquals(9, events.calls.stream().filter(call -> call.startsWith("gap")).count());
        assertEquals(0, events.calls.stream().filter(call -> call.startsWith("order")).count());
    }

    private void referring(final char type, final int reference, final int action, final int count) {
        packet().incremental(46, 13, TIME, END).group(32, 1).bookEntry(4_000L, 3, 1, 111, 2, 1, 0, type).zeros(5)
                .paddedGroup(24, count).u64(77).u64(9).u32(3).u8(reference).u8(action).zeros(2).sendTo(feed);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 46})
    void ordersThatNobodyFollowsAreNotLookedAt(final int template) {
        final RecordedEvents others = new RecordedEvents();
        new PacketWriter(1, TIME).incremental(template, 13, TIME, END).group(32, 1)
                .bookEntry(4_000L, 3, 1, 111, 2, 1, 0, '0').zeros(5).paddedGroup(24, 1).u64(77).u64(9).u32(3).u8(200).u8(9).zeros(2)
                .incremental(47, 13, TIME, END).group(40, 9)
                .sendTo(new CmeFeedHandler(1, 4, 1_000_000, 1_000_000, others));
        assertEquals(List.of(), others.calls.stream().filter(call -> !call.startsWith("level") && !call.startsWith("end"))
                .collect(Collectors.toList()));
    }

    @ParameterizedTest
    @CsvSource({"44, 8, 100", "53, 9, 1", "53, 13, 1"})
    void piecesOfSnapshots(final int template, final int version, final long factor) {
        packet().incremental(37, version, TIME, END).group(16, 0).sendTo(feed);
        events.calls.clear();
        final byte[] piece = new PacketWriter(1, TIME + 1).message(template, version, 28)
                .u32(4_000_000_000L).u32(9).u32(5).u32(3).u32(2).u64(TIME).group(29, 2)
                .u64(700).u64(12).u64(4_000).u32(30).u8('1').u64(701).u64(13).u64(-4_000).u32(31).u8('0').packet();
        send(piece);
        says("orders of 5 up to 4000000000, piece 2 of 3", "snapshot order 700 side 1 priority 12: " + 4_000 * factor + " x 30",
                "snapshot order 701 side 0 priority 13: " + -4_000 * factor + " x 31", "orders end");
        piece[piece.length - 1] = 'E';
        send(piece);
        assertEquals(1, feed.counts().get(FeedCounter.MALFORMED));
        assertEquals(List.of("orders of 5 up to 4000000000, piece 2 of 3",
                "snapshot order 700 side 1 priority 12: " + 4_000 * factor + " x 30"), events.calls);
        events.calls.clear();
        events.orderSnapshots = false;
        piece[piece.length - 1] = '0';
        send(piece);
        says();
        assertEquals(2, feed.counts().get(FeedCounter.REPEATED_MESSAGES));
    }

    /** Once the incremental feed counts anew, snapshots from before are of another count. */
    @Test
    void piecesFromBeforeARestartAreIgnored() {
        new PacketWriter(1_000_000, TIME).sendTo(feed);
        new PacketWriter(1_000_001, TIME).sendTo(feed);
        new PacketWriter(1, TIME + 1_000_000_000_000L).sendTo(feed);
        new PacketWriter(2, TIME + 1_000_000_000_001L).sendTo(feed);
        events.calls.clear();
        send(new PacketWriter(1, TIME + 5).message(53, 13, 28)
                .u32(5).u32(9).u32(5).u32(1).u32(1).u64(TIME).group(29, 0).packet());
        says();
        send(new PacketWriter(1, TIME + 1_000_000_000_005L).message(53, 13, 28)
                .u32(2).u32(9).u32(5).u32(1).u32(1).u64(TIME).group(29, 0).packet());
        says("orders of 5 up to 2, piece 1 of 1", "orders end");
    }

    /** The ten best orders end events like any other message, and change nothing. */
    @Test
    void topOrdersEndEvents() {
        packet().message(59, 13, 13).u64(TIME).u8(END).u32(5).group(29, 1).u64(1).u64(2).u64(3).u32(4).u8('0').sendTo(feed);
        says("end " + TIME);
        assertEquals(0, feed.counts().get(FeedCounter.UNKNOWN_MESSAGES));
    }

    private long sequence = 100;

    private PacketWriter packet() {
        return new PacketWriter(sequence++, TIME);
    }

    private void send(final byte[] packet) {
        feed.onDatagram(new org.agrona.concurrent.UnsafeBuffer(packet), 0, packet.length, 1, 1);
    }

    private void says(final String... calls) {
        assertEquals(List.of(calls), events.calls);
        events.calls.clear();
    }
}
