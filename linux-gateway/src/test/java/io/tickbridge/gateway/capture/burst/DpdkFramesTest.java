package io.tickbridge.gateway.capture.burst;

import static io.tickbridge.gateway.capture.burst.DpdkPort.LIMIT;
import static io.tickbridge.gateway.capture.burst.DpdkPort.MOST_EMPTY_POLLS;
import static io.tickbridge.gateway.capture.burst.DpdkPort.NOTHING;
import static io.tickbridge.gateway.capture.burst.DpdkPort.assertSame;
import static io.tickbridge.gateway.capture.burst.DpdkPort.device;
import static io.tickbridge.gateway.capture.burst.DpdkPort.figure;
import static io.tickbridge.gateway.capture.burst.DpdkPort.framesOf;
import static io.tickbridge.gateway.capture.burst.DpdkPort.into;
import static io.tickbridge.gateway.capture.burst.DpdkPort.open;
import static io.tickbridge.gateway.capture.burst.DpdkPort.refusal;
import static io.tickbridge.gateway.capture.burst.DpdkPort.send;
import static io.tickbridge.gateway.capture.burst.DpdkPort.sendUntilTaken;
import static io.tickbridge.gateway.capture.burst.DpdkPort.udp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.SteadyAllocation;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What comes through DPDK's software devices: every frame, as it was, from every queue. */
class DpdkFramesTest {
    private static final String CME = "captures/cme-mdp3-v6-ch340-ab.pcapng";
    private static final int CME_PACKETS = 10_000;

    @BeforeAll
    static void isBuilt() {
        DpdkPort.requireBackend();
    }

    @Test
    void aCaptureGivesTheFramesOfTheFilePathByteForByte() {
        final Path file = SharedData.file(CME);
        try (PacketSource path = CaptureFiles.open(file); BurstSource dpdk = open("net_pcap0,rx_pcap=" + file)) {
            final List<byte[]> expected = framesOf(path, CME_PACKETS);
            assertEquals(CME_PACKETS, expected.size());
            assertSame(expected, framesOf(dpdk, CME_PACKETS));
            assertEquals(0, dpdk.poll(NOTHING, LIMIT));
            assertEquals(CME_PACKETS, dpdk.counts().received());
            assertEquals(CME_PACKETS, figure(dpdk, "received"));
            assertEquals(0, dpdk.counts().dropped());
            assertFalse(dpdk.isExhausted());
        }
    }

    @Test
    void aLoopedCaptureComesRoundUnchangedAndLeaksNoBuffer() {
        final Path file = SharedData.file(CME);
        try (BurstSource source = open("net_pcap0,rx_pcap=" + file + ",infinite_rx=1")) {
            final List<byte[]> first = framesOf(source, CME_PACKETS);
            final long[] received = new long[1];
            // More often than there are buffers, by far.
            while (received[0] < 50L * CME_PACKETS) {
                received[0] += source.poll(NOTHING, LIMIT);
            }
            while (received[0] % CME_PACKETS != 0) {
                received[0] += source.poll(NOTHING, (int) Math.min(LIMIT, CME_PACKETS - received[0] % CME_PACKETS));
            }
            assertSame(first, framesOf(source, CME_PACKETS));
            assertEquals(0, source.counts().dropped());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 31, 64, 1000, 4096})
    void anyLimitIsKeptAndNoFrameSkipped(final int limit) {
        final Path file = SharedData.file(CME);
        try (PacketSource path = CaptureFiles.open(file); BurstSource source = open("net_pcap0,rx_pcap=" + file)) {
            final List<byte[]> frames = new ArrayList<>();
            for (int got = source.poll(into(frames), limit); got > 0; got = source.poll(into(frames), limit)) {
                assertTrue(got <= limit);
            }
            assertSame(framesOf(path, CME_PACKETS), frames);
        }
    }

    @Test
    void opensAgainAfterItWasClosedAndSeveralAtOnce() {
        for (int i = 0; i < 5; i++) {
            try (BurstSource source = open("net_null0,size=64"); BurstSource other = open("net_null1,size=128")) {
                assertEquals(64, framesOf(source, LIMIT).get(0).length);
                assertEquals(128, framesOf(other, LIMIT).get(0).length);
                assertEquals("DPDK: net_null0 is open already in this process; give a second software device another number",
                        refusal(device("net_null0")));
            }
        }
    }

    @Test
    void pollingAllocatesNothing() {
        final long[] sum = new long[1];
        final FrameHandler handler = (buffer, offset, length, time, port) -> sum[0] += buffer.getShort(offset + 12) + time;
        try (BurstSource source = open("net_null0,size=64")) {
            SteadyAllocation.assertNoneIn(() -> {
                for (int i = 0; i < 20_000; i++) {
                    source.poll(handler, LIMIT);
                }
            });
        }
    }

    @Test
    void severalQueuesArePolledInTurn() {
        try (BurstSource source = open(device("net_null0").with("queues", 4))) {
            assertTrue(source.describe().contains("4 queues"), source.describe());
            for (int i = 0; i < 40; i++) {
                source.poll(NOTHING, LIMIT);
            }
            assertEquals(40L * LIMIT, figure(source, "received"));
        }
    }

