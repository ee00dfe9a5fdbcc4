package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.Transport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever goes wrong in the handling of one connection ends that one: the receive thread and the other add-ons go on. */
class LinkIsolationTest {
    private static final long STREAM = 0x150L;

    private final SteppedLinkJournal journal = new SteppedLinkJournal();

    @TempDir
    private Path directory;
    private LinkHarness link;
    private TestAddOn witness;

    private void begin(final Transport transport, final int peerBuffer) {
        LinkHarness.require(transport);
        link = new LinkHarness(
                directory, LinkHarness.Setup.USUAL.transport(transport).peerBuffer(peerBuffer), journal, config -> config);
        witness = link.challenged();
        witness.send(witness.logon(LinkHarness.KEY, "witness", 0, 0));
        link.until(() -> link.server.peers() == 1);
    }

    private void throwsAt(final String kind, final Throwable thrown) {
        journal.throwsAt = kind;
        journal.thrown = thrown;
    }

    /** That connection alone is gone, counted and told of. */
    private void endsAlone(final TestAddOn bad) {
        link.until(bad::isEnded);
        link.until(() -> link.server.connections() == 1);
        assertEquals(null, journal.throwsAt, "it was thrown");
        assertEquals(1, link.server.counts().get(LinkCounter.CONNECTION_ERRORS));
        assertTrue(journal.events.contains("connection-lost 1 test"), journal.events.toString());
        final int before = witness.sequenced().size();
        link.signal();
        link.until(() -> witness.sequenced().size() > before);
        assertFalse(witness.isEnded());
        link.close();
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"NIO", "EPOLL", "IO_URING"})
    void whatAFrameThrowsEndsItsConnection(final Transport transport) {
        begin(transport, 1 << 18);
        final TestAddOn bad = link.reporting();
        throwsAt("report", new IllegalStateException("of a frame"));
        bad.send(TestAddOn.reportStream(STREAM, 1));
        bad.send(TestAddOn.position(STREAM, 1));
        endsAlone(bad);
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"NIO", "EPOLL", "IO_URING"})
    void whatADutyThrowsEndsItsConnection(final Transport transport) {
        begin(transport, 1 << 18);
        final TestAddOn bad = link.reporting();
        bad.send(TestAddOn.reportStream(STREAM, 1));
        throwsAt("written-position", new IllegalStateException("of what is due"));
        bad.send(TestAddOn.position(STREAM, 1));
        endsAlone(bad);
    }

    /** Too slow for its signals: cutting it off throws, out of a call that the signal's rule made. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"NIO", "EPOLL", "IO_URING"})
    void whatASignalThrowsEndsItsConnection(final Transport transport) {
        begin(transport, 16 * 1024);
        final TestAddOn bad = link.reporting();
        throwsAt("cut-off", new IllegalStateException("of a signal"));
        for (int i = 0; i < 200_000 && journal.throwsAt != null; i++) {
            link.signal();
            link.server.doWork();
            witness.poll();
        }
        endsAlone(bad);
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"NIO", "EPOLL", "IO_URING"})
    void whatAGoodbyeThrowsKeepsItFromNobodyElse(final Transport transport) {
        begin(transport, 1 << 18);
        throwsAt("logged-out", new IllegalStateException("of a goodbye"));
        final TestAddOn other = link.reporting();
        link.server.close();
        link.until(() -> other.isEnded() && witness.isEnded());
        assertTrue(other.has(5), "the one after it was told");
        assertEquals(1, link.server.counts().get(LinkCounter.CONNECTION_ERRORS));
        assertTrue(journal.events.contains("logged-out 1 test"), journal.events.toString());
    }

    /** It is the process's, whoever happened to be served. */
    @Test
    void anErrorOfTheVirtualMachineStopsTheGateway() {
        begin(Transport.EPOLL, 1 << 18);
        final TestAddOn one = link.reporting();
        final OutOfMemoryError error = new OutOfMemoryError("of the test");
        throwsAt("report", error);
        one.send(TestAddOn.reportStream(STREAM, 1));
        one.send(TestAddOn.position(STREAM, 1));
        assertSame(error, assertThrows(OutOfMemoryError.class, () -> link.until(() -> false)));
        link.close();
    }
}
