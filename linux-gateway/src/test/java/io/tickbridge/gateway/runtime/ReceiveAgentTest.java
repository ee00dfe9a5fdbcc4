package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.pipeline.Pipeline;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;

/** How the receive thread ends, run by Agrona's own runner, which by itself goes on after whatever is thrown. */
class ReceiveAgentTest {
    private static final String CONFIGURATION = """
            capture: {source: pcap, file: none.pcap}
            filter: {checksums: false}
            feeds: [{name: es, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310}]}]
            """;
    private static final int NEVER = -1;

    private final StopRequest stop = new StopRequest();
    private final Frames source = new Frames();
    private final RuntimeException failure = new IllegalStateException("a frame that cannot be processed");
    private int failingFrame = NEVER;
    private int recorded;

    private final Pipeline pipeline = new Pipeline(ConfigReader.parse(CONFIGURATION, Path.of("."), "test"),
            (buffer, offset, length, receiveTime, group) -> {
                if (recorded++ == failingFrame) {
                    throw failure;
                }
            }, List.of(), List.of());

    private void run() throws InterruptedException {
        final ReceiveAgent agent = new ReceiveAgent(
                () -> source, () -> { }, pipeline, null, null, null, () -> true, stop, 64, List.of(), () -> 1, null, null);
        final AgentRunner runner = new AgentRunner(YieldingIdleStrategy.INSTANCE, stop::failed, null, agent);
        final Thread thread = AgentRunner.startOnThread(runner);
        thread.join(20_000);
        assertTrue(runner.isClosed(), "the receive thread goes on");
        assertTrue(source.closed, "the source is still open");
    }

    @Test
    void processesWhatIsHeldBackAtTheEndOfAFile() throws InterruptedException {
        run();
        assertNull(stop.failure());
        assertEquals("end of frames", stop.reason());
        assertEquals(3, recorded);
        assertEquals(1, pipeline.feedCounts(0).get(FeedCounter.GAPS), "packet 4 was held back for 3, and came out at the end");
    }

    @Test
    void endsAtTheFirstFrameThatCannotBeProcessed() throws InterruptedException {
        failingFrame = 2;
        run();
        assertSame(failure, stop.failure());
        assertEquals(1, source.polls);
        assertEquals(3, recorded);
        assertEquals(0, pipeline.feedCounts(0).get(FeedCounter.GAPS), "no packet comes out of a state that is half updated");
    }

    @Test
    void endsWithASourceThatFails() throws InterruptedException {
        source.failure = new CaptureException("gone", null);
        run();
        assertSame(source.failure, stop.failure());
        assertEquals(2, source.polls);
        assertEquals(0, pipeline.feedCounts(0).get(FeedCounter.GAPS));
    }

    /** Packets 1, 2 and 4 of a channel, in one burst; then nothing, or a failure. */
    private static final class Frames implements PacketSource {
        private final SourceCounts counts = new SourceCounts();
        private CaptureException failure;
        private int polls;
        private boolean closed;

        @Override
        public int poll(final FrameHandler handler, final int limit) {
            if (polls++ > 0) {
                if (failure != null) {
                    throw failure;
                }
                return 0;
            }
            for (final int sequence : new int[] {1, 2, 4}) {
                final UnsafeBuffer frame = packet(sequence);
                handler.onFrame(frame, 0, frame.capacity(), sequence, 0);
            }
            return 3;
        }

        /** A heartbeat (MDP 3.0 AdminHeartbeat, template 12) in Ethernet, IPv4 and UDP. */
        private static UnsafeBuffer packet(final int sequence) {
            final byte[] payload = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(sequence).putLong(sequence).putShort((short) 10)
                    .putShort((short) 0).putShort((short) 12).putShort((short) 1).putShort((short) 6).array();
            return new UnsafeBuffer(ByteBuffer.allocate(42 + payload.length)
                    .put(new byte[] {1, 0, 0x5e, 0, 31, 1, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0})
                    .putShort((short) (28 + payload.length)).putInt(0x4000).put((byte) 8).put((byte) 17).putShort((short) 0)
                    .put(new byte[] {10, 0, 0, 9, (byte) 224, 0, 31, 1})
                    .putShort((short) 40_000).putShort((short) 14_310).putShort((short) (8 + payload.length)).putShort((short) 0)
                    .put(payload).array());
        }

        @Override
        public boolean isExhausted() {
            return polls > 0 && failure == null;
        }

        @Override
        public boolean isLive() {
            return false;
        }

        @Override
        public String describe() {
            return "frames";
        }

        @Override
        public TimestampSource timestampSource() {
            return TimestampSource.BURST;
        }

        @Override
        public SourceCounts counts() {
            return counts;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
