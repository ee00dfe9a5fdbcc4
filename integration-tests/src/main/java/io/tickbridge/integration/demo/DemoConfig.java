package io.tickbridge.integration.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration that the demonstration writes: one an operator could have written.
 *
 * @param workplace where it goes
 * @param text      the YAML
 */
record DemoConfig(Workplace workplace, String text) {
    private static final String SIGNALS = """
            signals:
              - {kind: top-of-book, parameters: {interval: 10ms}}
              - {kind: microprice-cross, parameters: {threshold: 0.3}}
              - {kind: book-imbalance, parameters: {levels: 3, threshold: 0.7, rearm: 0.5}}
              - {kind: order-flow-imbalance, parameters: {events: 50, threshold: 60, rearm: 30}}
              - {kind: sweep, parameters: {levels: 2}}
              - {kind: spread-widening, parameters: {ticks: 4, rearm-ticks: 3}}
            journal: {directory: journal, ring: 16MiB, block: 16MiB}
            link: {listen: 127.0.0.1, port: 0, key-file: link.key}
            """;

    static DemoConfig simulated(final Workplace workplace) {
        return new DemoConfig(workplace, """
                name: demo
                counters: gateway.counters
                receive: {idle: yield}
                capture: {source: udp, receive-buffer: 4MiB}
                feeds:
                  - name: cme
                    protocol: cme-mdp3
                    market-depth: 10
                    lines:
                      - {group: 239.192.7.1, port: 14310, interface: lo}
                      - {group: 239.192.7.2, port: 15310, interface: lo}
                instruments:
                  - {feed: cme, id: 1001, symbol: ESZ6, group: ES, tick: 0.25}
                  - {feed: cme, id: 1002, symbol: NQZ6, group: NQ, tick: 0.25}
                  - {feed: cme, id: 1003, symbol: CLF7, group: CL, tick: 0.01}
                  - {feed: cme, id: 1004, symbol: GCG7, group: GC, tick: 0.1}
                """ + SIGNALS);
    }

    /** A CME capture: its lines are those of the public sample channel 340. */
    static DemoConfig captured(final Workplace workplace, final Path capture, final double pace) {
        return new DemoConfig(workplace, """
                name: demo
                counters: gateway.counters
                receive: {idle: yield}
                capture: {source: pcap, file: "%s", pace: %s}
                feeds:
                  - name: cme
                    protocol: cme-mdp3
                    market-depth: 10
                    lines:
                      - {group: 224.0.31.64, port: 14340}
                      - {group: 224.0.32.64, port: 15340}
                """.formatted(capture.toAbsolutePath(), pace) + SIGNALS);
    }

    void write() throws IOException {
        Files.writeString(workplace.config(), text);
    }
}
