package io.tickbridge.gateway.capture.file;

import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.TimestampSource;
import java.nio.file.Path;
import java.util.Optional;

/** Plays a capture file. Receive times are the recorded ones, whatever the pace; a port is an interface's number. */
public final class CaptureFileSource implements PacketSource {
    private final Path file;
    private final CaptureReader reader;
    private final Pace pace;
    private final SourceCounts counts;
    private boolean waiting;
    private boolean exhausted;

    CaptureFileSource(final Path file, final CaptureReader reader, final Pace pace, final SourceCounts counts) {
        this.file = file;
        this.reader = reader;
        this.pace = pace;
        this.counts = counts;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        final long now = pace == null ? 0 : pace.now();
        int handed = 0;
        while (handed < limit && hasFrame() && (pace == null || pace.isDue(reader.timestamp(), now))) {
            waiting = false;
            handed++;
            counts.frameReceived();
            handler.onFrame(reader.buffer(), reader.offset(), reader.length(), reader.timestamp(), reader.port());
        }
        counts.polled(handed);
        return handed;
    }

    private boolean hasFrame() {
        if (!waiting && !exhausted) {
            waiting = reader.next();
            exhausted = !waiting;
        }
        return waiting;
    }

    @Override
    public Optional<String> truncation() {
        return reader.truncation();
    }

    @Override
    public boolean isExhausted() {
        return exhausted;
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public String describe() {
        return reader.format() + " file " + file + ", " + (pace == null ? "as fast as possible" : pace);
    }

    @Override
    public TimestampSource timestampSource() {
        return TimestampSource.RECORDED;
    }

    @Override
    public SourceCounts counts() {
        return counts;
    }

    @Override
    public void close() {
        exhausted = true;
        waiting = false;
        reader.close();
    }
}
