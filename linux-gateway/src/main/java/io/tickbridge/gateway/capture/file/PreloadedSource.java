package io.tickbridge.gateway.capture.file;

import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import java.util.Arrays;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * All frames of another source, held in memory, to be played again and again: benchmarks measure what comes after
 * the source and not the disk. Frames keep their receive times and ports.
 */
public final class PreloadedSource implements PacketSource {
    private static final int FIRST_BYTES = 1 << 20;
    private static final int FIRST_FRAMES = 1 << 12;
    private static final int BURST = 256;

    private final String description;
    private final SourceCounts counts = new SourceCounts();
    private final ExpandableDirectByteBuffer memory = new ExpandableDirectByteBuffer(FIRST_BYTES);
    private int[] ends = new int[FIRST_FRAMES];
    private long[] times = new long[FIRST_FRAMES];
    private int[] ports = new int[FIRST_FRAMES];
    private int frames;
    private int next;

    /**
     * Takes every frame of a source.
     *
     * @param source played to its end; the caller closes it
     * @throws IllegalArgumentException when the source is live, since that never ends
     */
    public PreloadedSource(final PacketSource source) {
        if (source.isLive()) {
            throw new IllegalArgumentException("cannot preload a live source: " + source.describe());
        }
        description = "preloaded " + source.describe();
        while (!source.isExhausted()) {
            source.poll((buffer, offset, length, receiveTime, port) -> {
                if (frames == ends.length) {
                    grow();
                }
                memory.putBytes(endOf(frames - 1), buffer, offset, length);
                ends[frames] = endOf(frames - 1) + length;
                times[frames] = receiveTime;
                ports[frames] = port;
                frames++;
            }, BURST);
        }
    }

    /**
     * Frames held.
     *
     * @return number of them
     */
    public int size() {
        return frames;
    }

    /** Goes back to the first frame. */
    public void rewind() {
        next = 0;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        final int stop = (int) Math.min(frames, (long) next + limit);
        final int handed = stop - next;
        while (next < stop) {
            final int frame = next++;
            final int begin = endOf(frame - 1);
            counts.frameReceived();
            handler.onFrame(memory, begin, ends[frame] - begin, times[frame], ports[frame]);
        }
        return handed;
    }

    @Override
    public boolean isExhausted() {
        return next == frames;
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public SourceCounts counts() {
        return counts;
    }

    @Override
    public void close() {
        next = frames;
    }

    private int endOf(final int frame) {
        return frame < 0 ? 0 : ends[frame];
    }

    private void grow() {
        ends = Arrays.copyOf(ends, 2 * frames);
        times = Arrays.copyOf(times, 2 * frames);
        ports = Arrays.copyOf(ports, 2 * frames);
    }
}
