package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalListener;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;

/** The pipeline as a replay drives it: same frames, no outputs but the signals. */
public final class PipelineReplay implements ReplayPipeline {
    private final Pipeline pipeline;

    private PipelineReplay(final Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Builds the pipeline that wrote a journal.
     *
     * @param configuration the text that the journal carries
     * @param signals       takes every signal
     * @return a pipeline of its own
     * @throws RuntimeException when this build refuses the configuration
     */
    public static ReplayPipeline create(final String configuration, final SignalListener signals) {
        // Paths in the configuration name files of the gateway's machine; a replay opens none of them.
        return new PipelineReplay(new Pipeline(
                ConfigReader.parse(configuration, Path.of(""), "journalled configuration"),
                FrameRecorder.NONE, List.of(signals), List.of()));
    }

    @Override
    public void onFrame(
            final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int line) {
        // The line follows from the frame's group, as it did live.
        pipeline.onFrame(buffer, offset, length, receiveTime, 0);
    }

    @Override
    public void onEndOfInput() {
        pipeline.onEndOfInput();
    }
}
