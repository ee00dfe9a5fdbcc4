package io.tickbridge.gateway.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.config.LinkSecurity.Rights;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of registered add-ons: who may read it, who may write it, and what is no registry. */
class KeyRegistryTest {
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    private static final String KEY = "ab".repeat(32);
    private static final int SOMEBODY = 65_534; // nobody and nogroup of every Debian
    private static final int WRITES = 25;

    @TempDir
    private Path temporary;
    private Path directory;
    private Path file;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(temporary.resolve("keys"));
        file = directory.resolve("peers");
    }

    private static RegisteredPeer peer(final String name) {
        return new RegisteredPeer(name, Rights.TRADE, true, KEY, LATER, false);
    }

    @Test
    void whatRootRevokesIsReadByTheGatewaysUser() throws Exception {
        Requirement.root();
        Requirement.program("setpriv");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        new KeyRegistry(directory).put(peer("desk"));
        assertEquals("rw------- 0:0", rights(file), "anybody may enter the directory, so its group says nothing");
        // As the deployment's README has it: chgrp -R tickbridge keys && chmod -R u=rwX,g=rX,o= keys
        Files.setAttribute(directory, "unix:gid", SOMEBODY);
        Files.setAttribute(file, "unix:gid", SOMEBODY);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertTrue(readAsGateway().endsWith(" valid\n"));

        assertTrue(new KeyRegistry(directory).revoke("desk"));
        assertEquals("rw-r----- 0:" + SOMEBODY, rights(file));
        assertTrue(readAsGateway().endsWith(" revoked\n"));

        Files.setAttribute(file, "unix:uid", SOMEBODY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        new KeyRegistry(directory).put(peer("desk"));
        assertEquals("r-------- " + SOMEBODY + ":" + SOMEBODY, rights(file));

        Files.delete(file);
        new KeyRegistry(directory).put(peer("first"));
        assertEquals("rw-r----- 0:" + SOMEBODY, rights(file), "the first one is for the directory's group");
        assertTrue(readAsGateway().contains("first trade key"));
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of("peers", "peers.lock"), left.map(one -> one.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void whoCannotKeepTheOwnerChangesNothing() throws Exception {
        Requirement.root();
        Requirement.program("setpriv");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        new KeyRegistry(directory).put(peer("desk"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(directory.resolve("peers.lock"), PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        final Process process = new ProcessBuilder(Stream.concat(
                Stream.of("setpriv", "--reuid=" + SOMEBODY, "--regid=" + SOMEBODY, "--clear-groups"),
                writer(classesForAnybody(), "other")).toList())
                .redirectErrorStream(true).start();
        process.getOutputStream().close();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor());
        assertTrue(said.contains("run this as root"), said);
        assertEquals(List.of(peer("desk")), new KeyRegistry(directory).peers());
        assertEquals("rw-r--r-- 0:0", rights(file));
    }

    /** Whoever builds may keep the classes where nobody else may look. */
    private String classesForAnybody() throws Exception {
        final Path copies = temporary.resolve("classes");
        for (final Class<?> of : List.of(KeyRegistry.class, KeyRegistryTest.class)) {
            final Path classes = Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
            for (final String one : List.of("keys", "config")) {
                final Path relative = Path.of("io/tickbridge/gateway", one);
                Files.createDirectories(copies.resolve(relative));
                try (Stream<Path> files = Files.list(classes.resolve(relative))) {
                    for (final Path from : files.filter(Files::isRegularFile).toList()) {
                        Files.copy(from, copies.resolve(relative).resolve(from.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
        return copies.toString();
    }

    private static String rights(final Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " "
                + Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS) + ":" + Files.getAttribute(path, "unix:gid");
    }

    private String readAsGateway() throws Exception {
        final Process process = new ProcessBuilder("setpriv", "--reuid=" + SOMEBODY, "--regid=" + SOMEBODY, "--clear-groups",
                "cat", file.toString()).redirectErrorStream(true).start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text;
    }

    @Test
    void whatIsGoneTakesNothingBack() throws IOException {
        final KeyRegistry registry = new KeyRegistry(directory);
        assertEquals(List.of(), registry.peers(), "there never was one");
        registry.put(peer("desk"));
        final List<RegisteredPeer> known = registry.peers();
        Files.move(file, directory.resolve("elsewhere"));
        for (int i = 0; i < 2; i++) {
            assertTrue(assertThrows(IOException.class, registry::peers).getMessage().contains("is gone"));
        }
        assertThrows(IOException.class, () -> registry.put(peer("other")), "it would be the only one");
        Files.move(directory.resolve("elsewhere"), file);
        assertSame(known, registry.peers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "desk trade key x\n", "# NAME RIGHTS KIND\n"})
    void whatDoesNotBeginAsOneIsNoRegistry(final String text) throws IOException {
        Files.writeString(file, text);
        assertTrue(assertThrows(IOException.class, () -> new KeyRegistry(directory).peers()).getMessage().contains("line 1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 62, 63, 65})
    void aKeyThatLacksDigitsIsNone(final int digits) throws IOException {
        new KeyRegistry(directory).put(peer("desk"));
        final String good = Files.readString(file);
        Files.writeString(file, good.replace(KEY, "ab".repeat(33).substring(0, digits)));
        final String told = assertThrows(IOException.class, () -> new KeyRegistry(directory).peers()).getMessage();
        assertTrue(told.contains("line 2: the key of desk has " + digits + " hexadecimal digits"), told);
        Files.writeString(file, good.replace(" key " + KEY, " certificate 7"));
        assertEquals(1, new KeyRegistry(directory).peers().size(), "a serial number has as many as it has");
        Files.writeString(file, good.replace(KEY, "ab".repeat(33)));
        assertEquals(33, new KeyRegistry(directory).peers().get(0).keyBytes().length);
    }

    @Test
    void processesThatWriteAtOnceLoseNothing() throws Exception {
        final List<Process> processes = new ArrayList<>();
        for (final String name : List.of("a", "b")) {
            processes.add(new ProcessBuilder(
                    writer(System.getProperty("java.class.path"), name).toList()).redirectErrorStream(true).start());
        }
        for (final Process process : processes) {
            final BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
            assertEquals("ready", said.readLine());
        }
        for (final Process process : processes) {
            process.getOutputStream().close(); // now
        }
        for (final Process process : processes) {
            assertEquals(0, process.waitFor());
        }
        assertEquals(Stream.of("a", "b").flatMap(KeyRegistryTest::names).collect(Collectors.toSet()),
                new KeyRegistry(directory).peers().stream().map(RegisteredPeer::name).collect(Collectors.toSet()));
        assertFalse(new KeyRegistry(directory).revoke("c"));
    }

    private static Stream<String> names(final String prefix) {
        return IntStream.range(0, WRITES).mapToObj(i -> prefix + i);
    }

    private Stream<String> writer(final String classPath, final String name) {
        return Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                classPath, Writer.class.getName(), directory.toString(), name);
    }

    /** Another process that writes: arguments are the directory and what its names begin with. */
    static final class Writer {
        private Writer() {
        }

        public static void main(final String[] arguments) throws IOException {
            System.out.println("ready");
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
            for (final String name : names(arguments[1]).toList()) {
                new KeyRegistry(Path.of(arguments[0])).put(peer(name));
            }
        }
    }
}
