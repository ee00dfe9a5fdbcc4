package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.protocol.ChallengeDecoder;
import io.tickbridge.protocol.LogonAcceptedDecoder;
import io.tickbridge.protocol.LogonRejectedDecoder;
import io.tickbridge.protocol.LogoutDecoder;
import io.tickbridge.protocol.LogoutReason;
import io.tickbridge.protocol.RejectReason;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets in, who does not, and that those inside notice nothing of it. */
class LinkLogonTest {
    private LinkHarness link;

    @BeforeEach
    void start(@TempDir final Path directory) {
        link = new LinkHarness(directory);
    }

    @AfterEach
    void stop() {
        link.close();
    }

    @Test
    void acceptsTheKeyAndProvesItsOwn() {
        final TestAddOn addOn = link.challenged();
        final TestAddOn.Frame challenge = addOn.first(ChallengeDecoder.TEMPLATE_ID);
        assertEquals(1, challenge.uint16(0));
        assertEquals(3, challenge.uint16(2));
        assertEquals("gateway under test", new String(challenge.block(40, 32), StandardCharsets.US_ASCII).trim());
        addOn.send(addOn.logon(LinkHarness.KEY, "desk-7", 0, 0));
        link.until(() -> addOn.has(LogonAcceptedDecoder.TEMPLATE_ID));

        final TestAddOn.Frame accepted = addOn.first(LogonAcceptedDecoder.TEMPLATE_ID);
        assertEquals(link.server.session(), accepted.int64(0));
        assertEquals(1, accepted.int64(8), "next sequence");
        assertEquals(0, accepted.int64(16), "last sequence");
        assertEquals(LinkHarness.HEARTBEAT, accepted.int64(24));
        assertEquals(LinkHarness.TIME_TO_LIVE, accepted.int64(32));
        final byte[] session = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(accepted.int64(0)).array();
        assertArrayEquals(
                TestAddOn.hmac(
                        LinkHarness.KEY, "tickbridge logon gateway 1", addOn.nonce, challenge.block(8, 32), session),
                accepted.block(40, 32));
        assertEquals(1, link.server.counts().get(LinkCounter.LOGONS));
    }

    @Test
    void rejectsAnotherKey() {
        final TestAddOn addOn = link.challenged();
        final byte[] key = LinkHarness.KEY.clone();
        key[31] ^= 1;
        addOn.send(addOn.logon(key, "mallory\n", 0, 0));
        assertRejected(addOn, RejectReason.AUTHENTICATION_FAILED, "mallory?");
        assertEquals(1, link.server.counts().get(LinkCounter.REJECTED_AUTHENTICATION));
        assertEquals(0, link.server.peers());
    }

    @Test
    void rejectsAnotherName() {
        final TestAddOn addOn = link.challenged();
        final byte[] logon = addOn.logon(LinkHarness.KEY, "desk-7", 0, 0);
        logon[logon.length - 1] = 'x';
        addOn.send(logon);
        assertRejected(addOn, RejectReason.AUTHENTICATION_FAILED, "desk-7");
    }

    @Test
    void rejectsALogonHeardOnAnotherConnection() {
        final TestAddOn first = link.challenged();
        final byte[] logon = first.logon(LinkHarness.KEY, "desk-7", 0, 0);
        final TestAddOn second = link.challenged();
        assertFalse(Arrays.equals(first.first(ChallengeDecoder.TEMPLATE_ID).block(8, 32),
                second.first(ChallengeDecoder.TEMPLATE_ID).block(8, 32)));
        second.send(logon);
        assertRejected(second, RejectReason.AUTHENTICATION_FAILED, "desk-7");
    }

    @Test
    void rejectsVersionsItDoesNotSpeak() {
        for (final int version : new int[] {0, 4, 65535}) {
            final TestAddOn addOn = link.challenged();
            addOn.send(addOn.logon(LinkHarness.KEY, "desk-7", 0, 0, version));
            assertRejected(addOn, RejectReason.VERSION_NOT_SUPPORTED, Integer.toString(version));
        }
        assertEquals(3, link.server.counts().get(LinkCounter.REJECTED_VERSION));
    }

