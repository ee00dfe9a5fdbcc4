package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.integration.exchange.GapFillServer;
import io.tickbridge.integration.exchange.GapFillServer.Manner;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway as a process, on loopback multicast that loses segments on both lines: it asks a gap fill server by UDP, which
 * is silent, then one by TCP; its signals are those of a day without loss, and its journal replays to the same.
 */
final class IexRecoveryIT {
    private static final int PROTOCOL = 0x8005;
    private static final int CHANNEL = 1;
    private static final int SESSION = 0x43cd0000;
    private static final int PER_SEGMENT = 3;
    /** Segments lost on both lines: one alone, three together. */
    private static final List<Integer> LOST = List.of(90, 200, 201, 202);
    private static final int HOLES = 2;

    @TempDir
    private Path directory;

    private final List<byte[]> messages = new DeepPlusSession(11, 900).messages();

    @Test
    void signalsAreThoseOfADayWithoutLoss() throws Exception {
        final List<InetSocketAddress> lines = groups();
        try (GapFillServer silent = new GapFillServer(PROTOCOL, CHANNEL, SESSION, messages, Manner.SILENT);
                GapFillServer good = new GapFillServer(PROTOCOL, CHANNEL, SESSION, messages, Manner.GOOD)) {
            final String configuration = configuration(lines, silent.udpPort(), good.tcpPort());
            final List<String> expected = lossless(configuration, lines.get(0));
            assertTrue(expected.size() > 100, () -> "only " + expected.size() + " signals");
            GatewayFiles.prepare(directory, configuration);
            try (GatewayProcess gateway = GatewayProcess.start(directory)) {
                gateway.port();
                send(lines);
                gateway.awaitCount("feed.iex.messages", count -> count == messages.size());
                gateway.awaitCount("feed.iex.recovery.recovered", recovered -> recovered == HOLES);
                assertEquals(0, gateway.count("feed.iex.lost"));
                assertEquals(HOLES, gateway.count("feed.iex.recovery.server-failures"));
                assertTrue(gateway.count("feed.iex.recovered-datagrams") >= HOLES);
                gateway.stop();
            }
            Signals.assertSame(expected, Signals.ofJournal(GatewayFiles.journal(directory)), "the journal's");
        }
        final Launcher.Result replay = Launcher.tickbridge(
                directory, "replay", "--journal", GatewayFiles.journal(directory).toString(), "--verify");
        assertEquals(0, replay.exit(), replay.out() + replay.err());
        assertTrue(replay.out().contains("replay is equal"), replay.out());
    }

    /** Groups of this process alone, so that tests on one machine do not hear each other. */
    private static List<InetSocketAddress> groups() {
        final long process = ProcessHandle.current().pid();
        final String tail = "." + (process >> Byte.SIZE & 0xff) + "." + (process & 0xff);
        return List.of(new InetSocketAddress("239.210" + tail, 10_378), new InetSocketAddress("239.211" + tail, 10_379));
    }

    private static String configuration(final List<InetSocketAddress> lines, final int udp, final int tcp) {
        return GatewayText.OUTPUTS + """
                link: {listen: 127.0.0.1, port: 0, key-file: link.key, market: simulated}
                capture: {source: udp, receive-buffer: 4MiB}
                feeds:
                  - name: iex
                    protocol: iex-deep-plus
                    reorder-window: 4096
                    reorder-timeout: 60s
                    reorder-wait: 60s
                    lines:
                      - {group: %s, port: %d, interface: lo}
                      - {group: %s, port: %d, interface: lo}
                    recovery:
                      timeout: 5s
                      servers:
                        - {transport: udp, host: 127.0.0.1, port: %d}
                        - {transport: tcp, host: 127.0.0.1, port: %d}
                """.formatted(lines.get(0).getAddress().getHostAddress(), lines.get(0).getPort(),
                lines.get(1).getAddress().getHostAddress(), lines.get(1).getPort(), udp, tcp) + GatewayText.SIGNALS;
    }

    private List<byte[]> segments() {
        final List<byte[]> segments = new ArrayList<>();
        for (int first = 1; first <= messages.size(); first += PER_SEGMENT) {
            final int last = Math.min(messages.size(), first + PER_SEGMENT - 1);
            segments.add(GapFillServer.segment(
                    PROTOCOL, CHANNEL, SESSION, messages, first, last, DeepPlusSession.time(last)));
        }
        return segments;
    }

    private List<String> lossless(final String configuration, final InetSocketAddress line) {
        final List<String> signals = new ArrayList<>();
        final Pipeline pipeline = Signals.pipeline(configuration, signals);
        for (final byte[] segment : segments()) {
            final UnsafeBuffer frame = UdpFrames.of(line, segment);
            pipeline.onFrame(frame, 0, frame.capacity(), 1, 0);
        }
        pipeline.onEndOfInput();
        return signals;
    }

    private void send(final List<InetSocketAddress> lines) throws Exception {
        try (DatagramChannel socket = DatagramChannel.open(StandardProtocolFamily.INET)) {
            socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName("lo"));
            socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            final List<byte[]> segments = segments();
            for (int i = 0; i < segments.size(); i++) {
                for (final InetSocketAddress line : lines) {
                    if (!LOST.contains(i)) {
                        socket.send(ByteBuffer.wrap(segments.get(i)), line);
                    }
                }
            }
        }
    }
}
