package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.protocol.HeartbeatDecoder;
import io.tickbridge.protocol.LogoutDecoder;
import io.tickbridge.protocol.LogoutReason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heartbeats, silence, clock probes, goodbyes: on a clock that the test moves. */
class LinkTimeTest {
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
    void beatsOnceAnInterval() {
        final TestAddOn addOn = link.loggedOn();
        for (int i = 0; i < 40; i++) {
            link.clock.advance(LinkHarness.HEARTBEAT / 4);
            link.signal();
            link.settle(addOn);
        }
        final List<Long> counters = addOn.all(HeartbeatDecoder.TEMPLATE_ID).stream().map(f -> f.int64(0)).toList();
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L), counters);
        assertEquals(40, addOn.all(8).get(addOn.all(8).size() - 1).sequence());
    }

    @Test
    void cutsOffASilentPeerAndNoOther() {
        final TestAddOn silent = link.loggedOn();
        final TestAddOn alive = link.loggedOn();
        for (int i = 0; i < 8; i++) {
            assertFalse(silent.isEnded());
            link.clock.advance(LinkHarness.HEARTBEAT * 3 / 8);
            alive.send(TestAddOn.heartbeat(i));
            link.settle(alive);
        }
        link.until(silent::isEnded);
        assertEquals(LogoutReason.PEER_SILENT.value(), silent.first(LogoutDecoder.TEMPLATE_ID).uint16(0));
        assertFalse(alive.isEnded());
        assertEquals(1, link.server.counts().get(LinkCounter.SILENT_PEERS));
        assertEquals(1, link.server.peers());
    }

    /** The server's own thread was away: what the peer said meanwhile lies unread, and must be read before judging. */
    @Test
    void doesNotBlameThePeerForItsOwnAbsence() {
        final TestAddOn addOn = link.loggedOn();
        link.clock.advance(LinkHarness.HEARTBEAT * 10);
        link.server.doWork();
        assertEquals(0, link.server.counts().get(LinkCounter.SILENT_PEERS), "not judged on return");
        link.clock.advance(LinkHarness.HEARTBEAT * 10);
        addOn.send(TestAddOn.heartbeat(1));
        link.settle(addOn);
        link.workAlone(10);
        assertFalse(addOn.isEnded());
        assertEquals(0, link.server.counts().get(LinkCounter.SILENT_PEERS));
    }

    /** Of a clock that moves by 1 ns at each reading: a turn that had nothing to do reads it a few times. */
    @Test
    void tellsTheLongestTimeBetweenTwoTurns() {
        final long readings = 1_000; // ns, more than one turn makes
        link.workAlone(3);
        assertTrue(link.server.longestGap() > 0 && link.server.longestGap() < readings, () -> link.server.longestGap() + " ns");
        final long away = 400_000_000;
        link.clock.advance(away);
        link.workAlone(3);
        final long longest = link.server.longestGap();
        assertTrue(longest >= away && longest < away + readings, () -> longest + " ns");
        link.clock.advance(away - readings);
        link.workAlone(3);
        assertEquals(longest, link.server.longestGap(), "a shorter one is not the longest");
        link.clock.advance(away + readings);
        link.workAlone(3);
        assertTrue(link.server.longestGap() >= away + readings, "a longer one is");
    }

    @Test
    void answersProbesWithItsOwnTimes() {
        final TestAddOn addOn = link.loggedOn();
        final long before = link.clock.now();
        addOn.send(TestAddOn.probe(-1, -123));
        link.until(() -> addOn.all(8).size() == 2);
        final TestAddOn.Frame reply = addOn.all(8).get(1);
        assertEquals(-1, reply.int64(0));
        assertEquals(-123, reply.int64(8));
        assertTrue(reply.int64(16) >= before, "received after it was sent");
        assertTrue(reply.header().sendTime() > reply.int64(16), "answered after it was received");
        assertTrue(link.clock.now() > reply.header().sendTime());
        assertEquals(2, link.server.counts().get(LinkCounter.CLOCK_PROBES));
    }

    @Test
    void closesWhenThePeerLogsOut() {
        final TestAddOn addOn = link.loggedOn();
        addOn.send(TestAddOn.logout());
        link.until(addOn::isEnded);
        assertFalse(addOn.has(LogoutDecoder.TEMPLATE_ID));
        link.until(() -> link.server.peers() == 0);
    }

    @Test
    void forgetsAPeerWhoseConnectionIsLost() throws Exception {
        final TestAddOn addOn = link.loggedOn();
        addOn.close();
        link.until(() -> link.server.peers() == 0);
        link.signal();
        link.workAlone(3);
        assertEquals(0, link.server.counts().get(LinkCounter.SENT_LIVE));
    }

    @Test
    void saysGoodbyeWhenItStops() {
        final TestAddOn addOn = link.loggedOn();
        link.signal();
        link.server.close();
        addOn.poll();
        assertTrue(addOn.isEnded());
        assertEquals(1, addOn.sequenced().size(), "what was encoded before still leaves");
        final TestAddOn.Frame last = addOn.frames.get(addOn.frames.size() - 1);
        assertEquals(LogoutReason.SHUTTING_DOWN.value(), last.uint16(0));
        assertEquals(1, last.sequence());
        assertEquals(0, link.server.doWork(), "closed twice and worked on, it does nothing");
    }
}
