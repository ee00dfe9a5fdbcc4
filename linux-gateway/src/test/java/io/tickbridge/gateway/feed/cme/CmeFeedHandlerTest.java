package io.tickbridge.gateway.feed.cme;

import static io.tickbridge.gateway.feed.cme.PacketWriter.NULL_INT;
import static io.tickbridge.gateway.feed.cme.PacketWriter.NULL_PRICE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.FeedCounter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each template becomes, in each schema version that has it. */
class CmeFeedHandlerTest {
    private static final int END = 0x80;
    private static final long TIME = 1_700_000_000_000_000_000L;

    private final RecordedEvents events = new RecordedEvents();
    private final CmeFeedHandler feed = new CmeFeedHandler(2, 4, 1_000_000, 1_000_000, events);
    private long sequence = 100;

    @ParameterizedTest
    @ValueSource(ints = {6, 8})
    void bookPricesInSevenths(final int version) {
        final PacketWriter packet = packet().incremental(32, version, TIME, END).group(32, 3)
                .bookEntry(4_027_500_000L, 3, 411873, 111, 2, 5, 0, '0').zeros(5)
                .bookEntry(-97_500_000L, 7, 133990, 4_294_967_295L, NULL_INT, 2, 5, 'F').zeros(5)
                .bookEntry(NULL_PRICE, NULL_INT, 133990, 3, NULL_INT, 1, 2, 'E').zeros(5);
        if (version >= 7) {
            packet.paddedGroup(24, 1).u64(77).u64(1).u32(3).u8(1).u8(0).zeros(2);
        }
        packet.sendTo(feed);
        says("level 411873 #111 side 0 action 0 at 4: 402750000000 x 3 of 2",
                "level 133990 #4294967295 side 3 action 5 at 1: -9750000000 x 7 of 0",
                "level 133990 #3 side 2 action 2 at 0: none x 0 of 0",
                "end " + TIME);
        counted(FeedCounter.MESSAGES, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 13, 14})
    void bookPricesInNinths(final int version) {
        final PacketWriter packet = packet().incremental(46, version, TIME, END).group(32, 2)
                .bookEntry(4_027_500_000_001L, 3, 1, 9, 2, 1, 1, '1');
        tradeableSize(packet, version).bookEntry(NULL_PRICE, 0, 1, 10, 0, 1, 3, '0');
        tradeableSize(packet, version).paddedGroup(24, 0).sendTo(feed);
        says("level 1 #9 side 1 action 1 at 0: 4027500000001 x 3 of 2",
                "level 1 #10 side 0 action 3 at 0: none x 0 of 0",
                "end " + TIME);
    }

    private static PacketWriter tradeableSize(final PacketWriter packet, final int version) {
        return version >= 10 ? packet.u32(55).zeros(1) : packet.zeros(5);
    }

    @Test
    void quantitiesOf64Bits() {
        packet().incremental(64, 13, TIME, 0).group(32, 3)
                .u64(1_085_000_000L).u64(2_000_000_000L).u32(7).u32(11).u32(3).u8(1).u8(0).u8('0').zeros(1)
                .u64(1_086_000_000L).u64(1L << 40).u32(7).u32(12).u32(NULL_INT).u8(1).u8(1).u8('1').zeros(1)
                .u64(NULL_PRICE).u64(-1).u32(7).u32(13).u32(NULL_INT).u8(2).u8(2).u8('1').zeros(1)
                .paddedGroup(24, 0)
                .incremental(65, 13, TIME, 0).group(40, 1)
                .u64(1_085_500_000L).u64(3_000_000_000L).u32(7).u32(14).u32(2).u32(99).u8(1).u8(0).zeros(6).paddedGroup(16, 0)
                .incremental(66, 13, TIME, 0).group(24, 1).u64(1L << 50).u32(7).u32(15).u8(0).zeros(7)
                .incremental(67, 13, TIME, END).group(32, 1).u64(1_085_000_000L).u64(-1).u32(7).u32(16).u8(255).u8(0).u8('7').zeros(5)
                .sendTo(feed);
        says("level 7 #11 side 0 action 0 at 0: 1085000000 x 2000000000 of 3",
                "level 7 #12 side 1 action 1 at 0: 1086000000 x 2147483647 of 0",
                "level 7 #13 side 1 action 2 at 1: none x 0 of 0",
                "trade 7 #14 at " + TIME + ": 1085500000 x 2147483647 by 0",
                "other 7 #15", "other 7 #16", "end " + TIME);
        counted(FeedCounter.CAPPED_QUANTITIES, 2);
        counted(FeedCounter.UNKNOWN_MESSAGES, 0);
    }

