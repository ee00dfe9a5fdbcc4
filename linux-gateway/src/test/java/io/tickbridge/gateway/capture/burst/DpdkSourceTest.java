package io.tickbridge.gateway.capture.burst;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.OperatingSystemMXBean;
import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.SteadyAllocation;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.capture.udp.Subscription;
import io.tickbridge.gateway.capture.udp.UdpMulticastSource;
import io.tickbridge.gateway.capture.udp.UdpSettings;
import io.tickbridge.gateway.config.ReceiveTimestamps;
import io.tickbridge.gateway.runtime.RunClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The DPDK backend, on DPDK's software devices. */
class DpdkSourceTest {
    private static final String CME = "captures/cme-mdp3-v6-ch340-ab.pcapng";
    private static final int CME_PACKETS = 10_000;
    private static final int LIMIT = 64;
    private static final int MOST_EMPTY_POLLS = 50_000_000;
    private static final long PATIENCE = 60_000_000_000L; // ns
    private static final FrameHandler NOTHING = (buffer, offset, length, time, port) -> { };

    @BeforeAll
    static void isBuilt() {
        boolean built = true;
        try {
            BurstSource.requireLibrary(Backend.DPDK);
        } catch (final CaptureException e) {
            built = false;
        }
        Requirement.is(built, "the DPDK backend (libdpdk-dev)");
    }

    private static BurstSettings device(final String device) {
        return new BurstSettings().with("device", device);
    }

    private static BurstSource open(final BurstSettings settings) {
        // A running gateway's own clock: the other one makes an Instant for each reading, which the compiler may or may not take away.
        return BurstSource.open(Backend.DPDK, settings, RunClock.start());
    }

    private static BurstSource open(final String device) {
        return open(device(device));
    }

    private static String refusal(final BurstSettings settings) {
        return assertThrows(CaptureException.class, () -> open(settings).close()).getMessage();
    }

    private static FrameHandler into(final List<byte[]> frames) {
        return (buffer, offset, length, time, port) -> {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            frames.add(copy);
        };
    }

    private static List<byte[]> framesOf(final PacketSource source, final int count) {
        final List<byte[]> frames = new ArrayList<>();
        for (int empty = 0; frames.size() < count && empty < MOST_EMPTY_POLLS && !source.isExhausted();) {
            empty += source.poll(into(frames), Math.min(LIMIT, count - frames.size())) == 0 ? 1 : 0;
        }
        return frames;
    }

