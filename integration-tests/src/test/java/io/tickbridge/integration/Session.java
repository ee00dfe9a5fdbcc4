package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A captured session of an exchange, or as much of it as is worth sending. */
enum Session {
    CME("captures/cme-mdp3-v6-ch340-ab.pcapng", 10_000, 2_500, "cme-mdp3",
            "group: 224.0.31.64, port: 14340", "group: 224.0.32.64, port: 15340"),
    TOPS("captures/iex-tops16-20170710.pcap.gz", 13_022, 1_000, "iex-tops", "group: 224.67.0.199, port: 16642"),
    DEEP("captures/iex-deep10-20170425.pcap.gz", 121_314, 2_000, "iex-deep", "group: 224.2.3.10, port: 16648"),
    DEEP_BEGINNING("captures/iex-deep10-20170425.pcap.gz", 10_000, 400, "iex-deep", "group: 224.2.3.10, port: 16648");

    private final String name;
    private final int packets;
    private final int manySignals;
    private final String protocol;
    private final List<String> lines;

    Session(final String name, final int packets, final int manySignals, final String protocol, final String... lines) {
        this.name = name;
        this.packets = packets;
        this.manySignals = manySignals;
        this.protocol = protocol;
        this.lines = List.of(lines);
    }

    /** How many packets, counted from its beginning, are sent and compared. */
    int packets() {
        return packets;
    }

    /** Fewer signals would prove little. */
    int manySignals() {
        return manySignals;
    }

    String configuration(final LiveSource source) {
        return GatewayText.live(source.capture(), protocol, lines);
    }

    /** The name of its feed where several sessions are received. */
    String feed() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A gateway that receives several, a feed each. */
    static String configuration(final LiveSource source, final List<Session> sessions) {
        return configuration(source.capture(), sessions);
    }

    /** The same, whatever its section {@code capture} says. */
    static String configuration(final String capture, final List<Session> sessions) {
        return GatewayText.live(capture, sessions.stream().map(session ->
                GatewayText.feed(session.feed(), session.protocol, session.lines)).collect(Collectors.joining()));
    }

    /**
     * The capture as it can be sent: classic pcap, not compressed, and with right UDP checksums, which most packets of IEX's captures
     * lack; the kernel would drop those before any socket.
     */
    Path sendable(final Path directory) throws IOException, InterruptedException {
        final Path mended = directory.resolve(feed() + ".pcap");
        Path plain = SharedData.file(name);
        if (name.endsWith(".gz")) {
            plain = directory.resolve(feed() + "-plain.pcap");
            try (InputStream in = new GZIPInputStream(Files.newInputStream(SharedData.file(name)))) {
                Files.copy(in, plain);
            }
        }
        Requirement.program("tcprewrite");
        final Launcher.Result result = Launcher.run(directory, Map.of(), List.of(
                "tcprewrite", "--fixcsum", "--infile=" + plain, "--outfile=" + mended));
        Requirement.is(result.exit() == 0, "a tcprewrite that mends checksums: " + result.err());
        return mended;
    }

    /** Sends it into the wire, for sockets of the kernel whose buffers hold all of it, or are to overflow. */
    void send(final NetworkNamespace namespace, final Path sendable) throws IOException, InterruptedException {
        PortionedReplay.sendToTheKernel(namespace, sendable, packets);
    }

    /** Waits until a gateway has all that was sent; nothing may be lost. */
    void awaitIn(final GatewayProcess gateway) {
        gateway.awaitCount("feed.feed.datagrams", datagrams -> datagrams + gateway.count("source.dropped") >= packets);
        assertEquals(0, gateway.count("source.dropped"), "frames lost below the gateway");
    }
}
