package io.tickbridge.gateway.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusPublisherTest {
    private static final long INTERVAL = 100_000_000;
    private static final long WALL = 7; // by how much the wall clock is ahead

    @TempDir
    private Path directory;

    private final AtomicLong now = new AtomicLong(5 * INTERVAL);
    private final AtomicLong figure = new AtomicLong();
    private final StatusFigures figures = new StatusFigures();

    private TreeMap<String, Long> published(final Path path) {
        final TreeMap<String, Long> values = new TreeMap<>();
        try (CountersFile file = CountersFile.open(path)) {
            file.reader().forEach((value, id, label) -> values.put(label, value));
        }
        return values;
    }

    @Test
    void copiesTenTimesASecondAndOnceMoreAtTheEnd() {
        final Path path = directory.resolve("counters");
        final List<String> order = new ArrayList<>();
        figures.beforeEach(() -> order.add("refresh"));
        figures.add("a", () -> {
            order.add("read");
            return figure.get();
        });
        final StatusPublisher publisher = new StatusPublisher(path, figures, now::get, () -> now.get() + WALL);
        assertEquals("{a=0}", published(path).toString());
        figure.set(1);
        assertEquals(1, publisher.doWork());
        assertEquals("{a=1}", published(path).toString());
        figure.set(2);
        now.addAndGet(INTERVAL - 1);
        assertEquals(0, publisher.doWork());
        assertEquals("{a=1}", published(path).toString());
        now.addAndGet(1);
        assertEquals(1, publisher.doWork());
        assertEquals("{a=2}", published(path).toString());
        figure.set(3);
        now.addAndGet(1);
        publisher.onClose();
        assertEquals("{a=3}", published(path).toString());
        assertEquals(List.of("refresh", "read", "refresh", "read", "refresh", "read"), order);
        try (CountersFile file = CountersFile.open(path)) {
            assertEquals(6 * INTERVAL + 1 + WALL, file.lastHeartbeat());
        }
    }

    @Test
    void whatFailsHoldsUpNothingElse() {
        final Path path = directory.resolve("counters");
        final List<String> order = new ArrayList<>();
        figures.beforeEach(() -> {
            order.add("fails");
            throw new IllegalStateException("meant by the test");
        });
        figures.beforeEach(() -> order.add("later"));
        figures.beforeAll(() -> order.add("first"));
        figures.add("a", figure::get);
        figures.add("failures", figures::failures);
        final StatusPublisher publisher = new StatusPublisher(path, figures, now::get, () -> now.get() + WALL);
        figure.set(1);
        publisher.doWork();
        now.addAndGet(INTERVAL);
        publisher.doWork();
        assertEquals(List.of("first", "fails", "later", "first", "fails", "later"), order);
        assertEquals("{a=1, failures=2}", published(path).toString());
        publisher.onClose();
    }

    @Test
    void hasRoomForEveryFigureHoweverMany() {
        final Path path = directory.resolve("counters");
        final int many = 2000; // forty feeds and a hundred rules
        IntStream.range(0, many).forEach(i -> figures.add("figure." + i, () -> i));
        final StatusPublisher publisher = new StatusPublisher(path, figures, now::get, () -> now.get() + WALL);
        publisher.doWork();
        publisher.onClose();
        final TreeMap<String, Long> published = published(path);
        assertEquals(many, published.size());
        IntStream.range(0, many).forEach(i -> assertEquals(i, published.get("figure." + i)));
    }

    @Test
    void refusesTwoFiguresOfOneName() {
        figures.add("feed.cme.gaps", () -> 1);
        final String message = assertThrows(
                IllegalArgumentException.class, () -> figures.add("feed.cme.gaps", () -> 2)).getMessage();
        assertEquals("two figures are named feed.cme.gaps", message);
    }
}
