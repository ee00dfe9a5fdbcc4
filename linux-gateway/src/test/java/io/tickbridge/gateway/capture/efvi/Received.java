package io.tickbridge.gateway.capture.efvi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.SourceFigure;
import io.tickbridge.gateway.capture.burst.BurstSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** What came out of a source, copied, with its times. */
final class Received implements FrameHandler {
    private static final int PAYLOAD = 42;
    private static final long PATIENCE_NS = 30_000_000_000L;
    private static final int QUIET_POLLS = 1000;

    final List<byte[]> frames = new ArrayList<>();
    final List<Long> times = new ArrayList<>();

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length, final long time, final int port) {
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        frames.add(copy);
        times.add(time);
    }

    /** Polls until so many frames are there. The kernel may bring the last ones a little after the sender is done. */
    Received until(final BurstSource source, final int count, final int limit) {
        final long end = System.nanoTime() + PATIENCE_NS;
        while (frames.size() < count) {
            assertTrue(System.nanoTime() < end, () -> frames.size() + " frames of " + count + " came, " + counts(source));
            source.poll(this, limit);
        }
        // What came too much would be there by now.
        for (int i = 0; i < QUIET_POLLS; i++) {
            source.poll(this, limit);
        }
        return this;
    }

    static Received of(final BurstSource source, final int count) {
        return new Received().until(source, count, 64);
    }

    /** Numbers of datagrams made by {@link WireFrames}. */
    List<Long> numbers() {
        return frames.stream().map(frame -> java.nio.ByteBuffer.wrap(frame).getLong(PAYLOAD)).toList();
    }

    /** Losses and refusals that are not 0, by name. */
    static Map<String, Long> counts(final BurstSource source) {
        source.refreshCounts();
        final SourceCounts counts = source.counts();
        final Map<String, Long> result = new TreeMap<>();
        for (int i = 0; i < counts.figures().size(); i++) {
            final SourceFigure figure = counts.figures().get(i);
            if (counts.total(i) != 0 && !figure.name().equals("refills")) {
                result.put(figure.kind().name().toLowerCase(java.util.Locale.ROOT) + '.' + figure.name(), counts.total(i));
            }
        }
        return result;
    }
}
