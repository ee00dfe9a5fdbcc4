package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.Transport;
import io.tickbridge.protocol.Link;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An add-on has reset its connection, and the gateway learns of it in the middle of writing: its buffers stay until it is done. */
class LinkResetTest {
    private static final int SIGNAL = Link.HEADER_LENGTH + 72;

    private final SteppedLinkJournal journal = new SteppedLinkJournal();

    @TempDir
    private Path directory;

    private LinkHarness begin(final Transport transport, final int peerBuffer) {
        LinkHarness.require(transport);
        return new LinkHarness(
                directory, LinkHarness.Setup.USUAL.transport(transport).peerBuffer(peerBuffer), journal, config -> config);
    }

    /** Most of what is encoded finds the room of one that has gone. Not pooled: memory given back would be unmapped, and end the JVM. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"NIO", "EPOLL", "IO_URING"})
    void moreThanFitsIsEncodedWithoutALook(final Transport transport) {
        try (LinkHarness link = begin(transport, 4 << 20)) {
            link.loggedOn().reset();
            for (int i = 0; i < 50_000; i++) {
                link.signal();
            }
            link.until(() -> link.server.connections() == 0);
            assertEquals(50_000, link.server.counts().get(LinkCounter.SIGNALS));
        }
    }

    /** Pooled: what would be written to memory given back would be another's, in silence. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"NIO", "EPOLL", "IO_URING"})
    void anotherThatLogsOnMeanwhileIsLeftAlone(final Transport transport) {
        try (LinkHarness link = begin(transport, 1 << 16)) {
            final TestAddOn witness = link.loggedOn();
            link.loggedOn().reset();
            for (int i = 0; i < 50; i++) {
                for (int signal = 0; signal < 200; signal++) {
                    link.signal();
                }
                final int expected = 200 * (i + 1);
                link.until(() -> witness.sequenced().size() == expected);
            }
            assertEquals(10_000, witness.sequenced().get(9_999).sequence());
            link.until(() -> link.server.connections() == 1);
        }
    }

    /** The goodbye is what finds no room: the peer was closed when it is to be closing. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"NIO", "EPOLL", "IO_URING"})
    void aGoodbyeThatFindsItGoneLeavesItGone(final Transport transport) {
        final int peerBuffer = 1 << 16;
        try (LinkHarness link = begin(transport, peerBuffer)) {
            final TestAddOn addOn = link.reporting();
            addOn.reset();
            for (int filled = 0; filled + SIGNAL <= peerBuffer; filled += SIGNAL) {
                link.signal();
            }
            link.server.close();
            assertEquals(0, link.server.connections());
            assertTrue(journal.events.contains("logged-out 1 test") || journal.events.contains("cut-off 1 test"),
                    journal.events.toString());
        }
    }
}
