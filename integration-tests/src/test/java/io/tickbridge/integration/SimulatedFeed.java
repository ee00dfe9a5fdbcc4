package io.tickbridge.integration;

import io.tickbridge.gateway.pipeline.Pipeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/** A feed of one or two lines on loopback: sends payloads to a gateway, and says what a pipeline makes of them. */
final class SimulatedFeed implements AutoCloseable {
    private static final int FIRST_PORT = 14_310;
    private static final int NEXT_LINE = 1_000;
    private static final int PORTION = 500;

    private final List<InetSocketAddress> lines = new ArrayList<>();
    private final String lineText;
    private final DatagramChannel socket;
    private GatewayProcess receiver;
    private long sent;

    private SimulatedFeed(final int count) throws IOException {
        final StringBuilder text = new StringBuilder();
        for (int line = 0; line < count; line++) {
            // Groups of this process alone, so that tests on one machine do not hear each other.
            final long process = ProcessHandle.current().pid();
            final String group = "239." + (200 + line) + "." + (process >> Byte.SIZE & 0xff) + "." + (process & 0xff);
            lines.add(new InetSocketAddress(InetAddress.getByName(group), FIRST_PORT + line * NEXT_LINE));
            text.append("      - {group: %s, port: %d, interface: lo}\n".formatted(group, lines.get(line).getPort()));
        }
        lineText = text.toString();
        socket = DatagramChannel.open(StandardProtocolFamily.INET);
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName("lo"));
        socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
    }

    static SimulatedFeed ofOneLine() throws IOException {
        return new SimulatedFeed(1);
    }

    static SimulatedFeed ofTwoLines() throws IOException {
        return new SimulatedFeed(2);
    }

    /**
     * A gateway's configuration for it.
     *
     * @param linkPort 0 for any
     */
    String configuration(final int reorderWindow, final int linkPort) {
        return GatewayText.OUTPUTS + """
                link: {listen: 127.0.0.1, port: %d, key-file: link.key, market: simulated}
                capture: {source: udp, receive-buffer: 4MiB}
                feeds:
                  - name: cme
                    protocol: cme-mdp3
                    reorder-window: %d
                    lines:
                """.formatted(linkPort, reorderWindow) + lineText + GatewayText.SIGNALS;
    }

    /**
     * From now on no more is sent than a gateway that has just been started is sure to hold: the kernel's queue for a
     * processor, which holds 1,000, drops without a trace.
     */
    void sendInPortionsTo(final GatewayProcess gateway) {
        receiver = gateway;
    }

    void send(final int line, final byte[] payload) throws IOException {
        socket.send(ByteBuffer.wrap(payload), lines.get(line));
        sent++;
        if (receiver != null && sent % PORTION == 0) {
            receiver.awaitCount("feed.cme.datagrams", count -> count >= sent);
        }
    }

    void send(final int line, final List<byte[]> payloads) throws IOException {
        for (final byte[] payload : payloads) {
            send(line, payload);
        }
    }

    /** Signals of the first line's payloads, by a pipeline in this process. */
    List<String> signals(final List<byte[]> payloads) {
        final List<String> signals = new ArrayList<>();
        final Pipeline pipeline = Signals.pipeline(configuration(0, 0), signals);
        for (final byte[] payload : payloads) {
            final var frame = UdpFrames.of(lines.get(0), payload);
            pipeline.onFrame(frame, 0, frame.capacity(), 0, 0);
        }
        pipeline.onEndOfInput();
        return signals;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
