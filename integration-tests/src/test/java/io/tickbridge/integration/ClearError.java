package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;

/** What bad input must get: exit code 1 and one error that says what, where and what to do. */
final class ClearError {
    private static final Pattern LOGGED = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT.*");

    private ClearError() {
    }

    /** Asserts that there is one line of error, log lines aside, with all these parts and no stack. */
    static void assertOne(final Launcher.Result result, final String... parts) {
        assertLines(1, result, parts);
    }

    /** Asserts that there are so many lines of error, log lines aside; one of them holds each part. */
    static void assertLines(final int count, final Launcher.Result result, final String... parts) {
        assertEquals(1, result.exit(), () -> "exit code; " + result);
        assertFalse(result.err().contains("\tat "), () -> "a stack is no message: " + result.err());
        final List<String> errors = result.err().lines().filter(line -> !LOGGED.matcher(line).matches()).toList();
        assertEquals(count, errors.size(), result::err);
        for (final String part : parts) {
            assertTrue(errors.stream().anyMatch(line -> line.contains(part)), () -> part + " is not in: " + errors);
        }
    }
}
