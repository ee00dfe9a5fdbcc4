package io.tickbridge.gateway.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.protocol.Venue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentKeyTest {

    private static long littleEndian(final String eightCharacters) {
        return ByteBuffer.wrap(eightCharacters.getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    @Test
    void symbolsAreTheirBytesOnTheWire() {
        assertEquals(littleEndian("ZIEXT   "), InstrumentKey.of(Venue.IEX, "ZIEXT"));
        assertEquals(littleEndian("ABCDEFGH"), InstrumentKey.of(Venue.IEX, "ABCDEFGH"));
        assertEquals("ZIEXT", InstrumentKey.text(Venue.IEX, littleEndian("ZIEXT   ")));
        assertEquals("A?B", InstrumentKey.text(Venue.IEX, littleEndian("A\tB     ")));
    }

    @Test
    void groupsArePaddedWithZeros() {
        assertEquals(littleEndian("ES\0\0\0\0\0\0"), InstrumentKey.ofGroup("ES"));
        assertThrows(IllegalArgumentException.class, () -> InstrumentKey.ofGroup("ES 1"));
    }

    @Test
    void securityIdsAreDecimal() {
        assertEquals(133990, InstrumentKey.of(Venue.CME, "133990"));
        assertEquals("133990", InstrumentKey.text(Venue.CME, 133990));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ESZ4", "4294967296"})
    void refusesWhatIsNoSecurityId(final String id) {
        final Exception e = assertThrows(IllegalArgumentException.class, () -> InstrumentKey.of(Venue.CME, id));
        assertTrue(e.getMessage().contains("\"" + id + "\""), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NINECHARS", "A B", "Ä"})
    void refusesWhatIsNoSymbol(final String id) {
        final Exception e = assertThrows(IllegalArgumentException.class, () -> InstrumentKey.of(Venue.IEX, id));
        assertTrue(e.getMessage().contains("\"" + id + "\""), e.getMessage());
    }
}
