package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.keys.Authority;
import io.tickbridge.gateway.keys.ClientBundle;
import io.tickbridge.gateway.keys.KeyDirectory;
import io.tickbridge.gateway.keys.KeyRegistry;
import io.tickbridge.gateway.keys.RegisteredPeer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Keys and certificates of the link. */
@Command(name = "keys", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Makes, lists and revokes what add-ons show to log on: keys and certificates.")
final class KeysCommand implements Runnable {
    private static final int KEY_LENGTH = 32; // bytes: as long as HMAC-SHA256's output, RFC 2104 section 3
    private static final int PASSWORD_LENGTH = 12; // random bytes
    private static final String RENEW = "In place of what the name holds already, which ends at once: a running add-on is logged out, "
            + "and stays out until it has the new one. Do it while its trader is flat and disarmed.";
    private static final Duration WARNING = Duration.ofDays(30);

    @Spec
    private CommandSpec spec;

    @Option(names = "--directory", scope = ScopeType.INHERIT, defaultValue = "keys", paramLabel = "DIR",
            description = "The configuration's link.keys; default: ${DEFAULT-VALUE}.")
    private Path directory;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do");
    }

    @Command(name = "authority", mixinStandardHelpOptions = true,
            description = "Makes a certificate authority of your own: ca.pem, which both ends trust, and ca-key.pem.")
    int authority(
            @Option(names = "--days", defaultValue = "3650", description = "Until it expires (default ${DEFAULT-VALUE}).") final int days) throws IOException, GeneralSecurityException {
        Authority.create(keys(), in(days));
        out().println("wrote " + keys().authority());
        return 0;
    }

    @Command(name = "server", mixinStandardHelpOptions = true,
            description = "Makes the gateway's certificate: server.pem and server-key.pem.")
    int server(
            @Parameters(paramLabel = "HOST", arity = "1..*", description = "Names and addresses by which add-ons reach it.")
            final List<String> hosts,
            @Option(names = "--days", defaultValue = "825", description = "Until it expires (default ${DEFAULT-VALUE}).") final int days) throws IOException, GeneralSecurityException {
        Authority.open(keys()).issueServer(hosts, in(days));
        out().println("wrote " + keys().server() + ", good for " + String.join(", ", hosts) + " until " + in(days)
                + "; restart the gateway");
        return 0;
    }

    @Command(name = "client", mixinStandardHelpOptions = true,
            description = "Makes an add-on's certificate, NAME.p12 for the Windows user, and registers the name.")
    int client(
            @Parameters(paramLabel = "NAME", description = "The add-on's: letters, digits, dots, hyphens, underscores; at most 32.") final String name,
            @Option(names = "--rights", required = true, description = "view or trade.") final LinkSecurity.Rights rights,
            @Option(names = "--renew", description = RENEW) final boolean renew,
            @Option(names = "--days", defaultValue = "365", description = "Until it expires (default ${DEFAULT-VALUE}).") final int days) throws IOException, GeneralSecurityException {
        checkName(name);
        final Authority authority = Authority.open(keys());
        final boolean ends = endsOther(name, false, renew);
        final Authority.Issued issued = authority.issueClient(name, in(days));
        final String password = random(PASSWORD_LENGTH);
        ClientBundle.write(keys().client(name), name, issued, authority.certificate(), password.toCharArray());
        registry().put(new RegisteredPeer(
                name, rights, false, issued.certificate().getSerialNumber().toString(16), in(days), false));
        out().println("wrote " + keys().client(name) + ", password " + password);
        out().println("give " + keys().client(name).getFileName() + " and " + keys().authority().getFileName()
                + " to the Windows user, and the password by another way");
        tellOfEnd(name, ends);
        return 0;
    }

    @Command(name = "key", mixinStandardHelpOptions = true,
            description = "Makes an add-on's own pre-shared key, NAME.key, and registers the name.")
    int key(
            @Parameters(paramLabel = "NAME", description = "The add-on's: letters, digits, dots, hyphens, underscores; at most 32.") final String name,
            @Option(names = "--rights", required = true, description = "view or trade.") final LinkSecurity.Rights rights,
            @Option(names = "--renew", description = RENEW) final boolean renew,
            @Option(names = "--days", defaultValue = "365", description = "Until it expires (default ${DEFAULT-VALUE}).") final int days) throws IOException {
        checkName(name);
        Files.createDirectories(directory);
        final boolean ends = endsOther(name, true, renew);
        final String key = random(KEY_LENGTH);
        final Path file = keys().key(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, key + System.lineSeparator());
        registry().put(new RegisteredPeer(name, rights, true, key, in(days), false));
        out().println("wrote " + file);
        tellOfEnd(name, ends);
        return 0;
    }

    @Command(name = "list", mixinStandardHelpOptions = true,
            description = "Lists names, rights and expiry; exits 1 when something has expired or does so within 30 days.")
    int list() throws IOException, GeneralSecurityException {
        boolean warned = false;
        if (Files.exists(keys().server())) {
            warned = line("gateway", "", "certificate", Authority.readCertificate(keys().server()).getNotAfter().toInstant(), false);
        }
        for (final RegisteredPeer peer : registry().peers()) {
            warned |= line(peer.name(), peer.rights().name().toLowerCase(Locale.ROOT), kind(peer.isKey()),
                    peer.notAfter(), peer.revoked());
        }
        return warned ? 1 : 0;
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true,
            description = "Takes back everything that a name holds; a gateway that runs logs it out within two seconds.")
    int revoke(@Parameters(paramLabel = "NAME", description = "The add-on's: letters, digits, dots, hyphens, underscores; at most 32.") final String name) throws IOException {
        if (!registry().revoke(name)) {
            throw new IOException(directory + ": no add-on is called " + name + "; `tickbridge keys list` names them");
        }
        out().println("revoked " + name);
        return 0;
    }

    /** Whoever is logged on with it loses the link in the middle of a trade: not for having typed a name twice. */
    private boolean endsOther(final String name, final boolean isKey, final boolean renew) throws IOException {
        final List<RegisteredPeer> held = registry().peers().stream()
                .filter(peer -> peer.name().equals(name) && peer.isKey() == isKey).toList();
        final boolean ends = held.stream().anyMatch(peer -> !peer.revoked() && Instant.now().isBefore(peer.notAfter()));
        if (ends && !renew) {
            throw new IOException(directory + ": " + name + " has a " + kind(isKey) + " already, good until " + held.get(0).notAfter()
                    + ", which is left alone; --renew ends it at once and logs a running add-on out, until it has the new one: "
                    + "do that while the trader is flat and disarmed. For another add-on choose another name");
        }
        if (held.isEmpty() && renew) {
            throw new IOException(directory + ": " + name + " has no " + kind(isKey) + " to renew; `tickbridge keys list` names those "
                    + "that do; without --renew it gets its first one");
        }
        return ends;
    }

    private void tellOfEnd(final String name, final boolean ended) {
        if (ended) {
            out().println("the old one of " + name + " has ended: a running gateway logs it out within two seconds, and it stays out until it "
                    + "has the new one");
        }
    }

    private static String kind(final boolean isKey) {
        return isKey ? "key" : "certificate";
    }

    private boolean line(
            final String name, final String rights, final String kind, final Instant notAfter, final boolean revoked) {
        final Instant now = Instant.now();
        final boolean expired = !revoked && now.isAfter(notAfter);
        final boolean expires = !revoked && !expired && now.plus(WARNING).isAfter(notAfter);
        final String state = revoked ? "revoked" : expired ? "EXPIRED" : expires ? "EXPIRES SOON" : "valid";
        out().println(String.format(Locale.ROOT, "%-32s  %-5s  %-11s  %s  %s", name, rights, kind,
                notAfter.truncatedTo(ChronoUnit.SECONDS), state));
        return expired || expires;
    }

    private void checkName(final String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,31}")) {
            throw new ParameterException(spec.commandLine(),
                    "NAME: found \"" + name + "\", allowed are letters, digits, dots, hyphens and underscores, at most 32");
        }
    }

    private KeyDirectory keys() {
        return new KeyDirectory(directory);
    }

    private KeyRegistry registry() {
        return new KeyRegistry(directory);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static Instant in(final int days) {
        return Instant.now().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS);
    }

    private static String random(final int length) {
        final byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
