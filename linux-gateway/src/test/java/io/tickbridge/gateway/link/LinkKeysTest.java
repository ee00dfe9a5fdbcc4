package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.keys.KeyRegistry;
import io.tickbridge.gateway.keys.RegisteredPeer;
import io.tickbridge.protocol.LinkTermsDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of keys that cannot be read while the link runs: what is taken back elsewhere is taken back, and nothing else ends. */
class LinkKeysTest {
    private static final String DIGITS = "ab".repeat(32);
    private static final byte[] KEY = HexFormat.of().parseHex(DIGITS);

    @TempDir
    private Path directory;
    private KeyRegistry registry;
    private Path peers;
    private Path common;

    @BeforeEach
    void register() throws IOException {
        registry = new KeyRegistry(Files.createDirectories(directory.resolve("keys")));
        peers = directory.resolve("keys/peers");
        common = directory.resolve("key");
        for (final String name : new String[] {"desk", "laptop"}) {
            registry.put(new RegisteredPeer(name, LinkSecurity.Rights.VIEW, true, DIGITS, Instant.parse("2100-01-01T00:00:00Z"), false));
        }
    }

    private static TestAddOn named(final LinkHarness link, final String name, final byte[] key) {
        final TestAddOn addOn = link.challenged();
        addOn.send(addOn.logon(key, name, 0, 0, 2));
        link.until(() -> addOn.has(LinkTermsDecoder.TEMPLATE_ID));
        return addOn;
    }

    /** Reason in the answer to a logon that is rejected. */
    private static int refusal(final LinkHarness link, final String name, final byte[] key) {
        final TestAddOn addOn = link.challenged();
        addOn.send(addOn.logon(key, name, 0, 0, 2));
        link.until(() -> addOn.has(4));
        return addOn.first(4).uint16(0);
    }

    @Test
    void aKeyThatLacksADigitStopsNothing() throws IOException {
        try (LinkHarness link = new LinkHarness(directory)) {
            final TestAddOn desk = named(link, "desk", KEY);
            final String good = Files.readString(peers);
            Files.writeString(peers, good.replace(DIGITS, DIGITS.substring(1)));
            link.server.refreshKeys();
            assertTrue(link.server.areKeysUnreadable());
            link.settle(desk);
            assertEquals(7, refusal(link, "laptop", KEY), "NOT_PERMITTED");
            Files.writeString(peers, good);
            link.server.refreshKeys();
            assertFalse(link.server.areKeysUnreadable());
            link.settle(desk);
            named(link, "laptop", KEY);
        }
    }

    @Test
    void oneUnreadableFileDoesNotHoldBackWhatTheOtherTakes() throws IOException {
        try (LinkHarness link = new LinkHarness(directory)) {
            final TestAddOn desk = named(link, "desk", KEY);
            final TestAddOn laptop = named(link, "laptop", KEY);
            final TestAddOn anybody = named(link, "anybody", LinkHarness.KEY);
            final String good = Files.readString(common);
            Files.writeString(common, "spoilt");
            registry.revoke("desk");
            link.server.refreshKeys();
            assertTrue(link.server.areKeysUnreadable());
            link.until(desk::isEnded);
            link.settle(anybody);
            link.settle(laptop);
            assertEquals(7, refusal(link, "somebody", LinkHarness.KEY), "NOT_PERMITTED");

            Files.writeString(peers, "spoilt");
            Files.writeString(common, good.replace("00", "11"));
            link.server.refreshKeys();
            assertTrue(link.server.areKeysUnreadable());
            link.until(anybody::isEnded);
            link.settle(laptop);
            assertEquals(2, link.server.counts().get(LinkCounter.NO_LONGER_PERMITTED));
        }
    }

    @Test
    void aRegistryThatIsGoneOrEmptyTakesNoRevocationBack() throws IOException {
        try (LinkHarness link = new LinkHarness(directory)) {
            final TestAddOn laptop = named(link, "laptop", KEY);
            registry.revoke("desk");
            link.server.refreshKeys();
            Files.move(peers, directory.resolve("away"));
            link.server.refreshKeys();
            assertTrue(link.server.areKeysUnreadable());
            assertEquals(7, refusal(link, "desk", LinkHarness.KEY), "revoked, whatever key it comes with");
            Files.writeString(peers, "");
            link.server.refreshKeys();
            assertTrue(link.server.areKeysUnreadable());
            assertEquals(7, refusal(link, "desk", LinkHarness.KEY), "revoked, whatever key it comes with");
            link.settle(laptop);
        }
    }

    @Test
    void whoCannotBeJudgedIsTheOnlyOneToGo() throws IOException {
        final AtomicInteger failures = new AtomicInteger();
        final LinkJournal failing = new LinkJournal() {
            @Override
            public boolean report(
                    final long connection, final DirectBuffer frame, final int offset, final int length, final long time) {
                return true;
            }

            @Override
            public void event(
                    final long connection, final long count, final String kind, final String name, final String address,
                    final String text, final long time) {
                if (kind.equals("cut-off") && name.equals("desk")) {
                    failures.incrementAndGet();
                    throw new IllegalStateException("meant by the test");
                }
            }

            @Override
            public long position() {
                return 0;
            }

            @Override
            public long writtenPosition() {
                return 0;
            }

            @Override
            public boolean isKept() {
                return true;
            }
        };
        try (LinkHarness link = new LinkHarness(directory, LinkHarness.Setup.USUAL, failing, config -> config)) {
            final TestAddOn desk = named(link, "desk", KEY);
            final TestAddOn laptop = named(link, "laptop", KEY);
            final TestAddOn anybody = named(link, "anybody", LinkHarness.KEY);
            registry.revoke("desk");
            registry.revoke("laptop");
            link.server.refreshKeys();
            link.until(() -> desk.isEnded() && laptop.isEnded());
            assertEquals(1, failures.get());
            link.settle(anybody);
            assertEquals(1, link.server.peers());
            assertEquals(2, link.server.counts().get(LinkCounter.NO_LONGER_PERMITTED));
        }
    }
}
