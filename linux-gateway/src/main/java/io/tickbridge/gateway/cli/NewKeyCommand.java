package io.tickbridge.gateway.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a pre-shared key for the link. */
@Command(name = "new-key", mixinStandardHelpOptions = true,
        description = "Writes a new pre-shared key for the link. Gateway and add-on need the same file.")
final class NewKeyCommand implements Callable<Integer> {
    private static final int KEY_LENGTH = 32; // bytes: as long as HMAC-SHA256's output, RFC 2104 section 3

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Where to write it; must not exist.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        final byte[] key = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        try {
            // Readable by its owner from the first moment on.
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (final FileAlreadyExistsException e) {
            throw new IOException(file + ": exists already and is left alone; name a new file", e);
        }
        Files.writeString(file, HexFormat.of().formatHex(key) + System.lineSeparator());
        spec.commandLine().getOut().println("wrote " + file);
        spec.commandLine().getOut().println("next: in the gateway's configuration `link: {key-file: " + file + "}`; and the same file as link.key into "
                + "the add-on's folder, Documents\\NinjaTrader 8\\Tickbridge, by a safe way, not by mail");
        return 0;
    }
}
