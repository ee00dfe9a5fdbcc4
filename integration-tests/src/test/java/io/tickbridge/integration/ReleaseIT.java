package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.SharedData;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A release packed from this checkout, installed on a server's tree, upgraded and taken back. */
final class ReleaseIT {
    /** In Markdown: a file, without the place in it. */
    private static final Pattern RELATIVE_LINK = Pattern.compile("]\\(([^)#:]+)[)#]");

    @TempDir
    private static Path packed;
    private static Path release;
    private static Path next;

    @TempDir
    private Path directory;
    private Path home;

    @BeforeAll
    static void packOnce() throws Exception {
        release = pack(packed.resolve("out"));
        next = repacked();
    }

    @BeforeEach
    void aServer() throws IOException {
        home = Files.createDirectories(directory.resolve("opt"));
    }

    @Test
    void installUpgradeAndRollBack() throws Exception {
        prepareConfiguration();
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
    }

    @Test
    void aJournalIsReplayedByTheNextReleaseAndByTheOneBeforeItAgain() throws Exception {
        final Path capture = SharedData.file("captures/iex-tops16-20170710.pcap.gz");
        GatewayFiles.prepare(directory, GatewayText.topsFile(capture));
        says(run("install", release.toString()), "is in use; restart");
        says(gateway("run", "--config", GatewayFiles.config(directory).toString()), "");
        final Map<Path, String> written = journal();
        assertFalse(written.isEmpty());
        says(run("install", next.toString()), "9.9.9 is in use, ");
        says(gateway("replay", "--journal", GatewayFiles.journal(directory).toString(), "--verify"), "replay is equal");
        says(run("rollback"), "is in use, 9.9.9 was");
        says(gateway("replay", "--journal", GatewayFiles.journal(directory).toString(), "--verify"), "replay is equal");
        assertEquals(written, journal());
    }

    @Test
    void aReleaseThatRefusesTheConfigurationIsNotTakenIntoUse() throws Exception {
        Files.writeString(directory.resolve("gateway.yaml"), "nme: x\n");
        fails(run("install", release.toString()), "refuses " + directory.resolve("gateway.yaml") + ", see above; none stays in use");
        assertFalse(Files.exists(home.resolve("current")));
    }

    @Test
    void theSameCheckoutGivesTheSameBytes() throws Exception {
        assertEquals(-1, Files.mismatch(release, pack(directory.resolve("again"))));
    }

    /** The Windows side takes both from a release: nobody builds there. */
    @Test
    void theAddOnIsInItWithItsInstaller() throws Exception {
        for (final String file : List.of("tickbridge-ninjatrader.zip", "Install-Tickbridge.ps1")) {
            final Path built = Installation.root().resolve("ninjatrader-addon/target").resolve(file);
            Requirement.is(Files.exists(built), built + ", which the build makes where Mono's compiler is");
            final Path taken = directory.resolve(file);
            says(Launcher.run(directory, Map.of(), List.of("sh", "-c",
                    "tar -xzOf \"$1\" --wildcards \"*/ninjatrader-addon/$2\" > \"$2\"", "sh", release.toString(), file)), "");
            assertEquals(-1, Files.mismatch(built, taken), file);
        }
    }

    /** Who installs the add-on from a release reads there how, with its pictures. */
    @ParameterizedTest
    @ValueSource(strings = {"README.md", "OPERATOR.md"})
    void whereTheAddOnsPagesLeadIsInItToo(final String page) throws Exception {
        final Path tree = Files.createDirectory(directory.resolve("tree"));
        says(Launcher.run(directory, Map.of(), List.of("tar", "-xzf", release.toString(), "-C", tree.toString(), "--strip-components=1")), "");
        final Path folder = tree.resolve("ninjatrader-addon");
        final List<String> links = RELATIVE_LINK.matcher(Files.readString(folder.resolve(page))).results()
                .map(link -> link.group(1)).distinct().toList();
        assertFalse(links.isEmpty());
        assertEquals(List.of(), links.stream().filter(link -> !Files.exists(folder.resolve(link))).toList());
    }

    private static Path pack(final Path place) throws Exception {
        final Launcher.Result result = Launcher.run(packed, Map.of("JAVA_HOME", System.getProperty("java.home")),
                List.of(script("make-release"), place.toString()));
        assertEquals(0, result.exit(), result.err());
        return Path.of(result.out().strip());
    }

    /** The release in use, run as a person would. */
    private Launcher.Result gateway(final String... arguments) throws Exception {
        final List<String> command = new java.util.ArrayList<>(List.of(home.resolve("current/linux-gateway/bin/tickbridge").toString()));
        command.addAll(List.of(arguments));
        return Launcher.run(directory, Map.of("JAVA_HOME", System.getProperty("java.home")), command);
    }

    private Map<Path, String> journal() throws Exception {
        final Map<Path, String> contents = new java.util.TreeMap<>();
        try (var files = Files.walk(GatewayFiles.journal(directory))) {
            for (final Path file : files.filter(path -> path.toString().endsWith(".cq4")).toList()) {
                contents.put(file, java.util.HexFormat.of().formatHex(
                        java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
            }
        }
        return contents;
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
    private static Path repacked() throws Exception {
        final Launcher.Result result = Launcher.run(packed, Map.of(), List.of("sh", "-c", """
                set -e
                mkdir next && tar -xzf "$1" -C next && mv next/* next/tickbridge-9.9.9
                tar -C next -cf - tickbridge-9.9.9 | gzip -1 > tickbridge-9.9.9.tar.gz
                sha256sum tickbridge-9.9.9.tar.gz > tickbridge-9.9.9.tar.gz.sha256
                rm -r next
                """, "sh", release.toString()));
        assertEquals(0, result.exit(), result.err());
        return packed.resolve("tickbridge-9.9.9.tar.gz");
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
