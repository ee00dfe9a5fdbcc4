package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tickbridge keys} makes, read by the JDK, and what it lists. */
class MadeKeysTest {
    private static final Duration CLOCKS_APART = Duration.ofHours(1); // between the command's reading and the test's

    @TempDir
    private Path directory;
    private Path keys;

    @BeforeEach
    void noKeysYet() {
        keys = directory.resolve("keys");
    }

    private CommandRun keys(final Object... arguments) {
        final Object[] all = new Object[arguments.length + 3];
        all[0] = "keys";
        all[1] = "--directory";
        all[2] = keys;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return CommandRun.of(all);
    }

    private CommandRun must(final Object... arguments) {
        final CommandRun run = keys(arguments);
        assertEquals(0, run.code(), run::err);
        return run;
    }

    private X509Certificate certificate(final String file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(keys.resolve(file))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static void assertExpiresIn(final int days, final X509Certificate certificate) {
        assertExpiresIn(days, certificate.getNotAfter().toInstant());
    }

    private static void assertExpiresIn(final int days, final Instant notAfter) {
        final Duration off = Duration.between(Instant.now().plus(Duration.ofDays(days)), notAfter).abs();
        assertTrue(off.compareTo(CLOCKS_APART) < 0, () -> "expires " + notAfter + ", wanted is in " + days + " days");
    }

    private void assertSecret(final String file) throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve(file))), file);
    }

    @Test
    void anAuthoritySignsForSoLongAndIsLeftAloneOnceThere() throws IOException, GeneralSecurityException {
        assertEquals(List.of("wrote " + keys.resolve("ca.pem")), must("authority", "--days", 30).lines());
        final X509Certificate authority = certificate("ca.pem");
        assertExpiresIn(30, authority);
        authority.checkValidity();
        authority.verify(authority.getPublicKey());
        assertTrue(authority.getBasicConstraints() >= 0, "may sign");
        assertSecret("ca-key.pem");

        final CommandRun again = keys("authority");
        assertEquals(1, again.code());
        assertTrue(again.err().contains("ca.pem: exists already and is left alone; name another directory"), again::err);
        assertEquals(authority, certificate("ca.pem"));

        keys = directory.resolve("usual");
        must("authority");
        assertExpiresIn(3650, certificate("ca.pem"));
    }

    @Test
    void theGatewaysCertificateIsForTheHostsThatWereNamed() throws IOException, GeneralSecurityException {
        must("authority");
        final CommandRun run = must("server", "trading.example", "192.0.2.7", "2001:db8::7", "--days", 90);
        assertTrue(run.out().startsWith("wrote " + keys.resolve("server.pem")
                + ", good for trading.example, 192.0.2.7, 2001:db8::7 until "), run::out);
        assertTrue(run.out().strip().endsWith("; restart the gateway"), run::out);
        final X509Certificate server = certificate("server.pem");
        server.verify(certificate("ca.pem").getPublicKey());
        // RFC 5280, section 4.2.1.6: 2 is a name, 7 an address.
        assertEquals(Set.of("2 trading.example", "7 192.0.2.7", "7 2001:db8:0:0:0:0:0:7"), server.getSubjectAlternativeNames().stream()
                .map(name -> name.get(0) + " " + name.get(1)).collect(Collectors.toSet()));
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), server.getExtendedKeyUsage(), "serverAuth alone, RFC 5280 section 4.2.1.12");
        assertExpiresIn(90, server);
        assertSecret("server-key.pem");

        must("server", "other.example");
        assertExpiresIn(825, certificate("server.pem"));
        assertEquals(1, certificate("server.pem").getSubjectAlternativeNames().size(), "in place of the earlier one");
    }

    @Test
    void withoutAnAuthorityTheGatewayGetsNoCertificate() {
        final CommandRun run = keys("server", "trading.example");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("ca.pem does not exist; make it with: tickbridge keys authority --directory " + keys), run::err);
        assertEquals(2, keys("server").code(), "no host");
    }

    @Test
    void aKeyIsASecretFileAndRegisteredWithTheRightsAskedFor() throws IOException {
        assertEquals(List.of("wrote " + keys.resolve("screen.key")), must("key", "screen", "--rights", "view").lines());
        must("key", "desk", "--rights", "trade", "--days", 7);
        assertSecret("screen.key");
        final String key = Files.readString(keys.resolve("screen.key")).strip();
        assertTrue(key.matches("[0-9a-f]{64}"), key);

        final List<String[]> registered = registered();
        assertEquals(List.of("screen view key", "desk trade key"),
                registered.stream().map(one -> String.join(" ", one[0], one[1], one[2])).toList());
        assertEquals(key, registered.get(0)[3]);
        assertExpiresIn(365, Instant.parse(registered.get(0)[4]));
        assertExpiresIn(7, Instant.parse(registered.get(1)[4]));

        must("key", "screen", "--rights", "trade", "--renew");
        assertFalse(key.equals(Files.readString(keys.resolve("screen.key")).strip()), "a new one");
        assertEquals(List.of("desk trade", "screen trade"), registered().stream().map(one -> one[0] + " " + one[1]).toList());
    }

    /** Columns: name, rights, kind, key or serial number, expiry, state. */
    private List<String[]> registered() throws IOException {
        return Files.readAllLines(keys.resolve("peers")).stream().filter(line -> !line.startsWith("#")).map(line -> line.split(" +")).toList();
    }

    @Test
    void aNameThatIsNoneOrNoRightsAreRefused() {
        for (final String name : List.of("", "../desk", "two words", "-desk", "x".repeat(33))) {
            final CommandRun run = keys("key", "--rights", "view", "--", name);
            assertEquals(2, run.code(), name);
            assertTrue(run.err().contains("NAME: found \"" + name + "\", allowed are letters"), run::err);
        }
        assertEquals(2, keys("key", "desk").code(), "rights are never taken for granted");
        assertEquals(2, keys("key", "desk", "--rights", "all").code());
        assertFalse(Files.exists(keys), "nothing was made");
    }

    @Test
    void theListTellsRightsKindExpiryAndStateAndWarnsByItsExitCode() {
        assertEquals(List.of(), must("list").lines());
        must("key", "desk", "--rights", "trade", "--days", 31);
        must("authority");
        must("server", "trading.example", "--days", 31);
        final CommandRun good = must("list");
        assertEquals(List.of("gateway certificate valid", "desk trade key valid"), told(good));

        must("key", "screen", "--rights", "view", "--days", 29);
        final CommandRun soon = keys("list");
        assertEquals(1, soon.code());
        assertEquals(List.of("gateway certificate valid", "desk trade key valid", "screen view key EXPIRES SOON"), told(soon));

        must("revoke", "screen");
        assertEquals(List.of("gateway certificate valid", "desk trade key valid", "screen view key revoked"), told(must("list")),
                "what is taken back warns of nothing");

        must("key", "late", "--rights", "view", "--days", 0);
        final CommandRun expired = keys("list");
        assertEquals(1, expired.code());
        assertEquals("late view key EXPIRED", told(expired).get(3));
    }

    @Test
    void aGatewayCertificateThatExpiresWarnsToo() {
        must("authority");
        must("server", "trading.example", "--days", 29);
        final CommandRun run = keys("list");
        assertEquals(1, run.code());
        assertEquals(List.of("gateway certificate EXPIRES SOON"), told(run));
    }

    @Test
    void whatNobodyHoldsCannotBeTakenBack() {
        must("key", "desk", "--rights", "view");
        final CommandRun run = keys("revoke", "dask");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("no add-on is called dask; `tickbridge keys list` names them"), run::err);
    }

    /** Without the time of expiry, whose form it holds. */
    private static List<String> told(final CommandRun list) {
        return list.lines().stream().map(line -> {
            final String[] words = line.trim().split(" +");
            final int expiry = words[0].equals("gateway") ? 2 : 3;
            Instant.parse(words[expiry]);
            return line.trim().replaceAll(" +", " ").replace(words[expiry] + " ", "");
        }).toList();
    }
}
