package io.tickbridge.integration.demo;

import io.tickbridge.gateway.filter.Ipv4Address;
import io.tickbridge.gateway.filter.UdpGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * The configuration that the demonstration writes: one an operator could have written.
 *
 * @param plays what is played, for people
 * @param text  the YAML
 */
record DemoConfig(String plays, String text) {
    private static final String HEAD = """
            name: demo
            counters: gateway.counters
            receive: {idle: yield}
            """;
    private static final String SIGNALS = """
            signals:
              - {kind: top-of-book, parameters: {interval: 10ms}}
              - {kind: microprice-cross, parameters: {threshold: 0.3}}
              - {kind: book-imbalance, parameters: {levels: 3, threshold: 0.7, rearm: 0.5}}
              - {kind: order-flow-imbalance, parameters: {events: 50, threshold: 60, rearm: 30}}
              - {kind: sweep, parameters: {levels: 2}}
              - {kind: spread-widening, parameters: {ticks: 4, rearm-ticks: 3}}
            journal: {directory: journal, ring: 16MiB, block: 16MiB}
            """;
    private static final String LINK = "link: {listen: 127.0.0.1, port: 0, key-file: link.key}\n";
    // Nobody's orders with real money may follow from the simulator's prices.
    private static final String SIMULATED_LINK = LINK.replace("}", ", market: simulated}");

    static DemoConfig simulated(final SimulatedLines lines) {
        final String plays = "simulated CME MDP 3.0, %s:%d and %s:%d".formatted(
                lines.groupA(), SimulatedLines.PORT_A, lines.groupB(), SimulatedLines.PORT_B);
        return new DemoConfig(plays, HEAD + """
                capture: {source: udp, receive-buffer: 4MiB}
                feeds:
                  - name: cme
                    protocol: cme-mdp3
                    lines:
                      - {group: %1$s, port: %2$d, interface: lo}
                      - {group: %3$s, port: %4$d, interface: lo}
                      - {group: %1$s, port: %5$d, interface: lo, carries: snapshot}
                      - {group: %3$s, port: %6$d, interface: lo, carries: snapshot}
                      - {group: %1$s, port: %7$d, interface: lo, carries: definitions}
                      - {group: %3$s, port: %8$d, interface: lo, carries: definitions}
                """.formatted(
                        lines.groupA(), SimulatedLines.PORT_A, lines.groupB(), SimulatedLines.PORT_B,
                        SimulatedLines.PORT_A + SimulatedLines.SNAPSHOTS, SimulatedLines.PORT_B + SimulatedLines.SNAPSHOTS,
                        SimulatedLines.PORT_A + SimulatedLines.DEFINITIONS,
                        SimulatedLines.PORT_B + SimulatedLines.DEFINITIONS) + SIGNALS + SIMULATED_LINK);
    }

    static DemoConfig captured(
            final Path capture, final CapturedProtocol protocol, final CapturedChannel channel, final double pace) {
        final String lines = channel.lines().stream()
                .map(line -> "      - {group: %s, port: %d}\n"
                        .formatted(Ipv4Address.format(line.address()), line.port()))
                .collect(Collectors.joining());
        final String plays = capture.getFileName() + ", " + protocol + ", "
                + channel.lines().stream().map(UdpGroup::toString).collect(Collectors.joining(" and "));
        return new DemoConfig(plays, HEAD + """
                capture: {source: pcap, file: "%s", pace: %s}
                filter: {checksums: %s}
                feeds:
                  - name: captured
                    protocol: %s
                    market-depth: 10
                    lines:
                """.formatted(capture.toAbsolutePath(), pace, protocol.checksums(), protocol) + lines + SIGNALS + LINK);
    }

    void write(final Path file) throws IOException {
        Files.writeString(file, text);
    }
}
