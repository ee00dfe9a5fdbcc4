package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/**
 * How a server changes from one release to another: what is refused, what is taken back, what an interruption leaves. The releases
 * are small ones of our own; {@link ReleaseIT} does the same with the real one.
 */
final class ReleaseChangesTest {
    @TempDir
    private Path directory;
    private Path home;
    private Path first;

    @BeforeEach
    void aServer() throws Exception {
        home = Files.createDirectories(directory.resolve("opt"));
        first = pack("0.1.0");
    }

    @Test
    void oneCommandUpgradesAndRestartsAndTakesBackWhatDoesNotStart() throws Exception {
        says(run("install", "--restart", first.toString()), "is in use, and runs");
        final Path before = current();
        final Path next = pack("9.9.9");
        refuseToStart("9.9.9");
        fails(run("install", "--restart", next.toString()), "9.9.9 does not start (see: journalctl -u tickbridge-gateway)");
        assertEquals(before, current());
        says(run("list"), "9.9.9  before");
        refuseToStart("none");
        says(run("rollback", "--restart"), "9.9.9 is in use, ");
        assertEquals(List.of("restart tickbridge-gateway", "restart tickbridge-gateway", "restart tickbridge-gateway",
                "restart tickbridge-gateway"), Files.readAllLines(directory.resolve("systemctl.calls")));
    }

    /** What Ansible asks for at every run: it must not undo what a person took back. */
    @Test
    void whatWasTakenBackIsNotTakenAgainByAnsible() throws Exception {
        says(run("install", "--once", first.toString()), "is in use; restart");
        final Path before = current();
        final Path next = pack("9.9.9");
        says(run("install", "--once", next.toString()), "9.9.9 is in use, ");
        says(run("rollback"), "is in use, 9.9.9 was");
        says(run("install", "--once", next.toString()), "9.9.9 was installed before and taken back: ");
        assertEquals(before, current());
        says(run("install", "--once", first.toString()), "is in use already");
    }

    @Test
    void whatAnInterruptedRunLeftIsWrittenOver() throws Exception {
        says(run("install", first.toString()), "is in use");
        final String name = current().getFileName().toString();
        final Path next = pack("9.9.9");
        // Stopped between the two steps of a change, and a release that lies there in part: a power cut while it was copied by hand.
        Files.createSymbolicLink(home.resolve(".current.new"), Path.of("releases", name));
        Files.createDirectories(home.resolve("releases/9.9.9/linux-gateway"));
        says(run("install", next.toString()), "9.9.9 is in use, ");
        assertEquals("9.9.9", current().getFileName().toString());
        assertTrue(Files.isExecutable(current().resolve("linux-gateway/bin/tickbridge")));
        assertTrue(Files.notExists(home.resolve("releases").resolve(name).resolve(name)), "a link inside a release");
        assertTrue(Files.notExists(home.resolve(".current.new")));
    }

    @Test
    void anotherReleaseOfTheSameVersionIsSaid() throws Exception {
        says(run("install", first.toString()), "is in use");
        Files.writeString(current().resolve(".sha256"), "0".repeat(64) + "\n");
        fails(run("install", first.toString()), " is here already; remove ");
    }

    @Test
    void aDamagedFileIsRefusedAndNothingChanges() throws Exception {
        says(run("install", first.toString()), "is in use");
        final Path before = current();
        final Path next = pack("9.9.9");
        Files.write(next, new byte[] {0}, StandardOpenOption.APPEND);
        fails(run("install", next.toString()), "its checksum differs");
        fails(run("install", directory.resolve("missing.tar.gz").toString()), "does not exist");
        fails(run("use", "1.2.3"), "there is no release 1.2.3 here");
        fails(run("rollback"), "no release was in use before");
        assertEquals(before, current());
    }

    /** A release whose program takes every configuration. */
    private Path pack(final String version) throws Exception {
        final String name = "tickbridge-" + version;
        final Path program = directory.resolve(name).resolve("linux-gateway/bin/tickbridge");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\n");
        assertTrue(program.toFile().setExecutable(true));
        final Launcher.Result result = Launcher.run(directory, Map.of(), List.of("sh", "-c",
                "tar -czf $1.tar.gz $1 && sha256sum $1.tar.gz > $1.tar.gz.sha256", "sh", name));
        assertEquals(0, result.exit(), result.err());
        return directory.resolve(name + ".tar.gz");
    }

    /** A service manager that notes what it is asked for, and cannot start one version. */
    private void refuseToStart(final String version) throws IOException {
        Files.writeString(directory.resolve("refused"), version);
    }

    private String serviceManager() throws IOException {
        final Path systemctl = directory.resolve("bin/systemctl");
        if (Files.notExists(systemctl)) {
            Files.createDirectories(systemctl.getParent());
            Files.writeString(systemctl, """
                    #!/bin/sh
                    echo "$*" >> %1$s/systemctl.calls
                    [ ! -f %1$s/refused ] || [ "$(basename "$(readlink %1$s/opt/current)")" != "$(cat %1$s/refused)" ]
                    """.formatted(directory));
            assertTrue(systemctl.toFile().setExecutable(true));
        }
        return systemctl.getParent().toString();
    }

    private Launcher.Result run(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new java.util.ArrayList<>(List.of(
                Installation.root().resolve("vps-deploy/release/tickbridge-release").toString()));
        command.addAll(List.of(arguments));
        return Launcher.run(directory, Map.of("TICKBRIDGE_HOME", home.toString(),
                "PATH", serviceManager() + ":" + System.getenv("PATH"),
                "TICKBRIDGE_CONFIG", directory.resolve("gateway.yaml").toString()), command);
    }

    private Path current() throws IOException {
        return home.resolve("current").toRealPath();
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
