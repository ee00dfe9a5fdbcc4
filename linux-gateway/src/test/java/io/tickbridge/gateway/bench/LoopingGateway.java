package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.JournalConfig;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.JournalCounter;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.replay.ReplayPipeline;
import io.tickbridge.gateway.signal.SignalListener;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A process that sends the CME capture through the pipeline, again and again, and journals frames and signals as fast as it
 * can until it is killed. How many of each were appended it says on standard output, and how long opening took.
 */
final class LoopingGateway {
    private static final int CHUNK = 50;

    private LoopingGateway() {
    }

    /** Arguments: journal directory. */
    public static void main(final String[] args) {
        final LoopedCapture capture = new LoopedCapture(SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng"));
        final GatewayConfig config = PipelineBench.config(capture, PipelineBench.RULES);
        final long begun = System.nanoTime();
        final Journal journal = Journal.open(new JournalConfig(true, Path.of(args[0]), 1 << 20, 8 << 20),
                RunStarted.of("looping", "1", "looped", 0), true);
        System.out.println("opened " + (System.nanoTime() - begun));
        final Pipeline pipeline = new Pipeline(config, journal.recorder()::onFrame, List.of(journal.recorder()), List.of());
        while (true) {
            capture.prepare();
            capture.playReset(pipeline);
            for (int from = 0; from < capture.frameCount(); from += CHUNK) {
                capture.play(pipeline, from, Math.min(from + CHUNK, capture.frameCount()));
                // Signals first: they are counted after their frame, so that what is said never exceeds what is there.
                System.out.println("journalled " + journal.counts().get(JournalCounter.SIGNALS) + " "
                        + journal.counts().get(JournalCounter.FRAMES));
            }
        }
    }

    /** The same pipeline once more, for a replay. */
    static ReplayPipeline pipeline(final Path file, final SignalListener signals) {
        final Pipeline pipeline = new Pipeline(
                PipelineBench.config(new LoopedCapture(file), PipelineBench.RULES), FrameRecorder.NONE, List.of(signals), List.of());
        return new ReplayPipeline() {
            @Override
            public void onFrame(
                    final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int line) {
                pipeline.onFrame(buffer, offset, length, receiveTime, 0);
            }

            @Override
            public void onEndOfInput() {
                pipeline.onEndOfInput();
            }
        };
    }
}
