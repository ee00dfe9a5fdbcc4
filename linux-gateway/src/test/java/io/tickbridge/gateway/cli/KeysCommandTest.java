package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.keys.KeyRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name that holds something is not logged out because somebody typed it again. */
class KeysCommandTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"client,desk.p12,certificate", "key,desk.key,key"})
    void aNameKeepsWhatItHasUnlessItIsToBeRenewed(final String command, final String name, final String kind) throws IOException {
        assertEquals(0, keys("authority").code());
        final CommandRun first = keys(command, "desk", "--rights", "trade");
        assertEquals(0, first.code(), first.err());
        assertFalse(first.out().contains("has ended"), first.out());
        final Path file = directory.resolve(name);
        final byte[] before = Files.readAllBytes(file);
        final String registered = Files.readString(directory.resolve("peers"));

        final CommandRun again = keys(command, "desk", "--rights", "view");
        assertEquals(1, again.code());
        assertEquals("", again.out());
        assertTrue(again.err().contains("desk has a " + kind + " already") && again.err().contains("--renew")
                && again.err().contains("flat and disarmed"), again.err());
        assertArrayEquals(before, Files.readAllBytes(file));
        assertEquals(registered, Files.readString(directory.resolve("peers")));

        final CommandRun renewed = keys(command, "desk", "--rights", "trade", "--renew");
        assertEquals(0, renewed.code(), renewed.err());
        assertTrue(renewed.out().contains("the old one of desk has ended: a running gateway logs it out within two seconds"), renewed.out());
        assertEquals(1, new KeyRegistry(directory).peers().size());
        assertFalse(registered.equals(Files.readString(directory.resolve("peers"))), "nothing was renewed");
    }

    @ParameterizedTest
    @CsvSource({"client,certificate", "key,key"})
    void whatHasEndedIsReplacedAndAMistypedNameIsNotRenewed(final String command, final String kind) {
        assertEquals(0, keys("authority").code());
        final CommandRun mistyped = keys(command, "desc", "--rights", "trade", "--renew");
        assertEquals(1, mistyped.code());
        assertTrue(mistyped.err().contains("desc has no " + kind + " to renew"), mistyped.err());
        assertEquals(0, keys(command, "desk", "--rights", "trade").code());
        assertEquals(0, keys("revoke", "desk").code());
        final CommandRun again = keys(command, "desk", "--rights", "trade");
        assertEquals(0, again.code(), again.err());
        assertFalse(again.out().contains("has ended"), again.out());
    }

    private CommandRun keys(final String... arguments) {
        final Object[] all = new Object[arguments.length + 3];
        all[0] = "keys";
        all[1] = "--directory";
        all[2] = directory;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return CommandRun.of(all);
    }
}