    private static void assertSame(final List<byte[]> expected, final List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "frame " + i);
        }
    }

    private static long figure(final PacketSource source, final String name) {
        source.refreshCounts();
        return IntStream.range(0, source.counts().figures().size())
                .filter(i -> source.counts().figures().get(i).name().equals(name))
                .mapToLong(i -> source.counts().total(i)).findAny().orElseThrow();
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

    /** Before, its driver refused it without a reason, and a missing package was blamed. */
    @ParameterizedTest
    @CsvSource({"net_af_packet0, -net_raw, CAP_NET_RAW", "net_pcap0, -net_raw, CAP_NET_RAW",
        "net_af_xdp0, '-net_raw,-net_admin,-bpf,-sys_admin', CAP_NET_RAW CAP_NET_ADMIN CAP_BPF"})
    void theRightThatIsMissingIsNamed(final String name, final String without, final String missing) throws IOException {
        Requirement.program("setpriv");
        try (VethPair veth = new VethPair("tbr");
                DpdkChild child = new DpdkChild(List.of("setpriv", "--bounding-set=" + without),
                        "device=" + name + ",iface=" + veth.right(), "huge-pages=never")) {
            assertEquals("refused: DPDK: " + name + ": this process lacks the right to receive from an interface this way: " + missing
                    + "; start it as root, or give it the capabilities (systemd: AmbientCapabilities=" + missing + ")", child.outcome());
        }
    }

    private static void sendUntilTaken(final BurstSource sender, final byte[] bytes) {
        final DirectBuffer frame = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length).put(bytes));
        for (int i = 0; ; i++) {
            try {
                sender.send(0, frame, 0, bytes.length);
                return;
            } catch (final CaptureException e) {
                assertTrue(i < MOST_EMPTY_POLLS, e.getMessage());
            }
        }
    }

    /** To 224.0.31.1:14310, from an address and port that the number makes. */
    private static byte[] udp(final int flow) {
        return ByteBuffer.allocate(60).put(new byte[] {1, 0, 0x5e, 0, 0x1f, 1, 2, 2, 2, 2, 2, 2, 8, 0})
                .put((byte) 0x45).put((byte) 0).putShort((short) 46).putInt(0).put((byte) 4).put((byte) 17).putShort((short) 0)
                .putInt(0x0a000000 | flow).put(new byte[] {(byte) 224, 0, 31, 1})
                .putShort((short) (1000 + flow)).putShort((short) 14310).putShort((short) 26).array();
    }

    @Test
    void queuesOfTheInterfaceThatAreNotReceivedFromAreNamed() {
        try (VethPair veth = new VethPair("tbw", " numrxqueues 3 numtxqueues 3")) {
            Requirement.is(Files.isDirectory(Path.of("/sys/class/net", veth.right(), "queues/rx-2")), "/sys of this network namespace");
            try (BurstSource source = open("net_af_xdp0,iface=" + veth.right())) {
                assertTrue(source.notices().contains("interface " + veth.right() + " has 3 receive queues and the device takes 1 of "
                        + "them"), source.notices());
            }
        }
    }

    /** What must be as it was after a run: the interface's flags, and who holds it promiscuous. */
    private static String state(final VethPair veth) {
        return Stream.of(VethPair.ip("-d link show " + veth.right()).split("[\\s,<>]+(?=PROMISC|promiscuity|allmulti)|\n"))
                .filter(words -> words.matches("(PROMISC|promiscuity|allmulti).*"))
                .map(words -> words.replaceAll("^(PROMISC|promiscuity \\d+|allmulti \\d+).*", "$1")).toList().toString();
    }

    @ParameterizedTest
    @CsvSource({"net_af_packet0, false", "net_af_packet0, true", "net_af_xdp0, false", "net_af_xdp0, true"})
    void theInterfaceIsLeftAsItWas(final String driver, final boolean promiscuous) throws IOException, InterruptedException {
        try (VethPair veth = new VethPair("tbs")) {
            final BurstSettings settings = device(driver + ",iface=" + veth.right()).with("promiscuous", promiscuous);
            final String before = state(veth);
            assertEquals("[promiscuity 0, allmulti 0]", before);
            try (BurstSource source = open(settings)) {
                assertEquals(promiscuous ? "[promiscuity 1, allmulti 1]" : "[promiscuity 0, allmulti 1]", state(veth));
                assertEquals(0, source.poll(NOTHING, LIMIT));
            }
            assertEquals(before, state(veth));
        }
        try (VethPair veth = new VethPair("tbp")) {
            VethPair.ip("link set " + veth.right() + " promisc on");
            final String chosen = state(veth);
            open(driver + ",iface=" + veth.right()).close();
            assertEquals(chosen, state(veth));
        }
        try (VethPair veth = new VethPair("tbk")) {
            final String before = state(veth);
            final DpdkChild killed = new DpdkChild("device=" + driver + ",iface=" + veth.right(), "huge-pages=never",
                    "promiscuous=" + (promiscuous ? 1 : 0));
            assertTrue(killed.outcome().startsWith("open: "), killed.outcome());
            killed.kill();
            assertEquals(before, state(veth));
        }
    }

    @Test
    void anInterfaceThatIsRenamedGoesOn() {
        try (VethPair veth = new VethPair("tbn"); BurstSource source = open("net_af_packet0,iface=" + veth.right());
                BurstSource sender = open("net_af_packet9,iface=" + veth.left())) {
            VethPair.ip("link set " + veth.right() + " down");
            VethPair.ip("link set " + veth.right() + " name " + veth.right() + "x");
            VethPair.ip("link set " + veth.right() + "x up");
            final byte[] frame = udp(1);
            sendUntilTaken(sender, frame);
            assertSame(List.of(frame), framesOf(source, 1));
            assertEquals(0, source.poll(NOTHING, LIMIT));
        }
    }

    @Test
    void aLinkThatIsDownOrGoesDownIsSeen() {
        try (VethPair veth = new VethPair("tbx")) {
            VethPair.ip("link set " + veth.left() + " down");
            try (BurstSource source = open("net_af_packet0,iface=" + veth.right() + ",framecnt=1024")) {
                assertEquals("the link is down: nothing arrives until it comes up (ethtool shows why)", source.notices().strip());
                awaitLinkDowns(source, 1);
                // The watch looks ten times a second; it must have seen the link up to see it go down again.
                VethPair.ip("link set " + veth.left() + " up");
                for (int i = 0; figure(source, "link-ups") == 0; i++) {
                    assertTrue(i < MOST_EMPTY_POLLS);
                }
                VethPair.ip("link set " + veth.left() + " down");
                awaitLinkDowns(source, 2);
            }
            VethPair.ip("link set " + veth.left() + " up");
        }
    }

    private static void awaitLinkDowns(final BurstSource source, final long downs) {
        for (int i = 0; figure(source, "link-downs") < downs; i++) {
            assertTrue(i < MOST_EMPTY_POLLS);
        }
        assertEquals(downs, figure(source, "link-downs"));
    }

    @Test
    void anInterfaceThatADriverMakesNeedNotBeThere() {
        Requirement.root();
        Requirement.is(Files.exists(Path.of("/dev/net/tun")), "/dev/net/tun");
        final String name = "tbt" + ProcessHandle.current().pid();
        try (BurstSource source = open("net_tap0,iface=" + name)) {
            assertTrue(VethPair.ip("link show " + name).contains(name));
            assertEquals("DPDK: net_tap0,iface=" + name + ", driver net_tap, 1 queue", source.describe());
        }
    }

    private static void sendUntilTaken(final BurstSource sender) {
        for (int i = 0; ; i++) {
            try {
                send(sender, 60);
                return;
            } catch (final CaptureException e) {
                assertTrue(i < MOST_EMPTY_POLLS, e.getMessage());
            }
        }
    }

    private static byte[] send(final BurstSource source, final int length) {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i < 6 ? 0xff : i * 7 + length);
        }
        bytes[12] = (byte) 0x88; // IEEE 802: local experimental EtherType 1, which no kernel answers
        bytes[13] = (byte) 0xb5;
        final DirectBuffer frame = new UnsafeBuffer(ByteBuffer.allocateDirect(length).put(bytes));
        source.send(0, frame, 0, length);
        return bytes;
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

    /** The interface is watched by a timer of its own; only the end of patience, and no number of polls, says that it failed. */
    private static void pollFor(final PacketSource source, final long nanoseconds) {
        final long start = System.nanoTime();
        while (System.nanoTime() - start < nanoseconds) {
            source.poll(NOTHING, LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"net_af_packet0", "net_af_xdp0"})
    void anInterfaceThatIsRemovedEndsTheRun(final String driver) {
        try (VethPair veth = new VethPair("tbr"); BurstSource source = open(driver + ",iface=" + veth.right())) {
            source.poll(NOTHING, LIMIT);
            veth.remove();
            final String message = assertThrows(CaptureException.class, () -> pollFor(source, PATIENCE)).getMessage();
            assertTrue(message.endsWith(": receives no more: interface " + veth.right() + ", beneath the port, was removed; bring it "
                    + "back and start the gateway again"), message);
            source.refreshCounts();
        }
    }

    @Test
    void aDeviceBelongsToOneGatewayUntilThatEndsInWhateverWay() throws IOException, InterruptedException {
        try (VethPair veth = new VethPair("tbc")) {
            final String device = "net_af_packet0,iface=" + veth.right();
            for (int way = 0; way < 3; way++) {
                final DpdkChild other = new DpdkChild("device=" + device, "huge-pages=never");
                assertTrue(other.outcome().startsWith("open: "), other.outcome());
                assertEquals("DPDK: interface " + veth.right() + ": another gateway receives from it already; stop that one "
                        + "(`ss -xlp | grep \"tickbridge.*interface " + index(veth.right()) + "\"` shows it) or name another device",
                        refusal(device(device)));
                switch (way) {
                    case 0 -> other.kill();
                    case 1 -> other.terminate();
                    default -> other.close();
                }
                try (BurstSource source = open(device); BurstSource sender = open("net_af_packet9,iface=" + veth.left())) {
                    final byte[] sent = send(sender, 100);
                    assertSame(List.of(sent), framesOf(source, 1));
                }
            }
        }
    }

    private static String index(final String name) {
        return VethPair.ip("-o link show " + name).split(":")[0];
    }

    @Test
    void anInterfaceBelongsToOneBackendWhateverNameItGoesBy() {
        try {
            BurstSource.requireLibrary(Backend.AFXDP);
        } catch (final CaptureException e) {
            Requirement.is(false, "the AF_XDP backend (libxdp-dev)");
        }
        try (VethPair veth = new VethPair("tby")) {
            VethPair.ip("link property add dev " + veth.right() + " altname x" + veth.right());
            final BurstSettings afXdp = new BurstSettings().with("groups", "224.0.31.1:14310@" + veth.right());
            try (BurstSource source = open("net_af_packet0,iface=" + veth.right())) {
                final String refusal = refusal(device("net_af_xdp0,iface=x" + veth.right()));
                assertTrue(refusal.startsWith("DPDK: interface " + veth.right() + ": another gateway receives from it already; stop "
                        + "that one"), refusal);
                final String message = assertThrows(CaptureException.class,
                        () -> BurstSource.open(Backend.AFXDP, afXdp, SystemEpochNanoClock.INSTANCE).close()).getMessage();
                assertTrue(message.contains(veth.right() + ": another gateway receives from it already; stop that one"), message);
                assertEquals(0, source.poll(NOTHING, LIMIT));
            }
            try (BurstSource source = BurstSource.open(Backend.AFXDP, afXdp, SystemEpochNanoClock.INSTANCE)) {
                assertTrue(refusal(device("net_af_packet0,iface=" + veth.right()))
                        .contains(veth.right() + ": another gateway receives from it already; stop that one"));
                assertEquals(0, source.poll(NOTHING, LIMIT));
            }
            open("net_af_packet0,iface=" + veth.right()).close();
        }
    }

    private static UdpMulticastSource udp(final VethPair veth) {
        return UdpMulticastSource.open(List.of(new Subscription("224.0.31.1", 14310, veth.right())),
                new UdpSettings(0, ReceiveTimestamps.BURST, 0), SystemEpochNanoClock.INSTANCE);
    }

    /** What takes frames from the kernel starves a udp gateway in silence: whoever comes second is refused, and told why. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTakesFramesFromTheKernelAndItsSocketsExcludeEachOther(final boolean itself) {
        try (VethPair veth = new VethPair("tbc")) {
            final Backend backend = itself ? Backend.AFXDP : Backend.DPDK;
            final BurstSettings settings = itself ? new BurstSettings().with("groups", "224.0.31.1:14310@" + veth.right())
                    : device("net_af_xdp0,iface=" + veth.right());
            final String shows = "; stop that one (`ss -xlp | grep \"tickbridge.*interface " + index(veth.right())
                    + "\"` shows it) or name another device";
            final String starved = veth.right() + ": a gateway with `source: udp` receives from it already, and frames taken from the "
                    + "kernel would not reach it any more" + shows;
            try (UdpMulticastSource first = udp(veth); UdpMulticastSource second = udp(veth)) {
                final String refusal = assertThrows(CaptureException.class,
                        () -> BurstSource.open(backend, settings, SystemEpochNanoClock.INSTANCE).close()).getMessage();
                assertTrue(refusal.endsWith(starved), refusal);
                open("net_af_packet0,iface=" + veth.right()).close(); // which copies
                assertEquals(0, first.poll(NOTHING, LIMIT) + second.poll(NOTHING, LIMIT));
            }
            try (BurstSource source = BurstSource.open(backend, settings, SystemEpochNanoClock.INSTANCE)) {
                assertEquals(veth.right() + ": another gateway (process " + ProcessHandle.current().pid() + ") takes frames from it "
                        + "before the kernel sees them, none would reach a socket" + shows,
                        assertThrows(CaptureException.class, () -> udp(veth).close()).getMessage());
                assertEquals(0, source.poll(NOTHING, LIMIT));
            }
            udp(veth).close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "net_pcap0,rx_pcap=/no/such.pcap; net_pcap0: cannot read /no/such.pcap: No such file or directory; "
            + "name a readable pcap or pcapng file",
        "net_af_packet0,iface=nosuch0; net_af_packet0: this machine has no network interface nosuch0; `ip link` lists those it has",
        "ffff:1f:1f.7; this machine has no PCI device ffff:1f:1f.7; `dpdk-devbind.py --status-dev net` lists those it has",
        "ff:1f.7; this machine has no PCI device 0000:ff:1f.7; `dpdk-devbind.py --status-dev net` lists those it has"})
    void aDeviceThatIsNotThereIsNamed(final String device, final String first, final String second) {
        assertEquals("DPDK: " + first + "; " + second, refusal(device(device)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"net_nosuch0", "net_null0,nosuch=1"})
    void aSoftwareDeviceThatDpdkDoesNotKnowIsNamedWithWhatDpdkSays(final String device) {
        final String message = refusal(device(device));
        assertTrue(message.startsWith("DPDK: DPDK cannot use " + device.split(",")[0] + ": ") && message.contains("EAL: ")
                && message.contains("librte-net-"), message);
    }

    @Test
    void aPciDeviceThatTheKernelDrivesIsLeftToItAndNamed() throws IOException {
        final Path devices = Path.of("/sys/bus/pci/devices");
        Requirement.is(Files.isDirectory(devices), "a PCI bus");
        try (Stream<Path> all = Files.list(devices)) {
            final Path driven = all.filter(device -> Files.exists(device.resolve("driver")))
                    .filter(device -> driver(device).startsWith("virtio")).findAny().orElse(null);
            Requirement.is(driven != null, "a PCI device that the kernel's virtio-pci drives");
            final String message = refusal(device(driven.getFileName().toString()));
            assertTrue(message.startsWith("DPDK: PCI device " + driven.getFileName())
                    && message.contains(" is still driven by the kernel's " + driver(driven) + "; give it to DPDK")
                    && message.endsWith("dpdk-devbind.py --bind=vfio-pci " + driven.getFileName()), message);
            assertTrue(Files.exists(driven.resolve("driver")));
        }
    }

    private static String driver(final Path device) {
        try {
            return device.resolve("driver").toRealPath().getFileName().toString();
        } catch (final IOException e) {
            return "";
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "huge-pages; sometimes; auto, require or never", "queues; 0; 1 to 65535", "steering; yes; 0 or 1",
        "buffers; -1; 0 to 16777216", "buffers; 16777217; 0 to 16777216",
        "groups; 224.0.31.1; IPv4 addresses with a port, 224.0.31.1:14310, separated by commas",
        "groups; 224.0.31:1; IPv4 addresses with a port, 224.0.31.1:14310, separated by commas"})
    void aSettingThatIsWrongIsNamedWithWhatIsAllowed(final String key, final String value, final String allowed) {
        assertEquals("DPDK: " + key + ": found \"" + value + "\", allowed: " + allowed,
                refusal(device("net_null0").with(key, (Object) value)));
    }

    @Test
    void aSettingThatThereIsNotIsNamed() {
        assertEquals("DPDK: wings: there is no such setting", refusal(device("net_null0").with("wings", 2)));
    }

    @Test
    void moreGroupsThanCanBeSteeredAreRefusedOnlyWhereSteeringIsOn() {
        final List<String> groups = IntStream.range(0, 1025).mapToObj(i -> "224.0." + i / 256 + '.' + i % 256 + ":14310").toList();
        assertEquals("DPDK: groups: 1025 of them, at most 1024 can be steered by a NIC; set steering: false",
                refusal(device("net_null0").with("groups", groups)));
        try (BurstSource source = open(device("net_null0").with("groups", groups).with("steering", false))) {
            assertEquals("", source.notices());
            assertEquals(LIMIT, source.poll(NOTHING, LIMIT));
        }
        open(device("net_null0").with("groups", groups.subList(0, 1024))).close();
    }

    @Test
    void tooManyBuffersForTheMemoryAreRefusedAndTheNextSourceOpens() {
        final String message = refusal(device("net_null0").with("buffers", 16_000_000));
        // By DPDK where it runs already, before it starts otherwise.
        assertTrue(message.contains("16000000 packet buffers (39062 MB) do not fit into DPDK's memory")
                || message.contains("39078 MB of ordinary memory are needed for packet buffers"), message);
        open("net_null0").close();
    }

    @Test
    void startsWithoutHugePages() throws IOException {
        try (DpdkChild child = new DpdkChild("device=net_null0", "huge-pages=never")) {
            assertEquals("open: DPDK: net_null0, driver net_null, 1 queue", child.outcome());
        }
    }

    @Test
    void refusesToStartWithoutHugePagesWhereTheyAreRequired() throws IOException {
        // 16 million buffers are 40 GB.
        try (DpdkChild child = new DpdkChild("device=net_null0", "huge-pages=require", "buffers=16000000")) {
            assertTrue(child.outcome().matches("refused: DPDK: huge-pages: require, but \\d+ MB of huge pages are free and 39078 MB "
                    + "are needed; reserve more: sysctl -w vm.nr_hugepages=N, or set huge-pages: auto"), child.outcome());
        }
    }

    @Test
    void refusesMoreOrdinaryMemoryThanIsFree() throws IOException {
        final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Assumptions.assumeTrue(machine.getTotalMemorySize() < 40_000_000_000L, "no setting asks for more than this machine has");
        try (DpdkChild child = new DpdkChild("device=net_null0", "huge-pages=never", "buffers=16777216")) {
            assertTrue(child.outcome().matches("refused: DPDK: 40976 MB of ordinary memory are needed for packet buffers and \\d+ MB "
                    + "are free \\(.*\\); set buffers or descriptors lower, or free memory"), child.outcome());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "--hel", "-v", "--version"})
    void anEalArgumentThatWouldEndTheProcessIsRefused(final String argument) throws IOException {
        try (DpdkChild child = new DpdkChild("device=net_null0", "huge-pages=never", "eal=" + argument)) {
            assertEquals("refused: DPDK: eal-arguments: " + argument + " would end the gateway; dpdk-testpmd -h lists the arguments",
                    child.outcome());
        }
    }

    @Test
    void tooManyEalArgumentsAreRefused() throws IOException {
        try (DpdkChild child = new DpdkChild("device=net_null0", "huge-pages=never", "eal=" + "-r 1 ".repeat(80))) {
            assertEquals("refused: DPDK: eal-arguments: more than 128 words; leave some out", child.outcome());
        }
    }

    @Test
    void aDeviceOfAnotherKindIsRefusedAndNotKept() {
        for (int i = 0; i < 2; i++) {
            final String message = refusal(device("baseband_null0"));
            Requirement.is(!message.contains("failed to parse device"), "DPDK's baseband_null (librte-baseband-null23)");
            assertTrue(message.startsWith("DPDK: DPDK cannot use baseband_null0: it is no network device"), message);
        }
    }

    @Test
    void anEalArgumentThatDpdkRefusesIsNamed() throws IOException {
        try (DpdkChild child = new DpdkChild("device=net_null0", "huge-pages=never", "eal=--no-such-thing")) {
            assertTrue(child.outcome().startsWith("refused: DPDK: DPDK does not start: ")
                    && child.outcome().contains("unrecognized option '--no-such-thing'"), child.outcome());
        }
    }

    @Test
    void asksTheNicForSteeringAndDoesWithoutWhereItHasNone() {
        try (BurstSource source = open(device("net_null0").with("groups", "224.0.31.1:14310"))) {
            assertFalse(source.describe().contains("steered"), source.describe());
            assertTrue(source.notices().contains("steering: the port does not offer it"), source.notices());
            assertEquals(LIMIT, source.poll(NOTHING, LIMIT));
        }
    }

    @Test
    void aPortThatRefusesARuleAndStaysIsolatedIsOpenedAnewWithout() {
        Requirement.root();
        Requirement.is(Files.exists(Path.of("/dev/net/tun")), "/dev/net/tun");
        final String name = "tbi" + ProcessHandle.current().pid();
        // More groups than net_tap takes rules, so that it refuses one whatever the kernel can do.
        final List<String> groups = IntStream.range(0, 1024).mapToObj(i -> "224.1." + i / 256 + '.' + i % 256 + ":14310").toList();
        try (BurstSource source = open(device("net_tap0,iface=" + name).with("groups", groups))) {
            assertFalse(source.describe().contains("steered"), source.describe());
            assertTrue(source.notices().contains("steering: the port refuses rule "), source.notices());
            VethPair.ip("link set " + name + " addrgenmode none up");
            // What the kernel sends out of it comes in here; of a group that no rule names.
            try (BurstSource kernel = open("net_af_packet9,iface=" + name)) {
                final byte[] frame = udp(7);
                sendUntilTaken(kernel, frame);
                // Among what the kernel says on a new interface of its own accord.
                final List<byte[]> received = new ArrayList<>();
                do {
                    received.addAll(framesOf(source, 1));
                    assertTrue(received.size() < LIMIT);
                } while (!Arrays.equals(frame, received.get(received.size() - 1)));
            }
        }
    }
}
