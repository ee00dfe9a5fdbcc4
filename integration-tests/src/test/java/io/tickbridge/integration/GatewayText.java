package io.tickbridge.integration;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Configurations as an operator would write them, for the captures and for a link on a free port. */
final class GatewayText {
    /** Rules that find many signals: the CME capture, 5,000 packets after arbitration, has some 2,900. */
    static final String SIGNALS = """
            signals:
              - {kind: top-of-book, parameters: {interval: 0ms}}
              - {kind: microprice-cross, parameters: {threshold: 0.05}}
              - {kind: book-imbalance, parameters: {levels: 1, threshold: 0.3, rearm: 0.25}}
              - {kind: order-flow-imbalance, parameters: {events: 2, threshold: 4, rearm: 2}}
              - {kind: sweep, parameters: {levels: 2}}
              - {kind: spread-widening, parameters: {ticks: 2, rearm-ticks: 1, tick: 0.0025}}
            """;
    static final String OUTPUTS = """
            name: integration
            counters: gateway.counters
            receive: {idle: yield}
            journal: {directory: journal, ring: 16MiB, block: 16MiB}
            """;
    private static final String LINK = "link: {listen: 127.0.0.1, port: 0, key-file: link.key, market: simulated}\n";
    private static final String NO_LINK = "link: {enabled: false}\n";

    static final List<String> CME_LINES =
            List.of("group: 224.0.31.64, port: 14340", "group: 224.0.32.64, port: 15340");

    private GatewayText() {
    }

    /** The CME capture's channel 340, received by multicast on the namespace's NIC, the link by one of Netty's transports. */
    static String cmeLive(final String transport) {
        return changed(live("{source: udp, receive-buffer: 16MiB}", "cme-mdp3", CME_LINES),
                LINK, changed(LINK, "}", ", transport: " + transport + "}"));
    }

    /**
     * A configuration with something else in it. A test whose change went nowhere would prove the configuration that it
     * began with.
     *
     * @throws IllegalArgumentException when what is to be replaced is not there
     */
    static String changed(final String configuration, final String from, final String to) {
        if (!configuration.contains(from)) {
            throw new IllegalArgumentException("no \"" + from + "\" in the configuration:\n" + configuration);
        }
        return configuration.replace(from, to);
    }

    /**
     * A feed received on the namespace's NIC.
     *
     * @param capture  the section of that name
     * @param protocol the feed's
     * @param lines    group and port of each
     */
    static String live(final String capture, final String protocol, final List<String> lines) {
        return live(capture, feed("feed", protocol, lines));
    }

    /** Feeds received on the namespace's NIC, each a text of {@link #feed}. */
    static String live(final String capture, final String feeds) {
        return OUTPUTS + LINK + "capture: " + capture + "\nfeeds:\n" + feeds + SIGNALS;
    }

    /** One of the feeds in a configuration. */
    static String feed(final String name, final String protocol, final List<String> lines) {
        return """
                  - name: %s
                    protocol: %s
                    lines:
                """.formatted(name, protocol) + lines.stream().map(line -> "      - {%s, interface: %s}%n".formatted(
                        line, NetworkNamespace.NIC)).collect(Collectors.joining());
    }

    /** The CME capture's channel 340, received through ef_vi on the namespace's NIC. */
    static String cmeEfVi() {
        return OUTPUTS + LINK + """
                capture: {source: efvi, efvi: {interface: %s, huge-pages: never}}
                feeds:
                  - name: cme
                    protocol: cme-mdp3
                    lines:
                      - {group: 224.0.31.64, port: 14340}
                      - {group: 224.0.32.64, port: 15340}
                """.formatted(NetworkNamespace.NIC) + SIGNALS;
    }

    /** The CME capture's channel 340, played from a file. */
    static String cmeFile(final Path file) {
        return file(file, "cme-mdp3", true, """
                      - {group: 224.0.31.64, port: 14340}
                      - {group: 224.0.32.64, port: 15340}
                """);
    }

    /** IEX TOPS 1.6, played from a file. */
    static String topsFile(final Path file) {
        return file(file, "iex-tops", false, "      - {group: 224.67.0.199, port: 16642}\n");
    }

    /** IEX DEEP 1.0, played from a file. */
    static String deepFile(final Path file) {
        return file(file, "iex-deep", false, "      - {group: 224.2.3.10, port: 16648}\n");
    }

    // The UDP checksums of IEX's captures are mostly wrong, so those are played without checking.
    private static String file(final Path file, final String protocol, final boolean checksums, final String lines) {
        return OUTPUTS + NO_LINK + """
                capture: {source: pcap, file: "%s"}
                filter: {checksums: %s}
                feeds:
                  - name: feed
                    protocol: %s
                    lines:
                """.formatted(file, checksums, protocol) + lines + SIGNALS;
    }
}
