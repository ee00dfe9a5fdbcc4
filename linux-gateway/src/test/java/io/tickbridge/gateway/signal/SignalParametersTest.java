package io.tickbridge.gateway.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalParametersTest {

    @ParameterizedTest
    @CsvSource({
        "0.25, 250000", "1, 1000000", "0.000001, 1", "0, 0", "2.5E-1, 250000", "0.2500000000, 250000", "1.0, 1000000"})
    void readsRatiosExactly(final String text, final long millionths) {
        assertEquals(millionths, given(text).ratio("key", 0, 1_000_000, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0.0000001", "1.000001", "-0.1", "half", "", " 1", "NaN", "1e999999999", "1e-999999999",
        "0.3333333333333333333333333333333333333333333333"})
    void refusesRatiosItCannotHold(final String text) {
        assertEquals("signals, rule 3 (test), parameter key: found \"" + text
                        + "\"; allowed: a number with at most 6 decimal places from 0 to 1",
                refused(() -> given(text).ratio("key", 0, 1_000_000, 7)));
    }

    @ParameterizedTest
    @CsvSource({"0.25, 250000000", "9223372036.854775807, 9223372036854775807", "0.000000001, 1", "12, 12000000000"})
    void readsPricesExactly(final String text, final long units) {
        assertEquals(units, given(text).price("key", 0, Long.MAX_VALUE, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000000001", "9223372036.854775808", "1/4", "0x10"})
    void refusesPricesItCannotHold(final String text) {
        assertEquals("signals, rule 3 (test), parameter key: found \"" + text
                        + "\"; allowed: a number with at most 9 decimal places from 0 to 9223372036.854775807",
                refused(() -> given(text).price("key", 0, Long.MAX_VALUE, 7)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5ns, 5", "250us, 250000", "1.5ms, 1500000", "2 s, 2000000000", "0.000000001s, 1", "0ms, 0"})
    void readsDurations(final String text, final long nanoseconds) {
        assertEquals(nanoseconds, given(text).duration("key", 0, 2_000_000_000L, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "0.5ns", "-1ms", "1 minute", "2.000000001s", "99999999999999999999s", "s"})
    void refusesDurationsWithoutUnitOrOutOfRange(final String text) {
        assertEquals("signals, rule 3 (test), parameter key: found \"" + text
                        + "\"; allowed: a duration with its unit (ns, us, ms, s) from 0 to 2s",
                refused(() -> given(text).duration("key", 0, 2_000_000_000L, 7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "5.0", "1e1", "99999999999999999999", "five"})
    void refusesWholeNumbersOutOfRange(final String text) {
        assertEquals("signals, rule 3 (test), parameter key: found \"" + text
                        + "\"; allowed: a whole number from 1 to 10",
                refused(() -> given(text).integer("key", 1, 10, 7)));
    }

    @Test
    void refusesWhatMustBeGivenAndIsNot() {
        assertEquals("signals, rule 3 (test), parameter key: missing; allowed: a whole number from 1 to 10",
                refused(() -> parameters().integer("key", 1, 10)));
    }

    @Test
    void readsFlags() {
        assertTrue(given("true").flag("key", false));
        assertFalse(given("false").flag("key", true));
        assertTrue(parameters().flag("key", true));
        assertEquals("signals, rule 3 (test), parameter key: found \"yes\"; allowed: true or false",
                refused(() -> given("yes").flag("key", true)));
    }

    @Test
    void describesItselfWithDefaultsInTheOrderAsked() {
        final SignalParameters parameters = parameters("ratio", "0.50", "integer", "9");
        assertEquals(9, parameters.integer("integer", 0, 10, 1));
        assertEquals(500_000, parameters.ratio("ratio", 0, 1_000_000, 0));
        assertEquals(1_500_000, parameters.duration("interval", 0, Long.MAX_VALUE, 1_500_000));
        assertEquals(10_000_000, parameters.price("tick", 0, Long.MAX_VALUE, 10_000_000));
        parameters.flag("flag", false);
        assertEquals("integer=9 ratio=0.5 interval=1500us tick=0.01 flag=false", parameters.describe());
        parameters.integer("integer", 0, 10, 1);
        assertEquals("integer=9 ratio=0.5 interval=1500us tick=0.01 flag=false", parameters.describe(), "asked twice");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1ns", "1000, 1us", "1001, 1001ns", "60000000000, 60s", "1500000, 1500us"})
    void describesDurationsInTheLargestUnitThatKeepsThemWhole(final long nanoseconds, final String text) {
        assertEquals(text, ParameterText.formatDuration(nanoseconds));
        assertEquals(nanoseconds, ParameterText.parseDuration(text).orElseThrow());
    }

    @Test
    void refusesADescriptionThatTheLinkHasNoRoomFor() {
        final SignalParameters parameters = parameters();
        for (int i = 0; i < 38; i++) {
            parameters.integer("" + (char) ('a' + i % 26) + i / 26, 0, 99, 9);
        }
        assertEquals(189, parameters.describe().length());
        parameters.integer("xy", 0, 99, 9);
        assertTrue(refused(parameters::describe).startsWith("signals, rule 3 (test): its parameters written out must "
                + "be ASCII and at most 192 characters; found 194: a0=9 b0=9"));
    }

    @Test
    void refusesUnknownKeysNamingAllOfThem() {
        final SignalParameters parameters = parameters("zebra", "1", "levels", "3", "Levels", "4");
        parameters.integer("levels", 1, 10, 5);
        parameters.ratio("threshold", 0, 1, 0);
        assertEquals("signals, rule 3 (test): found unknown parameter Levels, zebra; allowed: levels, threshold",
                refused(parameters::refuseUnknown));
    }

    private static SignalParameters given(final String text) {
        return parameters("key", text);
    }

    private static SignalParameters parameters(final String... keysAndValues) {
        return new SignalParameters(3, SingleRule.config("test", keysAndValues));
    }

    private static String refused(final Runnable action) {
        return assertThrows(SignalConfigException.class, action::run).getMessage();
    }
}
