package io.tickbridge.gateway.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IexSymbolTest {
    @Test
    void theKeyIsTheEightBytesOfTheWireFirstCharacterLowest() {
        assertEquals(0x2020_2054_5845_495aL, IexSymbol.key("ZIEXT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "BF.B", "STI+A", "ABCDEFGH"})
    void aSymbolComesBack(final String symbol) {
        assertEquals(symbol, IexSymbol.text(IexSymbol.key(symbol)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ABCDEFGHI", "A B", "\u00c4"})
    void whatIsNoSymbolIsRefused(final String text) {
        assertThrows(IllegalArgumentException.class, () -> IexSymbol.key(text));
    }
}
