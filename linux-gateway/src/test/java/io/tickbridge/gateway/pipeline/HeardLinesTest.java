package io.tickbridge.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.feed.FeedCounter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Whether a feed is heard follows from the lines of its changes: what is repeated comes all the same when those are dead. */
class HeardLinesTest {
    private static final String CONFIGURATION = """
            capture: {source: pcap, file: none.pcap}
            filter: {checksums: false}
            feeds:
              - name: es
                protocol: cme-mdp3
                lines:
                  - {group: 224.0.31.1, port: 14310}
                  - {group: 224.0.32.1, port: 14310}
                  - {group: 224.0.31.22, port: 14310, carries: snapshot}
                  - {group: 224.0.31.23, port: 14310, carries: snapshot-orders}
                  - {group: 224.0.31.43, port: 14310, carries: definitions}
                recovery: {channel: 310, servers: [{transport: tcp, host: 10.0.0.1, port: 10000}]}
            """;
    private static final int RECOVERY = RecoveryLine.address(0);

    private final Pipeline pipeline = new Pipeline(
            ConfigReader.parse(CONFIGURATION, Path.of("."), "test"), FrameRecorder.NONE, List.of(), List.of());

    @Test
    void onlyLinesThatTellOfChangesAreSignsOfLife() {
        send(0xe0001f01, 14_310, 1);
        send(0xe0002001, 14_310, 1);
        assertEquals(2, pipeline.heard(0), "either line's copy");
        send(0xe0001f16, 14_310, 1);
        send(0xe0001f17, 14_310, 1);
        send(0xe0001f2b, 14_310, 1);
        send(RECOVERY, RecoveryLine.PORT, 1);
        assertEquals(6, pipeline.feedCounts(0).get(FeedCounter.DATAGRAMS));
        assertEquals(2, pipeline.heard(0));
        send(0xe0002001, 14_310, 2);
        assertEquals(3, pipeline.heard(0));
    }

    /** A heartbeat (MDP 3.0 AdminHeartbeat, template 12) in Ethernet, IPv4 and UDP. */
    private void send(final int group, final int port, final int sequence) {
        final byte[] payload = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(sequence).putLong(sequence).putShort((short) 10)
                .putShort((short) 0).putShort((short) 12).putShort((short) 1).putShort((short) 6).array();
        final UnsafeBuffer frame = new UnsafeBuffer(ByteBuffer.allocate(42 + payload.length)
                .putShort(12, (short) 0x0800).putShort(14, (short) 0x4500).putShort(16, (short) (28 + payload.length))
                .putShort(22, (short) (64 << 8 | 17)).putInt(26, 0x0a000001).putInt(30, group)
                .putShort(34, (short) 40_000).putShort(36, (short) port).putShort(38, (short) (8 + payload.length))
                .put(42, payload).array());
        pipeline.onFrame(frame, 0, frame.capacity(), sequence, 0);
    }
}