    @Test
    void longerBlocksAndEntriesOfALaterVersionAreSteppedOver() {
        packet().message(46, 99, 20).u64(TIME).u8(END).zeros(11).group(48, 2)
                .bookEntry(1, 1, 1, 1, 1, 1, 0, '0').zeros(21)
                .bookEntry(2, 2, 2, 2, 2, 2, 0, '1').zeros(21)
                .paddedGroup(24, 0).zeros(40)
                .incremental(37, 99, TIME + 1, END).group(16, 1).u32(5).u32(2).u32(3).u8(0).zeros(3)
                .sendTo(feed);
        says("level 1 #1 side 0 action 0 at 0: 1 x 1 of 1", "level 2 #2 side 1 action 0 at 1: 2 x 2 of 2",
                "end " + TIME, "other 2 #3", "end " + (TIME + 1));
        counted(FeedCounter.MALFORMED, 0);
    }

    @Test
    void bookEntriesThatAreNoLevels() {
        packet().incremental(46, 13, TIME, END).group(32, 3)
                .bookEntry(NULL_PRICE, NULL_INT, 5, 1, NULL_INT, 1, 2, 'J').zeros(5)
                .bookEntry(1, 1, 5, 2, 1, 1, 0, 'w').zeros(5)
                .bookEntry(1, 1, 5, 3, 1, 0, 0, '?').zeros(5)
                .paddedGroup(24, 0).sendTo(feed);
        says("other 5 #1", "book reset 5", "other 5 #2", "other 5 #3", "end " + TIME);
    }

    @ParameterizedTest
    @CsvSource({"42, 6, 100", "42, 8, 100", "48, 9, 1", "48, 13, 1"})
    void tradeSummaries(final int template, final int version, final long factor) {
        packet().incremental(template, version, TIME, 1).group(32, 5)
                .u64(3_422_500_000L).u32(10).u32(7).u32(50).u32(2).u8(1).u8(0).zeros(6)
                .u64(-5).u32(1).u32(8).u32(51).u32(1).u8(2).u8(0).zeros(6)
                .u64(6).u32(1).u32(9).u32(52).u32(1).u8(0).u8(0).zeros(6)
                .u64(6).u32(1).u32(9).u32(53).u32(1).u8(1).u8(2).zeros(6)
                .u64(6).u32(1).u32(9).u32(54).u32(1).u8(255).u8(1).zeros(6)
                .paddedGroup(16, 1).u64(702140053104L).u32(10).zeros(4)
                .sendTo(feed);
        says("trade 7 #50 at " + TIME + ": " + 3_422_500_000L * factor + " x 10 by 0",
                "trade 8 #51 at " + TIME + ": " + -5 * factor + " x 1 by 1",
                "trade 9 #52 at " + TIME + ": " + 6 * factor + " x 1 by -1",
                "other 9 #53",
                "other 9 #54");
    }

    @Test
    void tradesOfTemplate36() {
        packet().incremental(36, 6, TIME, END).group(32, 2)
                .u64(3_422_500_000L).u32(10).u32(7).u32(50).u32(2).u32(999).u8(2).u8(0).zeros(2)
                .u64(3_422_500_000L).u32(10).u32(7).u32(51).u32(2).u32(999).u8(2).u8(2).zeros(2)
                .sendTo(feed);
        says("trade 7 #50 at " + TIME + ": 342250000000 x 10 by 1", "other 7 #51", "end " + TIME);
    }

    @ParameterizedTest
    @CsvSource({"33, 6", "33, 8", "49, 9", "49, 13"})
    void dailyStatistics(final int template, final int version) {
        packet().incremental(template, version, TIME, END).group(32, 2)
                .u64(1).u32(2).u32(31).u32(41).u16(17000).u8(1).u8(0).u8('6').zeros(7)
                .u64(1).u32(2).u32(32).u32(42).u16(17000).u8(1).u8(0).u8('B').zeros(7).sendTo(feed);
        says("other 31 #41", "other 32 #42", "end " + TIME);
    }

    @ParameterizedTest
    @CsvSource({"34, 6", "34, 8", "50, 9", "50, 13"})
    void limits(final int template, final int version) {
        packet().incremental(template, version, TIME, END).group(32, 2)
                .u64(1).u64(2).u64(NULL_PRICE).u32(31).u32(41)
                .u64(1).u64(2).u64(NULL_PRICE).u32(32).u32(42).sendTo(feed);
        says("other 31 #41", "other 32 #42", "end " + TIME);
    }

    @ParameterizedTest
    @CsvSource({"35, 6", "35, 8", "51, 9", "51, 13"})
    void sessionStatistics(final int template, final int version) {
        packet().incremental(template, version, TIME, END).group(24, 2)
                .u64(1).u32(31).u32(41).u8(0).u8(0).u8('4').u32(version >= 8 ? 5 : 0).zeros(1)
                .u64(1).u32(32).u32(42).u8(255).u8(0).u8('7').u32(version >= 8 ? 5 : 0).zeros(1).sendTo(feed);
        says("other 31 #41", "other 32 #42", "end " + TIME);
    }

    @ParameterizedTest
    @CsvSource({"17, 1", "21, 2", "2, 2", "4, 2", "15, 2", "18, 2", "20, 2", "24, 2", "25, 2", "26, 2", "201, 2", "99, 2"})
    void tradingStatus(final int wire, final int status) {
        status(packet(), NULL_INT, wire).sendTo(feed);
        status(packet(), 77, wire).sendTo(feed);
        says("group status ES " + status, "end " + TIME, "status 77 " + status, "end " + TIME);
    }

