package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.filter.Ipv4Address;
import io.tickbridge.gateway.filter.UdpFrame;
import io.tickbridge.gateway.replay.JournalCheck;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.ChallengeDecoder;
import io.tickbridge.protocol.InstrumentStateDecoder;
import io.tickbridge.protocol.SignalDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway process on a disk that fills up while it receives the CME capture, and an add-on that watches. */
class JournalStopTest {
    private static final String GROUP = "239.77.31.9";
    private static final String CAPTURED_GROUP = "224.0.31.64";
    private static final long PATIENCE = 60_000_000_000L;

    @TempDir
    private Path directory;
    private Path disk;
    private final List<byte[]> payloads = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private DatagramChannel sender;
    private Process gateway;
    private BufferedReader output;
    private int linkPort;
    private int feedPort;
    private int sent;

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        final UdpFrame udp = new UdpFrame(false);
        try (PacketSource source = CaptureFiles.open(SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng"))) {
            while (!source.isExhausted()) {
                source.poll((buffer, offset, length, time, port) -> {
                    if (udp.wrap(buffer, offset, length) == null
                            && Ipv4Address.format(udp.destinationAddress()).equals(CAPTURED_GROUP)) {
                        final byte[] payload = new byte[udp.payloadLength()];
                        buffer.getBytes(udp.payloadOffset(), payload);
                        payloads.add(payload);
                    }
                }, 64);
            }
        }
        disk = Files.createDirectory(directory.resolve("disk"));
        Requirement.is(run("mount", "-t", "tmpfs", "-o", "size=64m", "tickbridge-stop-test", disk.toString()), "the right to mount a tmpfs");
        sender = DatagramChannel.open(StandardProtocolFamily.INET)
                .setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName("lo"));
        try (ServerSocket link = new ServerSocket(0); ServerSocket feed = new ServerSocket(0)) {
            linkPort = link.getLocalPort();
            feedPort = feed.getLocalPort();
        }
    }

    @AfterEach
    void clean() throws IOException, InterruptedException {
        if (gateway != null) {
            gateway.destroyForcibly().waitFor();
        }
        if (sender != null) {
            sender.close();
            assertTrue(run("umount", "-l", disk.toString()));
        }
    }

    @Test
    void stopSignalsWithholdsThemAndTellsTheAddOnWhy() throws IOException, InterruptedException {
        start("stop-signals");
        try (TestAddOn addOn = challenged()) {
            addOn.send(addOn.logon(LinkHarness.KEY, "test", 0, 0));
            while (!addOn.has(SignalDecoder.TEMPLATE_ID)) {
                sendOne();
                settle(addOn); // or all would be sent before a busy machine shows the first, and nothing be left to withhold
            }
            fill();
            until(addOn, () -> repeat() && states(addOn).contains((int) BookState.NOT_JOURNALLED.value()));
            assertTrue(awaitLine("stopped: ").contains("By journal.when-full no more signals are sent"));
            settle(addOn); // what was repeated is out of the socket's buffer, so that it has room for the rest
            sendRest();
            settle(addOn);
            final List<TestAddOn.Frame> frames = addOn.frames;
            int told = 0;
            while (frames.get(told).template() != InstrumentStateDecoder.TEMPLATE_ID
                    || frames.get(told).uint8(17) != BookState.NOT_JOURNALLED.value()) {
                told++;
            }
            final List<TestAddOn.Frame> after = frames.subList(told, frames.size());
            assertEquals(0, after.stream().filter(frame -> frame.template() == SignalDecoder.TEMPLATE_ID).count(), "signals after it");
            assertTrue(after.stream().filter(frame -> frame.template() == InstrumentStateDecoder.TEMPLATE_ID)
                    .allMatch(frame -> frame.uint8(17) == BookState.NOT_JOURNALLED.value()), "no book is trusted again");
            assertTrue(gateway.isAlive());
        }
        gateway.toHandle().destroy(); // Process.destroy would close its output too
        assertEquals(0, end());
        assertTrue(log.stream().anyMatch(line -> line.contains("signals.withheld +")), () -> String.join("\n", log));
        assertSound();
    }

    @Test
    void stopEndsTheGatewayWithItsReason() throws IOException, InterruptedException {
        start("stop");
        try (TestAddOn addOn = challenged()) {
            fill();
            while (gateway.isAlive()) {
                repeat();
                addOn.poll();
            }
        }
        assertEquals(1, end());
        assertTrue(log.stream().anyMatch(line -> line.startsWith("journal " + disk.resolve("journal") + " stopped: only ")
                && line.endsWith(", and journal.when-full is stop")), () -> String.join("\n", log));
        assertSound();
    }

    private void start(final String policy) throws IOException {
        final Path key = Files.writeString(directory.resolve("key"), HexFormat.of().formatHex(LinkHarness.KEY) + "\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        final Path config = Files.writeString(directory.resolve("gateway.yaml"), """
                counters: counters
                capture: {source: udp}
                feeds:
                  - {name: cme, protocol: cme-mdp3, market-depth: 10, lines: [{group: %s, port: %d, interface: lo}]}
                signals:
                  - {kind: top-of-book}
                journal: {directory: disk/journal, when-full: %s}
                link: {listen: 127.0.0.1, port: %d, key-file: key, silence-limit: 60s}
                """.formatted(GROUP, feedPort, policy, linkPort));
        final Path bin = Path.of(System.getProperty("tickbridge.root", ".."), "linux-gateway", "bin");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + bin.resolve("jvm.flags"));
        if (Runtime.version().feature() >= 24) {
            command.add("@" + bin.resolve("jvm-24.flags"));
        }
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                "io.tickbridge.gateway.cli.Tickbridge", "run", "--config", config.toString()));
        gateway = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = gateway.inputReader();
        awaitLine("receiving from");
    }

    /** A gateway that answers has begun its run in the journal. */
    private TestAddOn challenged() throws IOException {
        while (true) {
            try {
                final TestAddOn addOn = TestAddOn.connect(linkPort, 0);
                until(addOn, () -> addOn.has(ChallengeDecoder.TEMPLATE_ID));
                return addOn;
            } catch (final ConnectException notYet) {
                assertTrue(gateway.isAlive(), "the gateway ended before it listened");
            }
        }
    }

    private String awaitLine(final String part) throws IOException {
        while (true) {
            final String line = output.readLine();
            assertNotNull(line, () -> "the gateway ended: " + String.join("\n", log));
            log.add(line);
            if (line.contains(part)) {
                return line;
            }
        }
    }

    private int end() throws IOException, InterruptedException {
        output.lines().forEach(log::add);
        return gateway.waitFor();
    }

    private void assertSound() {
        final JournalCheck check = JournalCheck.of(disk.resolve("journal"));
        assertTrue(check.isSound(), check::toText);
        assertTrue(check.records().get("frame") > 0);
    }

    /** The next packet of the capture, for which the gateway has a line; true, so that it can stand in a condition. */
    private boolean sendOne() {
        try {
            if (sent < payloads.size()) {
                sender.send(ByteBuffer.wrap(payloads.get(sent++)), new InetSocketAddress(InetAddress.getByName(GROUP), feedPort));
            }
            return true;
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * The packets sent so far once more: journalled as all that is received, but no news.
     * The file's reserve is used up however much of it there was, and the capture's signals are left for later.
     */
    private boolean repeat() {
        try {
            for (int i = 0; i < Math.max(sent, 1); i++) {
                sender.send(ByteBuffer.wrap(payloads.get(i)), new InetSocketAddress(InetAddress.getByName(GROUP), feedPort));
            }
            return true;
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void sendRest() {
        for (int i = 0; i < 500; i++) {
            sendOne();
        }
    }

    /** What the gateway had written when it answers has arrived. */
    private void settle(final TestAddOn addOn) {
        final int before = addOn.all(8).size();
        addOn.send(TestAddOn.probe(before, 1));
        until(addOn, () -> addOn.all(8).size() > before);
    }

    private static List<Integer> states(final TestAddOn addOn) {
        return addOn.all(InstrumentStateDecoder.TEMPLATE_ID).stream().map(frame -> frame.uint8(17)).toList();
    }

    private static void until(final TestAddOn addOn, final BooleanSupplier condition) {
        final long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            addOn.poll();
            assertTrue(!addOn.isEnded() && System.nanoTime() - begun < PATIENCE, () -> "it never came; so far: " + addOn.frames.size());
        }
    }

    private void fill() throws IOException {
        try (OutputStream file = Files.newOutputStream(disk.resolve("fill"))) {
            final byte[] block = new byte[1 << 20];
            while (true) {
                file.write(block);
            }
        } catch (final IOException full) {
            assertTrue(full.getMessage().contains("No space left"), full.getMessage());
        }
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }
}
