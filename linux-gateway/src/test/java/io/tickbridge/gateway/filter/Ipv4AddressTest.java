package io.tickbridge.gateway.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4AddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "224.0.31.64", "255.255.255.255", "10.20.30.1"})
    void writesWhatItRead(final String text) {
        assertEquals(text, Ipv4Address.format(Ipv4Address.parse(text)));
    }

    @Test
    void putsTheFirstOctetHighest() {
        assertEquals(0xE0001F40, Ipv4Address.parse("224.0.31.64"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "1.2.3", "1.2.3.4.5", "256.0.0.1", "1.2.3.04", "1.2.3.-4", "localhost", "1.2.3.4 ", "::1"})
    void refusesEverythingElse(final String text) {
        assertThrows(IllegalArgumentException.class, () -> Ipv4Address.parse(text));
    }
}
