package io.tickbridge.gateway.pipeline;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The feeds that {@link PipelineFuzzTest} plays, each in a configuration of its own: two lines, and CME's snapshots. */
enum FuzzedFeed {
    CME("protocol: cme-mdp3\n    market-depth: 10", 3),
    CME_ORDERS("protocol: cme-mdp3\n    orders: true\n    max-orders: 4096", 3),
    IEX_TOPS("protocol: iex-tops", 2),
    IEX_DEEP("protocol: iex-deep", 2),
    IEX_DEEP_PLUS("protocol: iex-deep-plus\n    max-orders: 4096", 2),
    NASDAQ("protocol: nasdaq-itch50\n    max-orders: 4096", 2);

    private static final byte[] SESSION = "FUZZ      ".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final String LINES = """
                - {group: 224.0.31.64, port: 14340}
                - {group: 224.0.32.64, port: 15340}
            """;
    private static final String SNAPSHOTS = """
                - {group: 224.0.33.64, port: 16340, carries: snapshot}
            """;
    private static final String SIGNALS = """
            signals:
              - {kind: top-of-book, parameters: {interval: 0ms}}
              - {kind: sweep, parameters: {levels: 2}}
              - {kind: book-imbalance, parameters: {levels: 3, threshold: 0.5, rearm: 0.4}}
              - {kind: microprice-cross}
              - {kind: order-flow-imbalance, parameters: {threshold: 10}}
              - {kind: spread-widening}
            """;

    private final GatewayConfig config;
    private final int lines;

    FuzzedFeed(final String protocol, final int lines) {
        this.lines = lines;
        this.config = ConfigReader.parse("""
                capture: {source: pcap, file: none.pcap}
                feeds:
                  - name: feed
                    reorder-window: 3
                """ + "    " + protocol + "\n    lines:\n" + LINES.indent(2) + (lines > 2 ? SNAPSHOTS.indent(2) : "") + SIGNALS,
                Path.of("."), "fuzz");
    }

    GatewayConfig config() {
        return config;
    }

    int lines() {
        return lines;
    }

    /** Writes over a payload what makes it the next one of its line: without that a fuzzer would not get past the arbiter. */
    void renumber(final byte[] payload, final long number) {
        final ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        switch (this) {
            case CME, CME_ORDERS -> {
                if (payload.length >= 12) {
                    bytes.putInt(0, (int) number);
                }
            }
            case IEX_TOPS, IEX_DEEP, IEX_DEEP_PLUS -> {
                if (payload.length >= 40) {
                    bytes.put(0, (byte) 1).putShort(2, (short) (0x8003 + ordinal() - IEX_TOPS.ordinal())).putInt(4, 1)
                            .putInt(8, 1).putLong(24, number).putLong(32, 1_500_000_000_000_000_000L + number * 1000);
                }
            }
            case NASDAQ -> {
                if (payload.length >= 20) {
                    bytes.put(0, SESSION).order(ByteOrder.BIG_ENDIAN).putLong(10, number);
                }
            }
        }
    }

    /** How many numbers a payload takes. */
    int units(final byte[] payload) {
        return switch (this) {
            case CME, CME_ORDERS -> 1;
            case IEX_TOPS, IEX_DEEP, IEX_DEEP_PLUS -> payload.length < 40 ? 0
                    : ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getShort(14) & 0xffff;
            case NASDAQ -> payload.length < 20 ? 0 : (ByteBuffer.wrap(payload).getShort(18) & 0xffff) % 0xffff;
        };
    }
}
