package io.tickbridge.gateway.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTextTest {

    @Property(seed = "10614")
    void isWhatBigDecimalWrites(@ForAll final long price) {
        assertEquals(BigDecimal.valueOf(price, 9).stripTrailingZeros().toPlainString(), PriceText.of(price));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,0.000000001", "-1,-0.000000001", "2500000000,2.5", "-500000000,-0.5", "100000000000,100",
        "-9223372036854775808,-9223372036.854775808"})
    void writesPlainDigits(final long price, final String text) {
        assertEquals(text, PriceText.of(price));
    }

    @Test
    void appends() {
        assertEquals("a1.25", PriceText.append(new StringBuilder("a"), 1_250_000_000L).toString());
    }
}
