package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.config.LinkSecurity.Rights;
import io.tickbridge.gateway.keys.Authority;
import io.tickbridge.gateway.keys.KeyDirectory;
import io.tickbridge.gateway.keys.KeyRegistry;
import io.tickbridge.gateway.keys.RegisteredPeer;
import io.tickbridge.protocol.LogoutReason;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Mutual TLS against the JDK's own client: who has a certificate of ours, registered and not revoked, logs on. */
class LinkTlsTest {
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    private static final int LOGON_ACCEPTED = 3;
    private static final int LOGON_REJECTED = 4;
    private static final int LOGOUT = 5;
    private static final int SIGNAL = 20;
    private static final int PEER_BUFFER = 16 * 1024;
    /** Netty takes memory in chunks of 256 KiB; what waits, twice PEER_BUFFER and a record, may need a new one of each kind. */
    private static final int CHUNKS = 2 * (256 << 10);
    private static final int BURST = 50; // signals a turn
    /** Signals: more than kernels hold of a connection. */
    private static final int MANY = 400_000;

    @TempDir
    private static Path directory;
    private static KeyDirectory keys;
    private static Authority authority;
    private static Authority.Issued desk;

    @BeforeAll
    static void makeKeys() throws IOException, GeneralSecurityException {
        keys = new KeyDirectory(directory.resolve("keys"));
        authority = Authority.create(keys, LATER);
        authority.issueServer(List.of("127.0.0.1", "localhost"), LATER);
        desk = authority.issueClient("desk", LATER);
        register("desk", desk, Rights.TRADE);
    }

    private static void register(final String name, final Authority.Issued issued, final Rights rights) throws IOException {
        new KeyRegistry(keys.path()).put(new RegisteredPeer(
                name, rights, false, issued.certificate().getSerialNumber().toString(16), LATER, false));
    }

    private LinkHarness link() {
        return link(LinkHarness.Setup.USUAL, 5_000_000_000L);
    }

    private LinkHarness link(final LinkHarness.Setup setup, final long handshakeTimeout) {
        return new LinkHarness(directory, setup, LinkJournal.NONE, config -> new LinkConfig(
                config.enabled(), config.listen(), config.port(), config.transport(), config.keyFile(), config.heartbeat(),
                handshakeTimeout, config.signalTimeToLive(), config.retain(), config.maxPeers(), config.peerBuffer(),
                config.quotes(), config.trades(), new LinkSecurity(LinkSecurity.Mode.TLS, keys.path(), Rights.VIEW),
                config.limits()));
    }

    @Test
    void aRegisteredCertificateLogsOnWithItsRights() throws Exception {
        try (LinkHarness link = link()) {
            for (final String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
                assertEquals("3 rights 2 " + protocol, run(link, () -> logon(link.port, desk, authority, "desk", protocol)));
            }
        }
    }

    @Test
    void aLargeRunOfSignalsArrivesWhole() throws Exception {
        try (LinkHarness link = link()) {
            final CompletableFuture<String> client = CompletableFuture.supplyAsync(() -> countSignals(link.port, 2000));
            link.until(() -> link.server.peers() > 0 || client.isDone());
            for (int i = 0; i < 2000; i++) {
                link.signal();
                link.workAlone(1);
            }
            link.until(client::isDone);
            assertEquals("2000 in order", client.get());
        }
    }

    /** What is encrypted and not taken yet waits too: an add-on that does not read is cut off, and takes no more memory than any other. */
    @Test
    void whoDoesNotReadIsCutOffAndTakesNoMoreMemory() throws Exception {
        final CompletableFuture<Void> mayRead = new CompletableFuture<>();
        try (LinkHarness link = link(LinkHarness.Setup.USUAL.peerBuffer(PEER_BUFFER), 5_000_000_000L)) {
            final CompletableFuture<String> client = CompletableFuture.supplyAsync(() -> readLater(link.port, mayRead));
            link.until(() -> link.server.peers() > 0 || client.isDone());
            final long before = memory();
            long most = before;
            int sent = 0;
            while (link.server.counts().get(LinkCounter.SLOW_PEERS) == 0) {
                for (int i = 0; i < BURST; i++) {
                    link.signal();
                }
                sent += BURST;
                link.server.doWork();
                most = Math.max(most, memory());
                assertTrue(sent < MANY, "never cut off");
            }
            final long grown = most - before;
            assertTrue(grown <= CHUNKS, () -> grown + " bytes more than before");
            mayRead.complete(null);
            link.until(client::isDone);
            assertEquals("logged out for " + LogoutReason.PEER_TOO_SLOW.value() + ", whole", client.get());
        }
    }

