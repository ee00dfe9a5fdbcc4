package io.tickbridge.gateway.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this process shows of its figures is what it writes for other processes. */
class PublishedFiguresTest {
    @TempDir
    private Path directory;

    private long clock = 1;
    private long gaps = 3;

    @Test
    void showsWhatTheFileHasAlsoOfFiguresThatAreAddedLater() {
        final StatusFigures figures = new StatusFigures();
        figures.add("feed.es.gaps", () -> gaps);
        final Path path = directory.resolve("counters");
        final StatusPublisher publisher = new StatusPublisher(path, figures, () -> clock, () -> clock);
        try (CountersFile file = CountersFile.open(path)) {
            final PublishedFigures published = publisher.published();
            assertEquals(0, published.time());
            publisher.doWork();
            assertEquals(Map.of("feed.es.gaps", 3L), read(published));
            figures.beforeEach(new Runnable() {
                private boolean added;

                @Override
                public void run() {
                    if (!added) {
                        added = true;
                        figures.add("link.peer.desk.connections", () -> 1);
                    }
                }
            });
            gaps = 4;
            clock += 1_000_000_000;
            publisher.doWork();
            assertEquals(Map.of("feed.es.gaps", 4L, "link.peer.desk.connections", 1L), read(published));
            final Map<String, Long> other = new LinkedHashMap<>();
            file.reader().forEach((value, id, label) -> other.put(label, value));
            assertEquals(other, read(published));
            assertEquals(file.lastHeartbeat(), published.time());
            publisher.onClose();
            assertEquals(4, read(published).get("feed.es.gaps"), "after the file is gone");
        }
    }

    private static Map<String, Long> read(final PublishedFigures figures) {
        final Map<String, Long> values = new HashMap<>();
        figures.forEach(values::put);
        return values;
    }
}
