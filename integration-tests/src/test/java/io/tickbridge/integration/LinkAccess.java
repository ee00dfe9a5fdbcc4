package io.tickbridge.integration;

import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.keys.Authority;
import io.tickbridge.gateway.keys.ClientBundle;
import io.tickbridge.gateway.keys.KeyDirectory;
import io.tickbridge.gateway.keys.KeyRegistry;
import io.tickbridge.gateway.keys.RegisteredPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What a gateway is told of who may log on, and what add-ons show to do so: a shared key, or certificates of an authority made here. */
final class LinkAccess {
    private static final String PASSWORD = "secret";

    private final LinkSecurity.Mode mode;
    private final Path directory;
    private final KeyDirectory keys;

    private LinkAccess(final LinkSecurity.Mode mode, final Path directory) {
        this.mode = mode;
        this.directory = directory;
        keys = new KeyDirectory(directory.resolve("keys"));
    }

    /**
     * For a gateway whose files are in that directory.
     *
     * @param names of add-ons that may trade; the shared key lets everyone log on
     */
    static LinkAccess of(final LinkSecurity.Mode mode, final Path directory, final List<String> names)
            throws IOException, GeneralSecurityException {
        final LinkAccess access = new LinkAccess(mode, directory);
        if (mode == LinkSecurity.Mode.TLS) {
            access.certify(names);
        }
        return access;
    }

    private void certify(final List<String> names) throws IOException, GeneralSecurityException {
        final Instant later = Instant.now().plus(Duration.ofDays(2));
        final Authority authority = Authority.create(keys, later);
        authority.issueServer(List.of("localhost"), later);
        Files.writeString(passwordFile(), PASSWORD + "\n");
        for (final String name : names) {
            final Authority.Issued issued = authority.issueClient(name, later);
            ClientBundle.write(keys.client(name), name, issued, authority.certificate(), PASSWORD.toCharArray());
            new KeyRegistry(keys.path()).put(new RegisteredPeer(name, LinkSecurity.Rights.TRADE, false,
                    issued.certificate().getSerialNumber().toString(16), later, false));
        }
    }

    private Path passwordFile() {
        return directory.resolve("bundle.password");
    }

    /** In place of the key file alone, in the configuration's section {@code link}. */
    String configuration() {
        return mode == LinkSecurity.Mode.TLS ? "security: tls, keys: keys"
                : "key-file: link.key, security: " + mode.name().toLowerCase(Locale.ROOT);
    }

    /** The add-on's options. */
    List<String> options(final String name) {
        return mode == LinkSecurity.Mode.TLS
                ? List.of("--host", "localhost", "--tls-bundle", keys.client(name).toString(),
                        "--tls-password-file", passwordFile().toString(), "--tls-authority", keys.authority().toString())
                : List.of("--key-file", GatewayFiles.key(directory).toString());
    }
}
