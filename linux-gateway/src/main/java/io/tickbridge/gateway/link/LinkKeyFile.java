package io.tickbridge.gateway.link;

import java.io.IOException;
import java.nio.file.Path;

/** The file with the pre-shared key, for those who only want to know whether it will do. */
public final class LinkKeyFile {
    private LinkKeyFile() {
    }

    /**
     * Reads it as the link will.
     *
     * @param file hexadecimal digits
     * @throws IOException saying what is wrong with the file and how to make a good one
     */
    public static void check(final Path file) throws IOException {
        PreSharedKey.read(file);
    }
}
