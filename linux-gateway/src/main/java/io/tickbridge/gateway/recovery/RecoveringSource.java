package io.tickbridge.gateway.recovery;

import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.TimestampSource;
import java.util.List;
import java.util.Optional;

/** A live source, and behind its frames those that were recovered. Its counts are the live source's. */
public final class RecoveringSource implements PacketSource {
    private final PacketSource live;
    private final RecoveredFrames[] recovered;

    /**
     * Puts recoveries behind a source.
     *
     * @param live       what is polled first; closed with this
     * @param recoveries what is polled then; they stay their owner's
     */
    public RecoveringSource(final PacketSource live, final List<? extends Recovery> recoveries) {
        this.live = live;
        this.recovered = recoveries.stream().map(Recovery::frames).toArray(RecoveredFrames[]::new);
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        int frames = live.poll(handler, limit);
        for (final RecoveredFrames source : recovered) {
            frames += source.poll(handler, limit);
        }
        return frames;
    }

    @Override
    public boolean isExhausted() {
        return live.isExhausted();
    }

    @Override
    public Optional<String> truncation() {
        return live.truncation();
    }

    @Override
    public boolean isLive() {
        return live.isLive();
    }

    @Override
    public String describe() {
        return live.describe();
    }

    @Override
    public TimestampSource timestampSource() {
        return live.timestampSource();
    }

    @Override
    public SourceCounts counts() {
        return live.counts();
    }

    @Override
    public void refreshCounts() {
        live.refreshCounts();
    }

    @Override
    public void close() {
        live.close();
    }
}
