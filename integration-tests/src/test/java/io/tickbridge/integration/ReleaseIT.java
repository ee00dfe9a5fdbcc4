package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release packed from this checkout, installed on a server's tree, upgraded and taken back. */
final class ReleaseIT {
    @TempDir
    private Path directory;
    private Path home;
    private Path release;

    @BeforeEach
    void pack() throws Exception {
        home = Files.createDirectories(directory.resolve("opt"));
        final Launcher.Result result = Launcher.run(directory, Map.of("JAVA_HOME", System.getProperty("java.home")),
                List.of(script("make-release"), directory.resolve("out").toString()));
        assertEquals(0, result.exit(), result.err());
        release = Path.of(result.out().strip());
    }

    @Test
    void installUpgradeRollBackAndTheJournalStays() throws Exception {
        final Path journal = Files.writeString(Files.createDirectories(directory.resolve("journal")).resolve("day.cq4"), "kept");
        prepareConfiguration();
        final Path next = nextVersion();
        says(run("install", release.toString()), "is in use; restart");
        says(run("install", release.toString()), "is in use already");
        says(run("install", next.toString()), "9.9.9 is in use, ");
        assertTrue(current().endsWith("releases/9.9.9"));
        // What is in use is whole: it runs from where it lies.
        final Launcher.Result version = Launcher.run(directory, Map.of("JAVA_HOME", System.getProperty("java.home")),
                List.of(current().resolve("linux-gateway/bin/tickbridge").toString(), "--version"));
        assertEquals(0, version.exit(), version.err());
        says(run("rollback"), "is in use, 9.9.9 was");
        assertFalse(current().endsWith("releases/9.9.9"));
        says(run("rollback"), "9.9.9 is in use, ");
        says(run("list"), "9.9.9  in use");
        assertEquals("kept", Files.readString(journal));
    }

    @Test
    void aDamagedFileIsRefusedAndNothingChanges() throws Exception {
        says(run("install", release.toString()), "is in use");
        final Path before = current();
        final Path next = nextVersion();
        Files.write(next, new byte[] {0}, StandardOpenOption.APPEND);
        fails(run("install", next.toString()), "its checksum differs");
        fails(run("install", directory.resolve("missing.tar.gz").toString()), "does not exist");
        fails(run("use", "1.2.3"), "there is no release 1.2.3 here");
        fails(run("rollback"), "no release was in use before");
        assertEquals(before, current());
    }

    @Test
    void aReleaseThatRefusesTheConfigurationIsNotTakenIntoUse() throws Exception {
        Files.writeString(directory.resolve("gateway.yaml"), "nme: x\n");
        fails(run("install", release.toString()), "refuses " + directory.resolve("gateway.yaml") + ", see above; none stays in use");
        assertFalse(Files.exists(home.resolve("current")));
    }

    @Test
    void theSameCheckoutGivesTheSameBytes() throws Exception {
        final byte[] first = Files.readAllBytes(release);
        pack();
        assertTrue(java.util.Arrays.equals(first, Files.readAllBytes(release)));
    }

    private void prepareConfiguration() throws IOException {
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, feed.configuration(0, 0));
        }
        if (!Files.exists(directory.resolve("gateway.yaml"))) {
            Files.copy(GatewayFiles.config(directory), directory.resolve("gateway.yaml"));
        }
    }

    /** The same release under another name, packed by tar itself. */
    private Path nextVersion() throws Exception {
        final Launcher.Result result = Launcher.run(directory, Map.of(), List.of("sh", "-c", """
                set -e
                mkdir next && tar -xzf "$1" -C next && mv next/* next/tickbridge-9.9.9
                tar -C next -czf tickbridge-9.9.9.tar.gz tickbridge-9.9.9
                sha256sum tickbridge-9.9.9.tar.gz > tickbridge-9.9.9.tar.gz.sha256
                rm -r next
                """, "sh", release.toString()));
        assertEquals(0, result.exit(), result.err());
        return directory.resolve("tickbridge-9.9.9.tar.gz");
    }

    private Launcher.Result run(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new java.util.ArrayList<>(List.of(script("tickbridge-release")));
        command.addAll(List.of(arguments));
        return Launcher.run(directory, Map.of("TICKBRIDGE_HOME", home.toString(),
                "TICKBRIDGE_CONFIG", directory.resolve("gateway.yaml").toString(),
                "JAVA_HOME", System.getProperty("java.home")), command);
    }

    private Path current() throws IOException {
        return home.resolve("current").toRealPath();
    }

    private static String script(final String name) {
        return Installation.root().resolve("vps-deploy/release").resolve(name).toString();
    }

    private static void says(final Launcher.Result result, final String words) {
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().contains(words), result.out());
    }

    private static void fails(final Launcher.Result result, final String words) {
        assertEquals(1, result.exit(), result.out());
        assertTrue(result.err().contains(words), result.err());
    }
}
