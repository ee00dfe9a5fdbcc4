package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.SourceFigure;
import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.ops.CountersFile;
import io.tickbridge.gateway.ops.LossWatch;
import io.tickbridge.gateway.ops.StatusFigures;
import io.tickbridge.gateway.ops.StatusPublisher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source counts reaches the counters file, though it is known only when the source is open. */
class SourceStatusTest {
    @TempDir
    private Path directory;

    private final StatusFigures figures = new StatusFigures();
    private final List<String> log = new ArrayList<>();
    private final LossWatch losses = new LossWatch(log::add);
    private PacketSource source;
    private long clock = 1;

    @Test
    void publishesFiguresOfASourceThatIsOpenedLater() {
        final SourceStatus status = new SourceStatus(figures, losses, () -> source);
        status.add();
        figures.beforeEach(status::refresh);
        figures.beforeEach(() -> losses.look(clock));
        final Path file = directory.resolve("counters");
        final StatusPublisher publisher =
                new StatusPublisher(file, figures, () -> clock, SystemEpochNanoClock.INSTANCE);
        try (CountersFile reader = CountersFile.open(file)) {
            publish(publisher);
            assertEquals(0, read(reader).get("source.received"));
            assertEquals(0, read(reader).get("source.timestamps.kernel"));
            assertNull(read(reader).get("source.lost.no-room"));
            final CountedSource opened = new CountedSource();
            opened.counts.frameReceived();
            opened.counts.polled(1);
            opened.counts.polled(0);
            opened.counts.polled(0);
            source = opened;
            publish(publisher);
            assertEquals(Map.of("source.received", 1L, "source.bursts", 1L, "source.empty-polls", 2L, "source.dropped", 4L,
                    "source.timestamps.kernel", 1L, "source.lost.no-room", 4L, "source.refused.checksum", 5L,
                    "source.seen.polls-of-nic", 6L), nonZero(reader));
            assertEquals(List.of("lost or dropped since the last report (in all): source.lost.no-room +4 (4), "
                    + "source.refused.checksum +5 (5)"), log);
            publish(publisher);
            assertEquals(8L, read(reader).get("source.lost.no-room"));
        } finally {
            publisher.onClose();
        }
    }

    private void publish(final StatusPublisher publisher) {
        clock += 1_000_000_000;
        publisher.doWork();
    }

    private static Map<String, Long> nonZero(final CountersFile file) {
        final Map<String, Long> values = read(file);
        values.values().removeIf(value -> value == 0);
        return values;
    }

    private static Map<String, Long> read(final CountersFile file) {
        final Map<String, Long> values = new HashMap<>();
        file.reader().forEach((value, id, label) -> values.put(label, value));
        return values;
    }

    /** Counts four lost frames more each time that it is refreshed. */
    private static final class CountedSource implements PacketSource {
        private final SourceCounts counts = new SourceCounts(SourceFigure.lost("no-room"),
                new SourceFigure(SourceFigure.Kind.REFUSED, "checksum"),
                new SourceFigure(SourceFigure.Kind.SEEN, "polls-of-nic"));

        @Override
        public void refreshCounts() {
            counts.figure(0, counts.total(0) + 4);
            counts.figure(1, 5);
            counts.figure(2, 6);
        }

        @Override
        public int poll(final FrameHandler handler, final int limit) {
            return 0;
        }

        @Override
        public boolean isExhausted() {
            return false;
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public String describe() {
            return "counted";
        }

        @Override
        public TimestampSource timestampSource() {
            return TimestampSource.KERNEL;
        }

        @Override
        public SourceCounts counts() {
            return counts;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
