package io.tickbridge.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.nasdaq.ItchPacket;
import io.tickbridge.gateway.signal.SignalCounter;
import io.tickbridge.protocol.SignalDecoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Nasdaq frames in, signals out: only from books that were followed from their beginning without a loss. */
class NasdaqPipelineTest {
    private static final String CONFIGURATION = """
            capture: {source: pcap, file: none.pcap}
            filter: {checksums: false}
            feeds:
              - name: nasdaq
                protocol: nasdaq-itch50
                max-orders: 4096
                lines:
                  - {group: 233.54.12.111, port: 26477}
            signals:
              - {kind: top-of-book, instruments: ["nasdaq/ZTEST"]}
            """;
    private static final long START = 1_692_711_000_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final int UNIT = 1_000_000_000;

    private final List<String> signals = new ArrayList<>();
    private final SignalDecoder signal = new SignalDecoder();
    private final Pipeline pipeline = new Pipeline(
            ConfigReader.parse(CONFIGURATION, Path.of("."), "test"), FrameRecorder.NONE,
            List.of((body, offset, receiveTime) -> {
                signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
                signals.add(signal.bidPrice() / UNIT + " x " + signal.bidQuantity() + " / " + signal.askPrice() / UNIT);
            }), List.of());

    private static ItchPacket packet(final String session, final long sequence) {
        return new ItchPacket(session, sequence, 7, "ZTEST");
    }

    private static UnsafeBuffer wholeBook(final String session) {
        return packet(session, 1).system('O').system('S').directory().trading('T')
                .add(1, 'B', 300, 1_000_000).add(2, 'S', 100, 1_010_000).packet();
    }

    @Test
    void aBookFollowedFromItsBeginningGivesSignalsUntilSomethingIsMissing() {
        send(wholeBook("DAY1"), START);
        assertEquals(List.of("100 x 300 / 101"), signals);
        send(packet("DAY1", 7).execute(1, 100).packet(), START + MS);
        assertEquals(List.of("100 x 300 / 101", "100 x 200 / 101"), signals);
        send(packet("DAY1", 9).cancel(1, 50).packet(), START + 2 * MS);
        send(packet("DAY1", 10).cancel(1, 50).packet(), START + 50 * MS);
        send(packet("DAY1", 11).add(3, 'B', 5, 1_005_000).packet(), START + 51 * MS);
        assertEquals(2, signals.size(), "message 8 is missing: nobody knows what rests");
        assertEquals(1, pipeline.feedCounts(0).get(FeedCounter.LOST));
        send(wholeBook("DAY2"), START + 100 * MS);
        assertEquals(3, signals.size(), "a new session begins with empty books");
    }

    @Test
    void aSessionJoinedLateGivesNone() {
        send(packet("DAY1", 500).trading('T').add(1, 'B', 300, 1_000_000).add(2, 'S', 100, 1_010_000).packet(), START);
        send(packet("DAY1", 503).directory().trading('T').add(3, 'B', 300, 1_000_000).add(4, 'S', 9, 1_010_000).packet(), START);
        assertEquals(List.of(), signals);
        assertEquals(3, pipeline.feedCounts(0).get(FeedCounter.UNKNOWN_INSTRUMENTS));
    }

    @Test
    void aHaltedInstrumentGivesNone() {
        send(packet("DAY1", 1).system('O').system('S').directory().trading('H')
                .add(1, 'B', 300, 1_000_000).add(2, 'S', 100, 1_010_000).packet(), START);
        assertEquals(List.of(), signals);
        send(packet("DAY1", 7).trading('T').packet(), START + MS);
        assertEquals(List.of("100 x 300 / 101"), signals);
        assertEquals(0, pipeline.signalCounts(1).get(SignalCounter.SUPPRESSED_LATE));
    }

    @Test
    void twoNasdaqFeedsAndTooManyOrdersForTheMemoryAreRefused() {
        final String two = CONFIGURATION.replace("signals:", """
              - name: other
                protocol: nasdaq-itch50
                lines:
                  - {group: 233.54.12.112, port: 26477}
            signals:""");
        final ConfigException refused = assertThrows(ConfigException.class,
                () -> Pipeline.check(ConfigReader.parse(two, Path.of("."), "test")));
        assertEquals(true, refused.getMessage().contains("found a second feed of NASDAQ beside \"nasdaq\""), refused.getMessage());
        assertEquals(new MemoryBudget(ConfigReader.parse(CONFIGURATION, Path.of("."), "test")).bytes()
                        + (1L << 25) * 56 + (1L << 26) * 12 - 4096 * 56 - 8192 * 12,
                new MemoryBudget(ConfigReader.parse(CONFIGURATION.replace("4096", "33554432"), Path.of("."), "test")).bytes());
    }

    /** Ethernet, IPv4, UDP without a checksum. */
    private void send(final UnsafeBuffer payload, final long receiveTime) {
        final int length = payload.capacity();
        final ByteBuffer frame = ByteBuffer.allocate(42 + length);
        frame.putShort(12, (short) 0x0800).putShort(14, (short) 0x4500).putShort(16, (short) (28 + length))
                .putShort(22, (short) (64 << 8 | 17)).putInt(26, 0x0a010203).putInt(30, 0xe9360c6f)
                .putShort(34, (short) 1000).putShort(36, (short) 26477).putShort(38, (short) (8 + length));
        final byte[] bytes = new byte[length];
        payload.getBytes(0, bytes);
        frame.position(42).put(bytes);
        pipeline.onFrame(new UnsafeBuffer(frame.array()), 0, 42 + length, receiveTime, 0);
    }
}
