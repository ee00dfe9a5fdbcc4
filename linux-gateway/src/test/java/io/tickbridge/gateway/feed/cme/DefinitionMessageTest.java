package io.tickbridge.gateway.feed.cme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.InstrumentDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Definitions, written by the offsets of the exchange's documentation. */
class DefinitionMessageTest {
    private static final long UPDATED = 1_700_000_000_000_000_000L;
    private static final long EXPIRY = 1_797_604_200_000_000_000L;

    private final RecordedEvents events = new RecordedEvents();
    private final CmeFeedHandler feed = new CmeFeedHandler(1, 0, 1_000_000, 1_000_000, events);
    private long sequence = 1;

    @Test
    void aFuture() {
        future(UPDATED, 'A').sendTo(feed);
        assertEquals(List.of(new InstrumentDefinition(
                5_602, false, "ESZ6", "ES", "ES", "FUT", "USD", "202612", EXPIRY, 25_000_000_000L, 10_000_000L, 10, 2, UPDATED,
                List.of())), events.definitions);
        assertEquals(1, feed.counts().get(FeedCounter.MESSAGES));
    }

    @Test
    void aSpreadHasItsLegs() {
        rest(root(packet().message(56, 13, 255), "ESZ6-ESH7", "MLEG  ", 9_001, UPDATED, 'A')
                .zeros(6).u16(2026).u8(12).u8(255).u8(3).text("USD", 3).text("EQ", 5).zeros(10).u64(50_000_000L).u64(1_000_000_000L)
                .zeros(255 - 110))
                .group(4, 1).u32(1).group(5, 1).zeros(5)
                .group(18, 2).u32(5_602).u8(1).u8(1).zeros(12).u32(5_603).u8(2).u8(3).zeros(12).sendTo(feed);
        assertEquals(List.of(new InstrumentDefinition(
                9_001, false, "ESZ6-ESH7", "ES", "ES", "MLEG", "USD", "202612w3", EXPIRY, 50_000_000L, 1_000_000_000L, 10, 2,
                UPDATED, List.of(new InstrumentDefinition.Leg(5_602, true, 1), new InstrumentDefinition.Leg(5_603, false, 3)))),
                events.definitions);
    }

    @Test
    void aRepeatedOneIsPassedOverAChangedOneAndADeletionAreNot() {
        future(UPDATED, 'A').sendTo(feed);
        future(UPDATED, 'A').sendTo(feed);
        future(UPDATED + 1, 'M').sendTo(feed);
        future(UPDATED + 1, 'D').sendTo(feed);
        assertEquals(List.of(UPDATED, UPDATED + 1, UPDATED + 1),
                events.definitions.stream().map(InstrumentDefinition::updateTime).toList());
        assertTrue(events.definitions.get(2).deleted());
    }

    @Test
    void anOlderVersionHasPricesInSevenths() {
        rest(root(packet().message(27, 6, 216), "ESZ6", "FUT", 5_602, UPDATED, 'A')
                .zeros(6).u16(2026).u8(12).u8(18).u8(255).text("USD", 3).zeros(12).u64(250_000_000L).u64(100_000L).zeros(216 - 107))
                .group(4, 0).group(5, 0).sendTo(feed);
        final InstrumentDefinition definition = events.definitions.get(0);
        assertEquals(25_000_000_000L, definition.tickSize());
        assertEquals(10_000_000L, definition.displayFactor());
        assertEquals("20261218", definition.maturity());
    }

    @Test
    void aBrokenOneIsCountedAndPutsNoBookInDoubt() {
        packet().message(54, 13, 50).zeros(50).sendTo(feed);
        root(packet().message(54, 13, 224), "ESZ6", "FUT", 5_602, UPDATED, 'A').zeros(224 - 65).group(9, 200).sendTo(feed);
        assertEquals(2, feed.counts().get(FeedCounter.MALFORMED));
        assertEquals(List.of(), events.definitions);
        assertEquals(List.of(), events.calls);
    }

    private PacketWriter future(final long updated, final char action) {
        return rest(root(packet().message(54, 13, 224), "ESZ6", "FUT", 5_602, updated, action)
                .zeros(6).u16(2026).u8(12).u8(255).u8(255).text("USD", 3).zeros(12).u64(25_000_000_000L).u64(10_000_000L)
                .zeros(224 - 107)).group(4, 1).u32(1).group(5, 1).zeros(5);
    }

    /** The 65 bytes that all definitions begin with. */
    private static PacketWriter root(
            final PacketWriter message, final String symbol, final String type, final int id, final long updated,
            final char action) {
        return message.u8(0x80).u32(4_294_967_295L).u8(action).u64(updated).u8(17).u16(310).u8(64).u8(5).text("XCME", 4)
                .text("ES", 6).text("ES", 6).text(symbol, 20).u32(id).text(type, 6);
    }

    /** Events, activation before expiry, and feed types, implied before base. */
    private static PacketWriter rest(final PacketWriter message) {
        return message.group(9, 2).u8(5).u64(1).u8(7).u64(EXPIRY).group(4, 2).text("GBI", 3).u8(2).text("GBX", 3).u8(10);
    }

    private PacketWriter packet() {
        return new PacketWriter(sequence++, UPDATED);
    }
}