    @Test
    void saysWhatItIsAndCounts() {
        try (BurstSource source = open("net_null0,size=64")) {
            assertEquals("DPDK: net_null0,size=64, driver net_null, 1 queue", source.describe());
            assertEquals(TimestampSource.BURST, source.timestampSource());
            assertTrue(source.ethernetAddresses().get(0).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}"));
            assertTrue(source.counts().figures().stream().map(figure -> figure.kind() + "." + figure.name()).toList()
                    .containsAll(Set.of("LOST.missed", "LOST.no-buffer", "REFUSED.errors", "REFUSED.segmented")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"net_af_packet0,iface=", "net_af_xdp0,iface="})
    void framesFromAnInterfaceArriveAsTheyWereSent(final String receiver) {
        try (VethPair veth = new VethPair("tbd"); BurstSource source = open(receiver + veth.right());
                BurstSource sender = open("net_af_packet9,iface=" + veth.left())) {
            final List<byte[]> sent = new ArrayList<>();
            final List<byte[]> received = new ArrayList<>();
            for (int length = 60; length <= 1514; length += 97) {
                sent.add(send(sender, length));
                received.addAll(framesOf(source, 1));
            }
            assertSame(sent, received);
            assertEquals(sent.size(), figure(sender, "sent"));
            assertEquals(sent.size(), source.counts().received());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"net_af_packet0,iface=", "net_af_xdp0,iface="})
    void whatTheKernelHasNoRoomForIsCountedAsLost(final String receiver) {
        final int sent = 4000;
        try (VethPair veth = new VethPair("tbl"); BurstSource source = open(receiver + veth.right());
                BurstSource sender = open("net_af_packet9,iface=" + veth.left())) {
            // The ring of net_af_packet has room for 512 frames unless told otherwise, that of net_af_xdp for 1024.
            for (int i = 0; i < sent; i++) {
                sendUntilTaken(sender);
            }
            // The sender's own ring empties in the kernel's time; then every frame is one or the other.
            long lost = 0;
            for (int empty = 0; source.counts().received() + lost < sent && empty < MOST_EMPTY_POLLS; empty++) {
                lost = figure(source, "missed");
                if (lost > 0) {
                    source.poll(NOTHING, LIMIT);
                }
            }
            assertTrue(lost > 0);
            assertEquals(sent, source.counts().received() + source.counts().dropped());
        }
    }

    @Test
    void everyQueueThatADeviceHasIsReceivedFrom() {
        final int sent = 400;
        try (VethPair veth = new VethPair("tbq"); BurstSource source = open("net_af_packet0,iface=" + veth.right() + ",qpairs=4,framecnt=1024");
                BurstSource sender = open("net_af_packet9,iface=" + veth.left())) {
            for (int flow = 0; flow < sent; flow++) {
                // Of a flow each, so that the kernel spreads them over the queues.
                sendUntilTaken(sender, udp(flow));
            }
            assertEquals(sent, framesOf(source, sent).size());
            assertEquals("queues: 1 wanted, but the device is given 4, all of which are received from", source.notices().strip());
        }
    }

    @Test
    void theSmallRingOfAPacketSocketIsSaid() {
        try (VethPair veth = new VethPair("tbf"); BurstSource source = open("net_af_packet0,iface=" + veth.right())) {
            assertEquals("the ring of the packet socket has its default of 512 frames (framesz=2048): at 10,000 packets a second it "
                    + "is full, and frames are missed, when the receive thread is kept away for 50 ms; add framecnt=16384 to the "
                    + "device", source.notices().strip());
        }
    }

    /** A file that is not played again ends, and the gateway waits on: that must not look like a dead market. */
    @Test
    void theEndOfACaptureIsSaidOnce() {
        final Path file = SharedData.file(CME);
        final ListAppender<ILoggingEvent> log = new ListAppender<>();
        final Logger logger = (Logger) LoggerFactory.getLogger(BurstSource.class);
        log.start();
        logger.addAppender(log);
        try (BurstSource source = open("net_pcap0,rx_pcap=" + file)) {
            framesOf(source, CME_PACKETS - 1);
            source.refreshCounts();
            assertEquals(List.of(), log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
            framesOf(source, 1);
            assertEquals(0, source.poll(NOTHING, LIMIT));
            source.refreshCounts();
            source.refreshCounts();
            assertEquals(List.of(source.describe() + ": the capture is played to its end (infinite_rx=1 plays it again and again); "
                    + "the gateway keeps running until it is told to stop"),
                    log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void aFrameTooLongOrOnAnotherPortIsNotSent() {
        try (BurstSource source = open("net_null0")) {
            final DirectBuffer frame = new UnsafeBuffer(ByteBuffer.allocateDirect(9000));
            assertEquals("DPDK: cannot send: a frame of 9000 bytes does not fit",
                    assertThrows(CaptureException.class, () -> source.send(0, frame, 0, 9000)).getMessage());
            assertEquals("DPDK: cannot send: net_null0 cannot send on port 1",
                    assertThrows(CaptureException.class, () -> source.send(1, frame, 0, 60)).getMessage());
        }
    }
}
