package io.tickbridge.gateway.feed.cme;

import static io.tickbridge.gateway.feed.cme.PacketWriter.NULL_INT;
import static io.tickbridge.gateway.feed.cme.PacketWriter.NULL_PRICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tickbridge.gateway.feed.MessageInspector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the versions differ in; version 6 is held to tshark elsewhere. */
class CmeInspectorTest {
    private static final long TIME = 1_700_000_000_000_000_000L;

    @Test
    void ordersComeWithVersion7() {
        for (final int version : new int[] {6, 8}) {
            final PacketWriter packet = new PacketWriter(1, TIME).incremental(32, version, TIME, 0x84).group(32, 1)
                    .bookEntry(NULL_PRICE, NULL_INT, 9, 10, NULL_INT, 1, 2, 'J').zeros(5);
            if (version > 6) {
                packet.paddedGroup(24, 1).u64(-2).u64(-1).u32(NULL_INT).u8(1).u8(2).zeros(2);
            }
            final Map<String, Object> fields = inspect(packet);
            assertEquals(TIME, fields.get("TransactTime"));
            assertEquals("LastQuoteMsg|EndOfEvent", fields.get("MatchEventIndicator"));
            assertEquals(List.of(Map.of("SecurityID", 9L, "RptSeq", 10L, "MDPriceLevel", 1L,
                    "MDUpdateAction", "Delete", "MDEntryType", "BookReset")), fields.get("NoMDEntries"));
            assertEquals(version == 6 ? null : List.of(Map.of("OrderID", new BigDecimal("18446744073709551614"),
                    "ReferenceID", 1L, "OrderUpdateAction", "Delete")), fields.get("NoOrderIDEntries"));
        }
    }

    @Test
    void tradeableSizeComesWithVersion10() {
        for (final int version : new int[] {9, 13}) {
            final Map<String, Object> fields = inspect(
                    new PacketWriter(1, TIME).incremental(46, version, TIME, 0).group(32, 1)
                            .bookEntry(-4_000_000_000_000L, 3, 9, 10, 2, 1, 0, 'E').u32(55).zeros(1)
                            .paddedGroup(24, 0));
            @SuppressWarnings("unchecked")
            final Map<String, Object> entry = ((List<Map<String, Object>>) fields.get("NoMDEntries")).get(0);
            assertEquals(version == 9 ? null : 55L, entry.get("TradeableSize"));
            assertEquals(new BigDecimal("-4000"), entry.get("MDEntryPx"));
            assertEquals("ImpliedBid", entry.get("MDEntryType"));
            assertEquals(List.of(), fields.get("NoOrderIDEntries"));
        }
    }

    @Test
    void statusOfAGroup() {
        final Map<String, Object> fields = inspect(new PacketWriter(1, TIME).message(30, 13, 30).u64(TIME)
                .text("ES", 6).text("GEABCD", 6).u32(NULL_INT).u16(0xFFFF).u8(0).u8(17).u8(200).u8(5));
        assertEquals(Map.of("TransactTime", TIME, "SecurityGroup", "ES", "Asset", "GEABCD", "MatchEventIndicator", "",
                "SecurityTradingStatus", "ReadyToTrade", "HaltReason", "200",
                "SecurityTradingEvent", "ImpliedMatchingOn"), fields);
        assertEquals(List.of("TransactTime", "SecurityGroup", "Asset", "MatchEventIndicator", "SecurityTradingStatus",
                "HaltReason", "SecurityTradingEvent"), List.copyOf(fields.keySet()));
    }

    @Test
    void whatALaterVersionAppendedIsSteppedOver() {
        final Map<String, Object> fields = inspect(new PacketWriter(1, TIME).message(4, 20, 16).u64(TIME).u8(0x80)
                .zeros(7).group(5, 2).u16(340).zeros(3).u16(341).zeros(3).zeros(9));
        assertEquals(List.of(
                Map.of("MDUpdateAction", 0L, "MDEntryType", "J", "ApplID", 340L),
                Map.of("MDUpdateAction", 0L, "MDEntryType", "J", "ApplID", 341L)), fields.get("NoMDEntries"));
    }

    @ParameterizedTest
    @CsvSource({"32, 9", "46, 13", "46, 9"})
    void whatAVersionPromisesAndAMessageLacksIsAbsent(final int template, final int version) {
        final PacketWriter packet = new PacketWriter(1, TIME).incremental(template, version, TIME, 0x80).group(32, 1)
                .bookEntry(1, 3, 9, 10, 2, 1, 0, '0').zeros(5);
        final Map<String, Object> fields = inspect(packet);
        @SuppressWarnings("unchecked")
        final Map<String, Object> entry = ((List<Map<String, Object>>) fields.get("NoMDEntries")).get(0);
        assertEquals(9L, entry.get("SecurityID"));
        assertNull(fields.get("NoOrderIDEntries"));
    }

    @Test
    void entriesOfAnEarlierVersionAreReadAsSuch() {
        final Map<String, Object> fields = inspect(new PacketWriter(1, TIME).incremental(46, 13, TIME, 0x80)
                .group(27, 1).bookEntry(1, 3, 9, 10, 2, 1, 0, '0').paddedGroup(24, 0));
        @SuppressWarnings("unchecked")
        final Map<String, Object> entry = ((List<Map<String, Object>>) fields.get("NoMDEntries")).get(0);
        assertEquals(10L, entry.get("RptSeq"));
        assertNull(entry.get("TradeableSize"));
    }

    /** Found by fuzzing: the message ends with its datagram, and a field that came later would lie behind it. */
    @Test
    void fieldsThatCameLaterAreNotLookedForBehindTheMessage() {
        final Map<String, Object> fields = inspect(new PacketWriter(1, TIME).incremental(46, 13, TIME, 0x80)
                .group(27, 1).bookEntry(1, 3, 9, 10, 2, 1, 0, '0'));
        assertEquals(1, ((List<?>) fields.get("NoMDEntries")).size());
    }

    @Test
    void aMessageWithoutItsFirstGroupIsMalformedAloneAsForTheDecoder() {
        final byte[] packet = new PacketWriter(1, TIME).incremental(32, 9, TIME, 0x80)
                .incremental(32, 9, TIME, 0x80).group(32, 0).packet();
        final List<String> seen = new ArrayList<>();
        new CmeInspector().inspect(new UnsafeBuffer(packet), 0, packet.length, new MessageInspector.Sink() {
            @Override
            public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
                seen.add("message " + type);
            }

            @Override
            public void onHeartbeat(final long sequence) {
                seen.add("heartbeat");
            }

            @Override
            public void onMalformed(final long sequence, final String what) {
                seen.add(what);
            }
        });
        assertEquals(List.of("at byte 12 of the datagram: template 32: group NoMDEntries begins past the end of its"
                + " message", "message 32"), seen);
    }

    private static Map<String, Object> inspect(final PacketWriter writer) {
        final byte[] packet = writer.packet();
        final List<Map<String, Object>> messages = new ArrayList<>();
        new CmeInspector().inspect(new UnsafeBuffer(packet), 0, packet.length, new MessageInspector.Sink() {
            @Override
            public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
                messages.add(fields);
            }

            @Override
            public void onHeartbeat(final long sequence) {
                throw new AssertionError("no heartbeat was written");
            }

            @Override
            public void onMalformed(final long sequence, final String what) {
                throw new AssertionError(what);
            }
        });
        assertEquals(1, messages.size());
        return messages.get(0);
    }
}