    @Test
    void rejectsAnythingBeforeTheLogon() {
        for (final byte[] early : List.of(TestAddOn.heartbeat(1), TestAddOn.probe(1, 2), TestAddOn.logout(),
                TestAddOn.frame(20, 72, 1).array(), TestAddOn.frame(999, 8, 1).array())) {
            final TestAddOn addOn = link.challenged();
            addOn.send(early);
            assertRejected(addOn, RejectReason.UNEXPECTED_MESSAGE, "Logon must come");
        }
        assertEquals(4, link.server.counts().get(LinkCounter.UNEXPECTED_MESSAGES));
        assertEquals(1, link.server.counts().get(LinkCounter.UNKNOWN_MESSAGES));
    }

    static List<Map<String, String>> malformed() {
        return LinkVectors.read("frames.txt").stream()
                .filter(e -> !List.of("ACCEPT", "SKIP").contains(e.get("expect"))).toList();
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void closesOnAMalformedFrameAndOthersNoticeNothing(final Map<String, String> vector) {
        final byte[] bytes = HexFormat.of().parseHex(vector.get("hex"));
        final TestAddOn bystander = link.loggedOn();
        final TestAddOn stranger = link.challenged();
        stranger.send(bytes);
        assertRejected(stranger, RejectReason.MALFORMED_FRAME, vector.get("expect"));

        final TestAddOn known = link.loggedOn();
        known.sendAnyway(bytes);
        known.sendAnyway(new byte[5000]);
        link.until(known::isEnded);
        final TestAddOn.Frame logout = known.first(LogoutDecoder.TEMPLATE_ID);
        assertEquals(LogoutReason.MALFORMED_FRAME.value(), logout.uint16(0));
        assertTrue(logout.toString().contains(vector.get("expect")), logout::toString);

        assertEquals(2, link.server.counts().get(LinkCounter.MALFORMED_FRAMES));
        final byte[] body = link.signal();
        link.until(() -> bystander.has(20));
        assertArrayEquals(body, bystander.first(20).block(0, 64));
        assertFalse(bystander.isEnded());
    }

    @Test
    void skipsUnknownMessagesAfterLogon() {
        final TestAddOn addOn = link.loggedOn();
        LinkVectors.read("frames.txt").stream().filter(e -> e.get("expect").equals("SKIP"))
                .forEach(e -> addOn.send(HexFormat.of().parseHex(e.get("hex"))));
        link.settle(addOn);
        assertEquals(5, link.server.counts().get(LinkCounter.UNKNOWN_MESSAGES));
        assertFalse(addOn.isEnded());
    }

    @Test
    void logsOutAPeerThatSendsWhatOnlyAGatewayMay() {
        for (final byte[] wrong : List.of(TestAddOn.frame(20, 72, 1).array(), TestAddOn.frame(2, 112, 1).array())) {
            final TestAddOn addOn = link.loggedOn();
            addOn.send(wrong);
            link.until(addOn::isEnded);
            assertEquals(LogoutReason.UNEXPECTED_MESSAGE.value(), addOn.first(LogoutDecoder.TEMPLATE_ID).uint16(0));
        }
    }

    @Test
    void takesALogonByteByByte() {
        final TestAddOn addOn = link.challenged();
        for (final byte b : addOn.logon(LinkHarness.KEY, "slow", 0, 0)) {
            addOn.send(new byte[] {b});
            link.workAlone(1);
        }
        link.until(() -> addOn.has(LogonAcceptedDecoder.TEMPLATE_ID));
    }

    @Test
    void takesALogonAndWhatFollowsInOnePiece() {
        final TestAddOn addOn = link.challenged();
        final byte[] logon = addOn.logon(LinkHarness.KEY, "fast", 0, 0);
        final ByteBuffer all = ByteBuffer.allocate(logon.length + 100 * 48).put(logon);
        for (int i = 0; i < 100; i++) {
            all.put(TestAddOn.probe(i, i));
        }
        addOn.send(all.array());
        link.until(() -> addOn.all(8).size() == 100);
        for (int i = 0; i < 100; i++) {
            assertEquals(i, addOn.all(8).get(i).int64(0));
        }
    }

    @Test
    void doesNotWaitForALogonForEver() {
        final TestAddOn addOn = link.challenged();
        final byte[] logon = addOn.logon(LinkHarness.KEY, "slow", 0, 0);
        addOn.send(Arrays.copyOf(logon, 100));
        link.clock.advance(LinkHarness.LOGON_TIMEOUT - 1000);
        link.workAlone(10);
        assertFalse(addOn.isEnded());
        link.clock.advance(1000);
        assertRejected(addOn, RejectReason.LOGON_TIMEOUT, "in time");
        assertEquals(1, link.server.counts().get(LinkCounter.REJECTED_TIMEOUT));
    }

    @Test
    void turnsAwayMoreAddOnsThanItHasPlacesFor() {
        final List<TestAddOn> inside = List.of(link.loggedOn(), link.loggedOn(), link.loggedOn(), link.loggedOn());
        final TestAddOn late = link.challenged();
        late.send(late.logon(LinkHarness.KEY, "late", 0, 0));
        assertRejected(late, RejectReason.TOO_MANY_PEERS, "4 places");
        assertEquals(1, link.server.counts().get(LinkCounter.REJECTED_TOO_MANY_PEERS));
        assertEquals(4, link.server.peers());

        inside.get(0).send(TestAddOn.logout());
        link.until(inside.get(0)::isEnded);
        link.until(() -> link.server.peers() == 3);
        link.loggedOn();
        assertEquals(6, link.server.counts().get(LinkCounter.CONNECTIONS));
    }

    @Test
    void tellsNoOneWithoutTheKeyThatPlacesAreTaken() {
        for (int i = 0; i < 4; i++) {
            link.loggedOn();
        }
        final TestAddOn stranger = link.challenged();
        stranger.send(stranger.logon(new byte[32], "stranger", 0, 0));
        assertRejected(stranger, RejectReason.AUTHENTICATION_FAILED, "stranger");
    }

    @Test
    void connectionsThatDoNotLogOnKeepNoAddOnOut() {
        final List<TestAddOn> strangers = new ArrayList<>();
        for (int i = 0; i < PeerPlaces.MOST_STRANGERS; i++) {
            strangers.add(link.challenged());
        }
        final TestAddOn addOn = link.loggedOn();
        link.until(strangers.get(0)::isEnded);
        assertEquals(1, link.server.counts().get(LinkCounter.DISPLACED));
        assertFalse(strangers.get(0).has(LogonRejectedDecoder.TEMPLATE_ID));
        assertTrue(strangers.stream().skip(1).noneMatch(TestAddOn::isEnded), "only the oldest makes room");
        assertFalse(addOn.isEnded());
        final TestAddOn another = link.challenged();
        assertEquals(1, link.server.counts().get(LinkCounter.DISPLACED), "the add-on's own place is not a stranger's");
        link.challenged();
        link.until(strangers.get(1)::isEnded);
        assertEquals(2, link.server.counts().get(LinkCounter.DISPLACED));
        another.send(another.logon(LinkHarness.KEY, "another", 0, 0));
        link.until(() -> another.has(LogonAcceptedDecoder.TEMPLATE_ID));
    }

    @Test
    void keepsARejectedConnectionOnlyAsLongAsALogonMayTake() {
        final TestAddOn stubborn = link.challenged();
        stubborn.stayOpen();
        stubborn.send(TestAddOn.heartbeat(1));
        link.until(stubborn::isEnded);
        assertNotEquals(null, stubborn.first(LogonRejectedDecoder.TEMPLATE_ID));
        link.clock.advance(LinkHarness.LOGON_TIMEOUT);
        link.workAlone(10);
        assertEquals(0, link.server.connections());
    }

    /** A machine that was cloned with its key would place every order a second time. */
    @Test
    void aNameThatTradesIsOneAddOn() throws IOException {
        final TestAddOn first = link.loggedOn();
        final TestAddOn second = link.challenged();
        second.send(second.logon(LinkHarness.KEY, "test", 0, 0));
        assertRejected(second, RejectReason.TOO_MANY_PEERS, "another add-on that trades is logged on as test, at ");
        assertFalse(first.isEnded());
        first.close();
        link.until(() -> link.server.peers() == 0);
        final TestAddOn again = link.challenged();
        again.send(again.logon(LinkHarness.KEY, "test", 0, 0));
        link.until(() -> again.has(LogonAcceptedDecoder.TEMPLATE_ID));
    }

    /** A proxy or a firewall may keep alive what the add-on has lost; it need not wait until the gateway notices. */
    @Test
    void whoWasLoggedOnComesBackAtOnce() {
        final TestAddOn first = link.loggedOn();
        final TestAddOn second = link.challenged();
        second.send(second.logon(LinkHarness.KEY, "test", link.server.session(), 1));
        link.until(() -> second.has(LogonAcceptedDecoder.TEMPLATE_ID));
        link.until(first::isEnded);
        assertEquals(1, link.server.peers());
    }

    /** Both have been logged on in this run, so both say that they come back: they must not throw each other out in turn. */
    @Test
    void twoThatHaveBothBeenLoggedOnDoNotTakeTurns() {
        link.loggedOn();
        final TestAddOn second = link.challenged();
        second.send(second.logon(LinkHarness.KEY, "test", link.server.session(), 1));
        link.until(() -> second.has(LogonAcceptedDecoder.TEMPLATE_ID));
        final TestAddOn first = link.challenged();
        first.send(first.logon(LinkHarness.KEY, "test", link.server.session(), 1));
        assertRejected(first, RejectReason.TOO_MANY_PEERS, "another add-on that trades is logged on as test, at ");
        assertFalse(second.isEnded());
    }

    @Test
    void whoComesFromElsewhereWaitsUntilItsNameHasFallenSilent() throws IOException {
        link.loggedOn();
        final TestAddOn second = link.connect(0, InetAddress.getByName("127.0.0.2"));
        link.until(() -> second.has(ChallengeDecoder.TEMPLATE_ID));
        second.send(second.logon(LinkHarness.KEY, "test", link.server.session(), 1));
        assertRejected(second, RejectReason.TOO_MANY_PEERS, "another add-on that trades is logged on as test, at ");
    }

    /** What is cut off may come back by another way before either side has noticed. */
    @Test
    void aNameThatHasFallenSilentMayLogOnAnew() {
        final TestAddOn first = link.loggedOn();
        link.clock.advance(2 * LinkHarness.HEARTBEAT);
        final TestAddOn second = link.challenged();
        second.send(second.logon(LinkHarness.KEY, "test", 0, 0));
        link.until(() -> second.has(LogonAcceptedDecoder.TEMPLATE_ID));
        link.until(first::isEnded);
        assertEquals(LogoutReason.PEER_SILENT.value(), first.first(LogoutDecoder.TEMPLATE_ID).uint16(0));
    }

    private void assertRejected(final TestAddOn addOn, final RejectReason reason, final String text) {
        link.until(addOn::isEnded);
        final TestAddOn.Frame rejected = addOn.first(LogonRejectedDecoder.TEMPLATE_ID);
        assertEquals(addOn.frames.get(addOn.frames.size() - 1), rejected, "the last frame says why");
        assertEquals(reason.value(), rejected.uint16(0));
        assertTrue(rejected.toString().contains(text), rejected::toString);
        assertFalse(addOn.has(LogonAcceptedDecoder.TEMPLATE_ID));
    }
}
