package io.tickbridge.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a test needs of the machine. Where it is missing the test is skipped, saying so; under
 * {@code TICKBRIDGE_REQUIRE_ALL=1} it fails.
 */
public final class Requirement {
    private static final boolean ALL = "1".equals(System.getenv("TICKBRIDGE_REQUIRE_ALL"));

    private Requirement() {
    }

    /** Whether something is there, named for people. */
    public static void is(final boolean met, final String what) {
        if (ALL) {
            assertTrue(met, "TICKBRIDGE_REQUIRE_ALL is set, and this is missing: " + what);
        } else {
            assumeTrue(met, "skipped: this is missing: " + what);
        }
    }

    /** A program on the path. */
    public static void program(final String name) {
        is(Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name))), "the program " + name);
    }

    /** Tests that make network interfaces. */
    public static void root() {
        is("root".equals(System.getProperty("user.name")), "the rights of root");
    }
}