    /** Bytes taken from where the link takes them, and where Netty's TLS does. */
    private static long memory() {
        final ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }

    private static String readLater(final int port, final CompletableFuture<Void> mayRead) {
        try (SSLSocket socket = connect(port, desk, authority, "TLSv1.3")) {
            final DataInputStream in = new DataInputStream(socket.getInputStream());
            frame(in);
            socket.getOutputStream().write(logonFrame("desk"));
            mayRead.join();
            long last = 0;
            while (true) {
                final ByteBuffer frame = frame(in);
                if (frame.getShort(6) == LOGOUT) {
                    return "logged out for " + frame.getShort(32)
                            + (last > 0 && frame.getLong(16) == last ? ", whole" : ", " + last + " of " + frame.getLong(16));
                } else if (frame.getShort(6) == SIGNAL && frame.getLong(16) != ++last) {
                    return "out of order at " + last;
                }
            }
        } catch (final IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anotherNameAnotherAuthorityOrNoCertificateDoesNot() throws Exception {
        final Authority other = Authority.create(new KeyDirectory(directory.resolve("other")), LATER);
        final Authority.Issued foreign = other.issueClient("desk", LATER);
        try (LinkHarness link = link()) {
            assertEquals("4 reason 7 TLSv1.3", run(link, () -> logon(link.port, desk, authority, "somebody", "TLSv1.3")));
            assertEquals("no TLS", run(link, () -> logon(link.port, foreign, authority, "desk", "TLSv1.3")));
            assertEquals("no TLS", run(link, () -> logon(link.port, null, authority, "desk", "TLSv1.2")));
            assertEquals("no TLS", run(link, () -> logon(link.port, desk, other, "desk", "TLSv1.3")), "the client refuses us");
            assertTrue(link.server.counts().get(LinkCounter.CONNECTION_ERRORS) >= 2);
        }
    }

    /** An add-on that was given a key waits for a challenge, and the gateway for TLS; whoever gives up first, the log says it. */
    @Test
    void whoWaitsForAChallengeWithAKeyIsToldOfAsSuch() throws Exception {
        assertTrue(refusal(1_000_000L, false).contains("TLS: it did not begin TLS, or not end it, in time; an add-on that has a key"));
        assertTrue(refusal(60_000_000_000L, true).contains("or it never began TLS: an add-on that has a key in place of a certificate"));
    }

    private String refusal(final long handshakeTimeout, final boolean addOnGivesUp) throws IOException {
        final Logger log = (Logger) LoggerFactory.getLogger(RejectionLog.class);
        final ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        log.addAppender(told);
        try (LinkHarness link = link(LinkHarness.Setup.USUAL, handshakeTimeout); Socket socket = new Socket("127.0.0.1", link.port)) {
            link.until(() -> link.server.counts().get(LinkCounter.CONNECTIONS) == 1);
            if (addOnGivesUp) {
                socket.shutdownOutput();
            }
            link.until(() -> !told.list.isEmpty());
            return told.list.get(0).getFormattedMessage();
        } finally {
            log.detachAppender(told);
        }
    }

    @Test
    void whatIsRevokedIsRefusedFromTheNextLogonOn() throws Exception {
        final Authority.Issued laptop = authority.issueClient("laptop", LATER);
        register("laptop", laptop, Rights.VIEW);
        try (LinkHarness link = link()) {
            assertEquals("3 rights 1 TLSv1.3", run(link, () -> logon(link.port, laptop, authority, "laptop", "TLSv1.3")));
            assertTrue(new KeyRegistry(keys.path()).revoke("laptop"));
            link.server.refreshKeys();
            assertEquals("4 reason 7 TLSv1.3", run(link, () -> logon(link.port, laptop, authority, "laptop", "TLSv1.3")));
        }
    }

    @Test
    void whatIsRevokedWhileItIsLoggedOnEndsTheSession() throws Exception {
        final Authority.Issued tablet = authority.issueClient("tablet", LATER);
        register("tablet", tablet, Rights.VIEW);
        try (LinkHarness link = link(); SSLSocket socket = connect(link.port, tablet, authority, "TLSv1.3")) {
            final CompletableFuture<Integer> reason = CompletableFuture.supplyAsync(() -> reasonOfLogout(socket));
            link.until(() -> link.server.peers() == 1);
            assertTrue(new KeyRegistry(keys.path()).revoke("tablet"));
            link.server.refreshKeys();
            link.until(reason::isDone);
            assertEquals(9, reason.get());
        }
    }

    private static int reasonOfLogout(final SSLSocket socket) {
        try {
            final DataInputStream in = new DataInputStream(socket.getInputStream());
            frame(in);
            socket.getOutputStream().write(logonFrame("tablet"));
            ByteBuffer frame;
            do {
                frame = frame(in);
            } while (frame.getShort(6) != 5);
            return frame.getShort(32);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withoutCertificatesItSaysHowToMakeThem() throws IOException {
        final LinkConfig config = LinkHarness.config(directory.resolve("none"), 0, LinkHarness.Setup.USUAL);
        final LinkConfig offHost = new LinkConfig(true, "192.0.2.1", 0, config.transport(), config.keyFile(), 1, 1, 1, 16, 1, 1 << 16,
                true, true, new LinkSecurity(LinkSecurity.Mode.AUTO, directory.resolve("nowhere"), Rights.VIEW), config.limits());
        final IOException refusal = assertThrows(IOException.class, () -> LinkTls.read(offHost));
        assertTrue(refusal.getMessage().contains("tickbridge keys authority"), refusal.getMessage());
    }

    @Test
    void anExpiredNameIsNotValid() {
        final RegisteredPeer peer = new RegisteredPeer("x", Rights.VIEW, true, "00", Instant.EPOCH.plus(Duration.ofDays(1)), false);
        assertTrue(peer.isValidAt(0));
        assertEquals(false, peer.isValidAt(Duration.ofDays(1).toNanos()));
    }

    /** Something that a client does. */
    private interface Client {
        String run() throws Exception;
    }

    private static String run(final LinkHarness link, final Client client) throws Exception {
        final CompletableFuture<String> done = CompletableFuture.supplyAsync(() -> {
            try {
                return client.run();
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        });
        link.until(done::isDone);
        return done.get();
    }

    private static SSLSocket connect(
            final int port, final Authority.Issued own, final Authority trusted, final String protocol)
            throws IOException, GeneralSecurityException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", trusted.certificate());
        if (own != null) {
            store.setKeyEntry("own", own.key(), new char[0], new Certificate[] {own.certificate()});
        }
        final KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(store, new char[0]);
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        final KeyStore trustStore = KeyStore.getInstance("PKCS12");
        trustStore.load(null, null);
        trustStore.setCertificateEntry("ca", trusted.certificate());
        trust.init(trustStore);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
        final SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String logon(
            final int port, final Authority.Issued own, final Authority trusted, final String name, final String protocol)
            throws GeneralSecurityException {
        try (SSLSocket socket = connect(port, own, trusted, protocol)) {
            final DataInputStream in = new DataInputStream(socket.getInputStream());
            frame(in);
            socket.getOutputStream().write(logonFrame(name));
            final ByteBuffer answer = frame(in);
            final int template = answer.getShort(6);
            return template == LOGON_ACCEPTED
                    ? template + " rights " + frame(in).get(40) + " " + socket.getSession().getProtocol()
                    : template + " reason " + (template == LOGON_REJECTED ? answer.getShort(32) : -1)
                            + " " + socket.getSession().getProtocol();
        } catch (final IOException e) {
            return "no TLS";
        }
    }

    private static String countSignals(final int port, final int wanted) {
        try (SSLSocket socket = connect(port, desk, authority, "TLSv1.3")) {
            final DataInputStream in = new DataInputStream(socket.getInputStream());
            frame(in);
            socket.getOutputStream().write(logonFrame("desk"));
            long expected = 1;
            while (expected <= wanted) {
                final ByteBuffer frame = frame(in);
                if (frame.getShort(6) == 20 && frame.getLong(16) != expected++) {
                    return "out of order at " + expected;
                }
            }
            return wanted + " in order";
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With an empty proof: the certificate says who it is. */
    private static byte[] logonFrame(final String name) {
        final ByteBuffer logon = TestAddOn.frame(2, 112, 2).putLong(0).putLong(0).put(new byte[64]);
        return logon.put(name.getBytes(StandardCharsets.US_ASCII)).array();
    }

    private static ByteBuffer frame(final DataInputStream in) throws IOException {
        final int length = Integer.reverseBytes(in.readInt());
        final ByteBuffer frame = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN).putInt(length);
        in.readFully(frame.array(), 4, length - 4);
        return frame;
    }
}
