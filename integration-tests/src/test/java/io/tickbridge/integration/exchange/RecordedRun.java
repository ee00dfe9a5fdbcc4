package io.tickbridge.integration.exchange;

import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalListener;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What a pipeline was given and what it signalled, so that it can be run again with nobody to ask, as from a journal. */
public final class RecordedRun {
    private final List<UnsafeBuffer> frames = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<String> signals = new ArrayList<>();

    /** Takes a frame, as {@link FrameRecorder} does. */
    public void record(final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int group) {
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        frames.add(new UnsafeBuffer(copy));
        times.add(receiveTime);
    }

    /** Takes a signal, as {@link SignalListener} does. */
    public void signal(final DirectBuffer body, final int offset, final long receiveTime) {
        final byte[] bytes = new byte[SignalListener.BODY_LENGTH];
        body.getBytes(offset, bytes);
        signals.add(HexFormat.of().formatHex(bytes));
    }

    /** All signals so far, their bodies in hexadecimal. */
    public List<String> signals() {
        return signals;
    }

    /** The same frames by themselves. */
    public List<String> replayed(final GatewayConfig config) {
        final RecordedRun again = new RecordedRun();
        final Pipeline pipeline = new Pipeline(config, FrameRecorder.NONE, List.of(again::signal), List.of());
        for (int i = 0; i < frames.size(); i++) {
            pipeline.onFrame(frames.get(i), 0, frames.get(i).capacity(), times.get(i), 0);
        }
        pipeline.onEndOfInput();
        return again.signals;
    }
}
