package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.SteadyAllocation;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.integration.process.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What AF_XDP delivers, with the real kernel on a veth pair and tcpreplay as the sender: each frame that is for us, byte for
 * byte, and nothing else; and that every frame is accounted for.
 */
final class XdpFramesIT {
    private static final int PACKETS = 10_000; // in the CME capture, over both lines
    private static final int PORTION = 200; // veth's queue for a program holds 256 frames (VETH_RING_SIZE)
    /** A ring that holds the whole capture, so that no test depends on how fast anyone is. */
    private static final String[] LOSSLESS = {XdpReceiver.CME_GROUPS, "ring=16384", "frames=16384", "huge-pages=never"};

    @TempDir
    private Path directory;

    @BeforeEach
    void needsAfXdp() {
        XdpReceiver.require();
        Requirement.program("tcpreplay");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "attach=native need-wakeup=1", "attach=native need-wakeup=0", "attach=generic need-wakeup=1",
        "attach=generic need-wakeup=0 frame-size=2048", "mode=copy busy-poll=20 busy-poll-budget=16", "mode=auto queues=0"})
    void framesEqualTheFilesByteForByte(final String settings) throws Exception {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        final Path received = directory.resolve("received");
        final String[] all = Stream.of(LOSSLESS, settings.split(" ")).flatMap(Stream::of).toArray(String[]::new);
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                XdpReceiver receiver = XdpReceiver.open(namespace, directory, all)) {
            assertTrue(receiver.description().contains(settings.contains("generic") ? "generic XDP" : "native XDP"),
                    receiver.description());
            replay(namespace, classic(capture), PACKETS, receiver);
            assertEquals("received " + PACKETS, receiver.ask("receive " + PACKETS + " " + received));
            final Map<String, Long> counts = receiver.counts();
            assertEquals(PACKETS, counts.get("seen.redirected"), counts::toString);
            assertEquals(0, counts.get("dropped"), counts::toString);
        }
        assertEquals(frames(capture), Files.readAllLines(received));
    }

    @Test
    void whatIsNotOursGoesToTheKernel() throws Exception {
        Requirement.program("ping");
        Requirement.program("python3");
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                NetworkNamespace other = NetworkNamespace.create(directory)) {
            namespace.moveWireTo(other, "far0");
            // Both have an interface with the namespaces' usual address already.
            run(namespace, "ip", "address", "add", "192.168.78.2/24", "dev", NetworkNamespace.NIC);
            run(other, "ip", "address", "add", "192.168.78.1/24", "dev", "far0");
            run(other, "ip", "link", "set", "far0", "up");
            try (XdpReceiver receiver = XdpReceiver.open(namespace, directory, LOSSLESS)) {
                run(other, "ping", "-q", "-c", "3", "-i", "0.01", "192.168.78.2");
                replay(other, "far0", classic(capture), PACKETS, receiver);
                tcpConversation(namespace, other);
                assertEquals("received " + PACKETS,
                        receiver.ask("receive " + PACKETS + " " + directory.resolve("received")));
                assertEquals(PACKETS, receiver.counts().get("seen.redirected"));
            }
        }
    }

    /** Frames that differ from one of ours in one thing each. The kernel's own, of IPv6, come on top of what passes. */
    @ParameterizedTest
    @ValueSource(strings = {"attach=native", "attach=generic"})
    void takesTaggedFramesAndLeavesFragmentsAndOthers(final String settings) throws Exception {
        final byte[] plain = frame("224.0.31.64", 14340);
        final List<byte[]> ours = List.of(plain, tagged(plain, 0x8100), tagged(tagged(plain, 0x8100), 0x88a8), withOptions(plain));
        final List<byte[]> fragments = List.of(patched(plain, 20, 0x20), patched(plain, 21, 0x10));
        final List<byte[]> others = List.of(
                tagged(tagged(tagged(plain, 0x8100), 0x8100), 0x8100), // one tag more than the frame filter takes
                frame("224.0.31.64", 14341), frame("224.0.31.65", 14340), frame("224.0.32.64", 14340),
                patched(plain, 23, 6), // TCP
                patched(plain, 14, 0x65), // IP version 6
                patched(plain, 14, 0x44), // a header of 16 bytes
                patched(plain, 12, 0x86), // no IPv4 frame
                patched(frame("224.0.31.65", 14340), 20, 0x20), // another's fragment
                Arrays.copyOf(plain, 40)); // ends inside the UDP header
        final Path sent = directory.resolve("sent.pcap");
        writeCapture(sent, Stream.of(others, fragments, ours).flatMap(List::stream).toList());
        final Path received = directory.resolve("received");
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                XdpReceiver receiver = XdpReceiver.open(
                        namespace, directory, XdpReceiver.CME_GROUPS, "huge-pages=never", settings)) {
            replay(namespace, sent, others.size() + fragments.size() + ours.size(), receiver);
            assertEquals("received " + ours.size(), receiver.ask("receive " + ours.size() + " " + received));
            final Map<String, Long> counts = receiver.counts();
            assertEquals(ours.size(), counts.get("seen.redirected"), counts::toString);
            assertEquals(fragments.size(), counts.get("refused.fragments"), counts::toString);
            assertTrue(counts.get("seen.passed") >= others.size(), counts::toString);
            assertEquals(0, counts.get("dropped"), counts::toString);
        }
        assertEquals(ours.stream().map(HexFormat.of()::formatHex).toList(), Files.readAllLines(received));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ring=64 frames=128 attach=native", "ring=64 frames=64 attach=native",
        "ring=64 frames=128 attach=generic", "ring=64 frames=64 attach=generic"})
    void whatAStoppedReceiverLosesIsCountedFrameByFrame(final String settings) throws Exception {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        final String[] all = Stream.of(new String[] {XdpReceiver.CME_GROUPS, "huge-pages=never"}, settings.split(" "))
                .flatMap(Stream::of).toArray(String[]::new);
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                XdpReceiver receiver = XdpReceiver.open(namespace, directory, all)) {
            replay(namespace, classic(capture), PACKETS, receiver); // nobody polls meanwhile
            assertEquals("received 64", receiver.ask("receive 64 " + directory.resolve("received")));
            final Map<String, Long> counts = receiver.counts();
            assertEquals(PACKETS, counts.get("seen.redirected"), counts::toString);
            assertEquals(PACKETS - 64, counts.get("dropped"), counts::toString);
            assertEquals(PACKETS - 64, counts.get(settings.contains("frames=128") ? "lost.ring-full" : "lost.dropped"),
                    counts::toString);
        }
        final List<String> sent = frames(capture);
        assertEquals(sent.subList(0, 64), Files.readAllLines(directory.resolve("received")), "the oldest are kept");
    }

    /** Source ports make flows, which the kernel spreads over queues by a hash of its own. */
    @Test
    void receivesFromTheQueuesThatAreNamedAndCountsTheOthers() throws Exception {
        final List<byte[]> flows = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            flows.add(patched(frame("224.0.31.64", 14340), 35, i));
        }
        final Path sent = directory.resolve("sent.pcap");
        writeCapture(sent, flows);
        final List<String> all = flows.stream().map(HexFormat.of()::formatHex).sorted().toList();
        final Path received = directory.resolve("received");
        final String[] settings = {XdpReceiver.CME_GROUPS, "huge-pages=never", "queues=0,1"};
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            run(namespace, "ip", "link", "delete", NetworkNamespace.WIRE);
            run(namespace, "ip", "link", "add", NetworkNamespace.WIRE, "numtxqueues", "2", "numrxqueues", "2", "type", "veth",
                    "peer", "name", NetworkNamespace.NIC, "numtxqueues", "2", "numrxqueues", "2");
            run(namespace, "ip", "link", "set", NetworkNamespace.WIRE, "up");
            run(namespace, "ip", "link", "set", NetworkNamespace.NIC, "up");
            try (XdpReceiver receiver = XdpReceiver.open(namespace, directory, settings)) {
                replay(namespace, sent, all.size(), receiver);
                assertEquals("received 256", receiver.ask("receive 256 " + received));
                assertEquals(0, receiver.counts().get("dropped"));
            }
            assertEquals(all, Files.readAllLines(received).stream().sorted().toList());
            settings[2] = "queues=1";
            try (XdpReceiver receiver = XdpReceiver.open(namespace, directory, settings)) {
                replay(namespace, sent, all.size(), receiver);
                final long others = receiver.counts().get("lost.other-queue");
                assertTrue(others > 0 && others < all.size(), () -> others + " of 256 frames came in on queue 0");
                final long ours = all.size() - others;
                assertEquals("received " + ours, receiver.ask("receive " + ours + " " + received));
                assertEquals(others, receiver.counts().get("dropped"));
            }
            assertTrue(all.containsAll(Files.readAllLines(received)));
        }
    }

    /** Most rounds must allocate nothing, each of 10,000 frames in 157 bursts at least; see there. */
    @Test
    void allocatesNothingPerPacket() throws Exception {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        final List<Long> allocated = new ArrayList<>();
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                XdpReceiver receiver = XdpReceiver.open(namespace, directory, LOSSLESS)) {
            while (allocated.size() < 11 && !SteadyAllocation.isSteady(allocated)) {
                receiver.order("touch " + PACKETS);
                run(namespace, "tcpreplay", "--intf1=" + NetworkNamespace.WIRE, "--topspeed", "--preload-pcap",
                        capture.toString());
                allocated.add(Long.parseLong(receiver.answer().split(" ")[2]));
            }
        }
        assertTrue(SteadyAllocation.isSteady(allocated), () -> "bytes allocated in each round: " + allocated);
    }

    @Test
    void groupsAreJoinedWhileItRunsAlthoughTheInterfaceHasNoAddress() throws Exception {
        // The kernel lets one socket hold 20 memberships.
        final List<String> groups = LongStream.rangeClosed(1, 50).mapToObj(i -> "239.77.0." + i).toList();
        final String setting = "groups=" + String.join(",",
                groups.stream().map(group -> group + ":5000@" + NetworkNamespace.NIC).toList());
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            run(namespace, "ip", "address", "flush", "dev", NetworkNamespace.NIC);
            try (XdpReceiver receiver = XdpReceiver.open(namespace, directory, setting, "huge-pages=never")) {
                final String joined = run(namespace, "ip", "maddress", "show", "dev", NetworkNamespace.NIC);
                groups.forEach(group -> assertTrue(joined.contains(group), () -> group + " is not in " + joined));
                assertEquals("closed", receiver.ask("close"));
                assertFalse(run(namespace, "ip", "maddress", "show", "dev", NetworkNamespace.NIC).contains("239.77.0."));
            }
        }
    }

    /** A megabyte by TCP across the wire, from the side that has the XDP program; its acknowledgements come the other way. */
    private void tcpConversation(final NetworkNamespace from, final NetworkNamespace to) throws Exception {
        final byte[] sent = new byte[1_000_000];
        new Random(3).nextBytes(sent);
        Files.write(directory.resolve("tcp.sent"), sent);
        final Path listening = directory.resolve("listening");
        final List<String> server = from.inside(List.of("python3", "-c", """
                import socket, sys
                listener = socket.create_server(("192.168.78.2", 8077))
                open(sys.argv[2], "w").close()
                listener.accept()[0].sendall(open(sys.argv[1], "rb").read())
                """, directory.resolve("tcp.sent").toString(), listening.toString()));
        try (Child child = Child.start("tcp-server", directory, server)) {
            Await.until("the TCP server listens", () -> Files.exists(listening), child::lastLines);
            run(to, "python3", "-c", """
                    import socket, sys
                    with socket.create_connection(("192.168.78.2", 8077), 60) as peer, open(sys.argv[1], "wb") as got:
                        while part := peer.recv(65536):
                            got.write(part)
                    """, directory.resolve("tcp.got").toString());
        }
        assertEquals(-1, Files.mismatch(directory.resolve("tcp.sent"), directory.resolve("tcp.got")));
    }

    /** The receiver must have been at rest before. */
    private static void replay(final NetworkNamespace namespace, final Path file, final int packets,
            final XdpReceiver receiver) throws Exception {
        replay(namespace, NetworkNamespace.WIRE, file, packets, receiver);
    }

    /** In portions that the queue between a veth pair's ends holds, each when the XDP program has seen the last. */
    private static void replay(final NetworkNamespace namespace, final String into, final Path file, final int packets,
            final XdpReceiver receiver) throws Exception {
        final long before = seen(receiver);
        PortionedReplay.send(namespace, into, file, packets, PORTION, sent -> Await.until("frames seen by the XDP program",
                () -> seen(receiver) >= before + sent, () -> seen(receiver) - before + " instead of " + sent));
    }

    /** Frames on which the XDP program has decided, whatever it decided. */
    private static long seen(final XdpReceiver receiver) {
        try {
            final Map<String, Long> counts = receiver.counts();
            return Stream.of("seen.redirected", "seen.passed", "refused.fragments", "lost.other-queue")
                    .mapToLong(counts::get).sum();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path classic(final Path capture) throws IOException {
        final Path file = directory.resolve("capture.pcap");
        writeCapture(file, frames(capture).stream().map(HexFormat.of()::parseHex).toList());
        return file;
    }

    private static String run(final NetworkNamespace namespace, final String... command) throws Exception {
        final Launcher.Result result = namespace.run(command);
        assertEquals(0, result.exit(), () -> String.join(" ", command) + ": " + result.err() + result.out());
        return result.out();
    }

    private static List<String> frames(final Path file) {
        final List<String> frames = new ArrayList<>();
        try (PacketSource source = CaptureFiles.open(file)) {
            while (!source.isExhausted()) {
                source.poll((buffer, offset, length, time, port) -> {
                    final byte[] bytes = new byte[length];
                    buffer.getBytes(offset, bytes);
                    frames.add(HexFormat.of().formatHex(bytes));
                }, 64);
            }
        }
        return frames;
    }

    /** A pcap file: a header of 24 bytes, one of 16 before each frame. */
    private static void writeCapture(final Path file, final List<byte[]> frames) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(24 + frames.stream().mapToInt(frame -> 16 + frame.length).sum())
                .order(ByteOrder.nativeOrder());
        bytes.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(0xffff).putInt(1);
        frames.forEach(frame -> bytes.putLong(0).putInt(frame.length).putInt(frame.length).put(frame));
        Files.write(file, bytes.array());
    }

    private static byte[] frame(final String group, final int port) {
        final UnsafeBuffer frame = UdpFrames.of(new InetSocketAddress(group, port), new byte[64]);
        final byte[] bytes = new byte[frame.capacity()];
        frame.getBytes(0, bytes);
        return bytes;
    }

    private static byte[] patched(final byte[] frame, final int at, final int value) {
        final byte[] result = frame.clone();
        result[at] = (byte) value;
        return result;
    }

    /** IEEE 802.1Q: four bytes after the addresses. */
    private static byte[] tagged(final byte[] frame, final int type) {
        final UnsafeBuffer result = inserted(frame, 12, 4);
        result.putShort(12, (short) type, ByteOrder.BIG_ENDIAN);
        result.putShort(14, (short) 141, ByteOrder.BIG_ENDIAN);
        return result.byteArray();
    }

    /** RFC 791: a word of options, "no operation" four times. */
    private static byte[] withOptions(final byte[] frame) {
        final UnsafeBuffer result = inserted(frame, 34, 4);
        result.setMemory(34, 4, (byte) 1);
        result.putByte(14, (byte) 0x46);
        result.putShort(16, (short) (result.getShort(16, ByteOrder.BIG_ENDIAN) + 4), ByteOrder.BIG_ENDIAN);
        return result.byteArray();
    }

    private static UnsafeBuffer inserted(final byte[] frame, final int at, final int length) {
        final UnsafeBuffer result = new UnsafeBuffer(new byte[frame.length + length]);
        result.putBytes(0, frame, 0, at);
        result.putBytes(at + length, frame, at, frame.length - at);
        return result;
    }
}
