package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.keys.Authority;
import io.tickbridge.gateway.keys.ClientBundle;
import io.tickbridge.gateway.keys.KeyDirectory;
import io.tickbridge.gateway.keys.KeyRegistry;
import io.tickbridge.gateway.keys.RegisteredPeer;
import io.tickbridge.integration.exchange.SessionPackets;
import io.tickbridge.integration.process.Child;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The add-on under Mono and the gateway, each with certificates: the right ones, and each way of being wrong. */
final class LinkTlsIT {
    private static final Instant LATER = Instant.now().plus(Duration.ofDays(60));
    private static final Instant AN_HOUR_AGO = Instant.now().minus(Duration.ofHours(1));
    private static final int SIGNALS = 100;
    private static final int IN_THE_HANDSHAKE = 300; // bytes: within the gateway's certificate
    private static final long LIMIT = 180; // seconds; only a hang takes so long
    /** The gateway logs connections that do not log on at most once so often. */
    private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path directory;
    private Authority authority;
    private KeyDirectory keys;
    private int port;

    @Test
    void onlyTheRightCertificatesLogOnAndEachRefusalSaysWhyOnBothSides() throws Exception {
        AddOnProcess.require();
        keys = new KeyDirectory(directory.resolve("keys"));
        authority = Authority.create(keys, LATER);
        authority.issueServer(List.of("localhost"), LATER);
        final String password = tickbridgeKeys("client", "desk", "--rights", "view");
        final Authority other = Authority.create(new KeyDirectory(directory.resolve("other")), LATER);
        final List<byte[]> packets = SessionPackets.of(7, 200);
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, GatewayText.changed(feed.configuration(0, 0),
                    "key-file: link.key", "security: tls, keys: keys"));
            final List<String> expected = feed.signals(packets);
            assertTrue(expected.size() > SIGNALS, () -> expected.size() + " signals");
            try (GatewayProcess gateway = GatewayProcess.start(directory)) {
                port = gateway.port();
                try (Child right = start("right", "localhost", keys.client("desk"), password, keys.authority(),
                        "--count", Integer.toString(expected.size()), "--bodies", directory.resolve("right.bodies").toString())) {
                    Await.until("a logon", () -> {
                        assertTrue(right.isAlive(), right::lastLines);
                        return gateway.count("link.logons") == 1;
                    }, right::lastLines);
                    feed.send(0, packets);
                    assertEquals(0, right.await(LIMIT), right::lastLines);
                }
                Signals.assertSame(expected, Files.readAllLines(directory.resolve("right.bodies")), "signals under TLS");

                cutInTheHandshake(gateway, password);
                refuse(gateway, "wrong-authority", "localhost", keys.client("desk"), password,
                        new KeyDirectory(directory.resolve("other")).authority(),
                        "the gateway's certificate is not of our authority, or has expired: CN=localhost",
                        "it does not trust this gateway's certificate");
                refuse(gateway, "wrong-host", "127.0.0.1", keys.client("desk"), password, keys.authority(),
                        "the gateway's certificate is not for the host 127.0.0.1, but for localhost",
                        "it does not trust this gateway's certificate");
                refuse(gateway, "foreign", "localhost", bundle("foreign", other, LATER), "secret", keys.authority(),
                        "the gateway did not take our certificate",
                        "its certificate is not of this gateway's authority");
                refuse(gateway, "expired", "localhost", bundle("expired", authority, AN_HOUR_AGO), "secret", keys.authority(),
                        "the gateway did not take our certificate", "its certificate has expired");
                revokeWhileLoggedOn(gateway, password);
                refuse(gateway, "revoked", "localhost", keys.client("desk"), password, keys.authority(),
                        "the gateway refused the logon: NotPermitted: desk is not known here, is revoked, or has expired", "'desk'.*NOT_PERMITTED");
                assertEquals(3, gateway.count("link.logons"));
                gateway.stop();
            }
        }
    }

    /** The network's fault is not taken for a refusal: it is tried again at once. */
    private void cutInTheHandshake(final GatewayProcess gateway, final String password) throws Exception {
        final int direct = port;
        try (LinkProxy network = new LinkProxy(direct)) {
            network.cutNextAfterBytesToAddOn(IN_THE_HANDSHAKE);
            port = network.port();
            try (Child cut = start("cut", "localhost", keys.client("desk"), password, keys.authority())) {
                Await.until("a logon after the cut", () -> gateway.count("link.logons") == 2, cut::lastLines);
                assertEquals(1, network.cuts());
                cut.stop(LIMIT);
                final String output = cut.output();
                assertTrue(output.contains("TLS: the connection ended in the handshake ("), output);
            }
        } finally {
            port = direct;
        }
    }

    /** The command ends a session that stands, and the add-on is told why. */
    private void revokeWhileLoggedOn(final GatewayProcess gateway, final String password) throws Exception {
        try (Child live = start("live", "localhost", keys.client("desk"), password, keys.authority())) {
            Await.until("a third logon", () -> gateway.count("link.logons") == 3, live::lastLines);
            tickbridgeKeys("revoke", "desk");
            assertEquals(1, live.await(LIMIT), live::lastLines);
            final String output = live.output();
            assertTrue(output.contains("logged us out: NoLongerPermitted desk was revoked or has expired"), output);
            assertTrue(output.contains("the gateway refused the logon: NotPermitted"), output);
        }
    }

    /** Returns the password that it shows, if it shows one. */
    private String tickbridgeKeys(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("keys", "--directory", keys.path().toString()));
        command.addAll(List.of(arguments));
        final Launcher.Result result = Launcher.tickbridge(directory, command.toArray(String[]::new));
        assertEquals(0, result.exit(), result.err());
        final Matcher password = Pattern.compile(", password (\\S+)").matcher(result.out());
        return password.find() ? password.group(1) : "";
    }

    /** A certificate that the gateway has registered, whoever signed it. */
    private Path bundle(final String name, final Authority signer, final Instant until)
            throws IOException, GeneralSecurityException {
        final Authority.Issued issued = signer.issueClient(name, until);
        ClientBundle.write(keys.client(name), name, issued, signer.certificate(), "secret".toCharArray());
        new KeyRegistry(keys.path()).put(new RegisteredPeer(name, LinkSecurity.Rights.TRADE, false,
                issued.certificate().getSerialNumber().toString(16), LATER, false));
        return keys.client(name);
    }

    private Child start(
            final String name, final String host, final Path bundle, final String password, final Path trusted,
            final String... more) throws IOException {
        final Path file = Files.writeString(directory.resolve(name + ".password"), password + "\n");
        final List<String> command = Installation.addOn("--host", host, "--port", Integer.toString(port), "--quiet",
                "--tls-bundle", bundle.toString(), "--tls-password-file", file.toString(),
                "--tls-authority", trusted.toString());
        command.addAll(List.of(more));
        return Child.start(name, directory, command);
    }

    private void refuse(
            final GatewayProcess gateway, final String name, final String host, final Path bundle, final String password,
            final Path trusted, final String addOnSays, final String gatewaySays) throws Exception {
        final long begun = System.nanoTime();
        Await.until("the gateway to log again", () -> System.nanoTime() - begun > LOG_INTERVAL, () -> "");
        final int before = gateway.log().length();
        try (Child wrong = start(name, host, bundle, password, trusted)) {
            assertEquals(1, wrong.await(LIMIT), wrong::lastLines);
            final String output = wrong.output();
            assertEquals(1, output.lines().filter(line -> line.contains(addOnSays)).count(), output);
            assertTrue(output.lines().noneMatch(line -> line.startsWith("  at ")), output);
            Await.until("the gateway's reason for " + name,
                    () -> Pattern.compile(gatewaySays).matcher(log(gateway).substring(before)).find(), () -> log(gateway));
        }
    }

    private static String log(final GatewayProcess gateway) {
        try {
            return gateway.log();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
