package io.tickbridge.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.book.BookCounter;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.signal.SignalCounter;
import io.tickbridge.protocol.SignalDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Frames in, signals out, where what is old could pass for new: held packets, and a count that begins anew. */
class OldNewsTest {
    private static final String CONFIGURATION = """
            capture: {source: pcap, file: none.pcap}
            filter: {checksums: false}
            feeds:
              - name: es
                protocol: cme-mdp3
                lines:
                  - {group: 224.0.31.1, port: 14310}
            signals:
              - {kind: top-of-book}
            """;
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1000 * MS;

    private final List<String> signals = new ArrayList<>();
    private final SignalDecoder signal = new SignalDecoder();
    private final Pipeline pipeline = new Pipeline(
            ConfigReader.parse(CONFIGURATION, Path.of("."), "test"), FrameRecorder.NONE,
            List.of((body, offset, receiveTime) -> {
                signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
                signals.add("@" + (receiveTime - START) / MS + " " + signal.bidPrice() / 1_000_000_000L + " x "
                        + signal.bidQuantity() + " / " + signal.askPrice() / 1_000_000_000L);
            }), List.of());

    @Test
    void aPacketThatWaitedInAQuietMarketUpdatesTheBookButIsNoNews() {
        packet(1, START, level(1, 100, 5, 1, 0, '0'), level(2, 101, 5, 1, 0, '1'));
        packet(3, START + MS, level(3, 100, 6, 1, 1, '0'));
        assertEquals(List.of("@0 100 x 5 / 101"), signals);
        packet(4, START + 900 * MS, level(4, 100, 7, 1, 1, '0'));
        assertEquals(List.of("@0 100 x 5 / 101", "@900 100 x 7 / 101"), signals);
        assertEquals(1, pipeline.signalCounts(1).get(SignalCounter.SUPPRESSED_LATE));
        assertEquals(1, pipeline.feedCounts(0).get(FeedCounter.GAPS));
        assertEquals(1, pipeline.books(0).counts().get(BookCounter.HEALED), "told of the gap before the packet came");
    }

    @Test
    void aHeartbeatHalfAMinuteLaterMakesNothingNew() {
        packet(1, START, level(1, 100, 5, 1, 0, '0'), level(2, 101, 5, 1, 0, '1'));
        packet(3, START + MS, level(3, 100, 6, 1, 1, '0'));
        packet(4, START + 2 * MS, level(4, 100, 7, 1, 1, '0'));
        packet(5, START + 30 * SECOND);
        assertEquals(List.of("@0 100 x 5 / 101"), signals);
        assertEquals(2, pipeline.signalCounts(1).get(SignalCounter.SUPPRESSED_LATE));
    }

    @Test
    void aPacketThatWaitedBrieflyKeepsItsOwnReceiveTime() {
        packet(1, START, level(1, 100, 5, 1, 0, '0'), level(2, 101, 5, 1, 0, '1'));
        packet(3, START + 2 * MS, level(4, 100, 7, 1, 1, '0'));
        packet(2, START + 5 * MS, level(3, 100, 6, 1, 1, '0'));
        assertEquals(List.of("@0 100 x 5 / 101", "@5 100 x 6 / 101", "@2 100 x 7 / 101"), signals);
        assertEquals(0, pipeline.signalCounts(1).get(SignalCounter.SUPPRESSED_LATE));
    }

    @Test
    void lastWeeksPricesAreNeverSignalledAfterTheCountBeganAnew() {
        packet(5000, START, level(1, 100, 5, 1, 0, '0'), level(2, 101, 5, 1, 0, '1'));
        for (int report = 3; report <= 10; report++) {
            packet(4998 + report, START + report * MS, level(report, 100, report, 1, 1, '0'));
        }
        signals.clear();
        final long monday = START + 48 * 3600 * SECOND;
        packet(1, monday, level(1, 200, 5, 1, 0, '0'));
        for (int report = 2; report <= 10; report++) {
            packet(report, monday + report * MS, level(report, 199, report, 2, report == 2 ? 0 : 1, '0'));
        }
        packet(11, monday + 11 * MS, level(11, 202, 9, 2, 0, '1'));
        assertEquals(List.of(), signals, "nobody has stated the best offer yet");
        packet(12, monday + 12 * MS, level(12, 201, 9, 1, 1, '1'));
        assertEquals(List.of("@" + (48 * 3600 * 1000 + 12) + " 200 x 5 / 201"), signals);
        assertEquals(0, pipeline.books(0).counts().get(BookCounter.REPEATED_UPDATES));
    }

    /** An entry of template 32 for one instrument; prices whole. */
    private static byte[] level(
            final int report, final long price, final int size, final int position, final int action, final char type) {
        return little(32).putLong(price * 10_000_000L).putInt(size).putInt(7).putInt(report).putInt(1)
                .put((byte) position).put((byte) action).put((byte) type).array();
    }

    /** A frame with one packet that holds one complete event, or a heartbeat. */
    private void packet(final int sequence, final long time, final byte[]... entries) {
        final int message = entries.length == 0 ? 10 : 24 + 32 * entries.length;
        final ByteBuffer payload = little(12 + message).putInt(sequence).putLong(time).putShort((short) message);
        if (entries.length == 0) {
            payload.putShort((short) 0).putShort((short) 12).putShort((short) 1).putShort((short) 6);
        } else {
            payload.putShort((short) 11).putShort((short) 32).putShort((short) 1).putShort((short) 6)
                    .putLong(time).put((byte) 0x80).putShort((short) 0).putShort((short) 32).put((byte) entries.length);
            for (final byte[] entry : entries) {
                payload.put(entry);
            }
        }
        final byte[] bytes = payload.array();
        final ByteBuffer frame = ByteBuffer.allocate(42 + bytes.length)
                .put(new byte[] {1, 0, 0x5e, 0, 31, 1, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0})
                .putShort((short) (28 + bytes.length)).putInt(0x4000).put((byte) 8).put((byte) 17).putShort((short) 0)
                .put(new byte[] {10, 0, 0, 9, (byte) 224, 0, 31, 1})
                .putShort((short) 40_000).putShort((short) 14_310).putShort((short) (8 + bytes.length)).putShort((short) 0)
                .put(bytes);
        pipeline.onFrame(new UnsafeBuffer(frame.array()), 0, frame.capacity(), time, 0);
    }

    private static ByteBuffer little(final int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
