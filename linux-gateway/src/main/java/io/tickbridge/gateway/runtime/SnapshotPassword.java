package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the password of a login from the file that holds it and nothing else. Says nothing of what is in it. */
final class SnapshotPassword {
    /** Bytes: a file that is longer is another one. */
    private static final long LARGEST = 4096;
    /** What a login has room for (SoupBinTCP, "Login Request Packet"). */
    private static final Pattern PASSWORD = Pattern.compile("[!-~]{1,10}");

    private SnapshotPassword() {
    }

    /**
     * Reads it.
     *
     * @throws ConfigException saying what is wrong with the file
     */
    static String read(final Path file) {
        final String password;
        try {
            if (Files.size(file) > LARGEST) {
                throw wrong(file);
            }
            password = Files.readString(file).strip();
        } catch (final IOException e) {
            throw new ConfigException(List.of("cannot read " + file + " (" + e.getClass().getSimpleName()
                    + "), allowed: a file that holds the password"));
        }
        if (!PASSWORD.matcher(password).matches()) {
            throw wrong(file);
        }
        return password;
    }

    private static ConfigException wrong(final Path file) {
        return new ConfigException(List.of("found in " + file + " something else than a password, allowed: 1 to 10 "
                + "printable ASCII characters without spaces"));
    }
}
