package io.tickbridge.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each loop of a capture does the full work, and a loop that does not is found out. */
class LoopingFramesTest {
    private static final int HEADERS = 42;
    private static final int MANY = 256;

    private final List<byte[]> file = new ArrayList<>();
    private final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(2048));
    private LoopingFrames frames;
    private LoopingFrames checkedFrames;
    private GatewayConfig checked;
    private Path path;

    @BeforeEach
    void read() {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        try (PacketSource source = CaptureFiles.open(capture)) {
            while (!source.isExhausted()) {
                source.poll((buffer, offset, length, time, port) -> {
                    final byte[] bytes = new byte[length];
                    buffer.getBytes(offset, bytes);
                    file.add(bytes);
                }, MANY);
            }
        }
        final LoopedCapture looped = new LoopedCapture(capture);
        final GatewayConfig config = PipelineBench.config(looped, PipelineBench.RULES);
        frames = new LoopingFrames(looped, new Pipeline(config, FrameRecorder.NONE, List.of(), List.of()),
                Pipeline.check(config).size(), false);
        checked = PipelineBench.config(looped, PipelineBench.RULES, true);
        checkedFrames = new LoopingFrames(new LoopedCapture(capture),
                new Pipeline(checked, FrameRecorder.NONE, List.of(), List.of()), Pipeline.check(checked).size(), true);
        path = capture;
    }

    /** As net_pcap does: each frame in memory of its own, fresh from the file. */
    private void play(final FrameHandler handler, final UnaryOperator<byte[]> change) {
        for (final byte[] frame : file) {
            final byte[] bytes = change.apply(frame.clone());
            memory.putBytes(0, bytes);
            handler.onFrame(memory, 0, bytes.length, 0, 0);
        }
    }

    @Test
    void everyLoopDoesTheWorkOfTheFirst() {
        for (int loop = 1; loop <= 5; loop++) {
            play(frames, UnaryOperator.identity());
            assertEquals(loop, frames.loops());
        }
        // 5,000 packets a line, and the reset; messages of one line: 20,546 / 2, and the reset's.
        assertEquals(5_001, frames.work().packets());
        assertEquals(5_000, frames.work().duplicates());
        assertEquals(10_274, frames.work().messages());
        assertTrue(frames.work().signals() > 1_000, frames.work().toString());
    }

    /** The filter drops what does not hold, and the loops' work would differ from that without checksums. */
    @Test
    void checksumsHoldInEveryLoop() {
        for (int loop = 1; loop <= 5; loop++) {
            play(frames, UnaryOperator.identity());
            play(checkedFrames, UnaryOperator.identity());
            assertEquals(loop, checkedFrames.loops());
        }
        assertEquals(frames.work(), checkedFrames.work());
    }

    @Test
    void oneLineBringsTheSameWithoutADuplicate(@TempDir final Path directory) throws IOException {
        play(frames, UnaryOperator.identity());
        final Path line = directory.resolve("line.pcap");
        FirstLine.copy(path, line);
        final LoopedCapture looped = new LoopedCapture(line);
        assertEquals(5_000, looped.frameCount());
        assertEquals(1, looped.groups().size());
        final GatewayConfig config = PipelineBench.config(looped, PipelineBench.RULES);
        final Pipeline pipeline = new Pipeline(config, FrameRecorder.NONE, List.of(), List.of());
        looped.prepare();
        looped.playReset(pipeline);
        looped.play(pipeline);
        final long[] after = new long[LoopWork.FIGURES];
        LoopWork.totals(pipeline, Pipeline.check(config).size(), after);
        final LoopWork work = LoopWork.between(new long[LoopWork.FIGURES], after);
        assertEquals(0, work.duplicates());
        assertEquals(frames.work().packets(), work.packets());
        assertEquals(frames.work().messages(), work.messages());
        assertEquals(frames.work().updates(), work.updates());
    }

    @Test
    void holdingLoopsToTheFirstAllocatesNothing() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = -1;
        for (int loop = 0; loop < 30 && allocated != 0; loop++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < file.size(); i++) {
                memory.putBytes(0, file.get(i));
                frames.onFrame(memory, 0, file.get(i).length, 0, 0);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated);
    }

    @Test
    void aFrameThatIsNotNextInTheFileIsFoundOut() {
        play(frames, UnaryOperator.identity());
        file.remove(10);

        assertThrows(IllegalStateException.class, () -> play(frames, UnaryOperator.identity()));
    }

    @Test
    void aLoopThatDoesLessIsFoundOut() {
        play(frames, UnaryOperator.identity());

        final IllegalStateException failure = assertThrows(IllegalStateException.class, () -> play(frames, bytes -> {
            // The first message's length on both lines: the rest of the packet is unreadable.
            if (bytes[HEADERS] == file.get(100)[HEADERS] && bytes[HEADERS + 1] == file.get(100)[HEADERS + 1]) {
                bytes[HEADERS + 12] = 1;
                bytes[HEADERS + 13] = 0;
            }
            return bytes;
        }));
        assertTrue(failure.getMessage().contains("did other work than the first"), failure.getMessage());
    }
}