    @ParameterizedTest
    @ValueSource(ints = {103, 255})
    void noChangeOfStatusChangesNothing(final int wire) {
        status(packet(), 77, wire).sendTo(feed);
        says("end " + TIME);
    }

    @Test
    void aGroupOfSixCharactersIsComplete() {
        packet().message(30, 13, 30).u64(TIME).text("ABCDEF", 6).text("XYZ", 6).u32(NULL_INT).u16(18000)
                .u8(END).u8(17).u8(0).u8(0).sendTo(feed);
        says("group status ABCDEF 1", "end " + TIME);
    }

    private static PacketWriter status(final PacketWriter packet, final int instrument, final int wire) {
        return packet.message(30, 9, 30).u64(TIME).text("ES", 6).text("ES", 6).u32(instrument).u16(18000)
                .u8(END).u8(wire).u8(0).u8(0);
    }

    @Test
    void aChannelResetEmptiesEverything() {
        packet().message(4, 9, 9).u64(TIME).u8(END).group(2, 1).u16(340).sendTo(feed);
        says("feed reset", "end " + TIME);
        counted(FeedCounter.RESETS, 1);
    }

    @Test
    void messagesThatSayNothingAboutBooks() {
        packet().message(12, 9, 0)
                .message(15, 9, 1).u8(30)
                .message(16, 9, 180).zeros(180)
                .message(39, 9, 35).u64(TIME).text("q", 23).u8(END).zeros(3).group(32, 0)
                .incremental(47, 13, TIME + 1, END).group(40, 1).zeros(40)
                .sendTo(feed);
        says("end " + TIME, "end " + (TIME + 1));
        counted(FeedCounter.MESSAGES, 5);
        counted(FeedCounter.HEARTBEATS, 1);
    }

    @Test
    void unknownTemplatesAreSteppedOver() {
        packet().message(70, 13, 11).zeros(200).message(12, 13, 0).message(60_000, 13, 0)
                .message(5, 13, 0).sendTo(feed);
        says();
        counted(FeedCounter.UNKNOWN_MESSAGES, 3);
        counted(FeedCounter.HEARTBEATS, 1);
        counted(FeedCounter.MESSAGES, 1);
    }

    @Test
    void anEventGoesOnOverPacketsUntilItsEnd() {
        packet().incremental(46, 13, TIME, 4).group(32, 1).bookEntry(1, 1, 1, 1, 1, 1, 0, '0').zeros(5)
                .paddedGroup(24, 0).sendTo(feed);
        packet().incremental(46, 13, TIME, 0x10).group(32, 1).bookEntry(2, 1, 1, 2, 1, 1, 1, '0').zeros(5)
                .paddedGroup(24, 0).sendTo(feed);
        packet().incremental(46, 13, TIME, END).group(32, 0).paddedGroup(24, 0).sendTo(feed);
        feed.onEndOfInput();
        says("level 1 #1 side 0 action 0 at 0: 1 x 1 of 1", "level 1 #2 side 0 action 1 at 0: 2 x 1 of 1",
                "end " + TIME);
    }

    @Test
    void aNewTransactTimeEndsAnEventWhoseEndWasLost() {
        packet().incremental(37, 13, TIME, 2).group(16, 1).u32(5).u32(2).u32(3).u8(0).zeros(3).sendTo(feed);
        packet().incremental(37, 13, TIME + 9, 2).group(16, 1).u32(5).u32(2).u32(4).u8(0).zeros(3).sendTo(feed);
        feed.onEndOfInput();
        says("other 2 #3", "end " + TIME, "other 2 #4");
    }

    @Test
    void aLossIsToldBeforeWhatFollows() {
        packet().incremental(37, 13, TIME, 2).group(16, 1).u32(5).u32(2).u32(3).u8(0).zeros(3).sendTo(feed);
        sequence += 2;
        packet().incremental(37, 13, TIME + 9, END).group(16, 1).u32(5).u32(2).u32(6).u8(0).zeros(3).sendTo(feed);
        says("other 2 #3");
        feed.onEndOfInput();
        says("other 2 #3", "gap 101..102", "end " + TIME, "other 2 #6", "end " + (TIME + 9));
        counted(FeedCounter.LOST, 2);
        counted(FeedCounter.HELD_BACK, 1);
    }

    @Test
    void aRestartOfTheCountIsTold() {
        packet().message(12, 13, 0).sendTo(feed);
        new PacketWriter(1, TIME + 5_000_000).message(12, 13, 0).sendTo(feed);
        says("restart");
        counted(FeedCounter.RESETS, 1);
        counted(FeedCounter.HEARTBEATS, 2);
    }

    private PacketWriter packet() {
        return new PacketWriter(sequence++, TIME);
    }

    private void says(final String... calls) {
        assertEquals(List.of(calls), events.calls);
    }

    private void counted(final FeedCounter counter, final long count) {
        assertEquals(count, feed.counts().get(counter), counter.label());
    }
}
