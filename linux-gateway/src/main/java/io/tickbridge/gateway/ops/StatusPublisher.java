package io.tickbridge.gateway.ops;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/**
 * Copies figures from their owners into the counters file, ten times a second. It runs on a thread of its own and
 * only reads what the receive and journal threads publish, so that they never wait for it.
 */
public final class StatusPublisher implements Agent {
    private static final long INTERVAL = 100_000_000; // ns; a person watching cannot tell ten a second from more
    /** Room for figures that are added once the gateway runs: what drivers count, of which some count a hundred things. */
    private static final int ROOM_FOR_LATER = 512;

    private final CountersFile file;
    private final EpochNanoClock clock;
    private final EpochNanoClock wallClock;
    private final StatusFigures figures;
    private final CountersManager manager;
    private final List<Counter> counters = new ArrayList<>();
    private final PublishedFigures published;
    private long nextTime;

    /**
     * A publisher, with its file created.
     *
     * @param path      where the figures go
     * @param figures   all that are known now; there is room for 512 that are added later
     * @param clock     tells when the next copy is due; must not step
     * @param wallClock tells the heartbeat: other processes compare it with theirs
     * @throws java.io.UncheckedIOException when the file cannot be created
     */
    public StatusPublisher(final Path path, final StatusFigures figures, final EpochNanoClock clock,
            final EpochNanoClock wallClock) {
        this.file = CountersFile.create(path, figures.sources().size() + ROOM_FOR_LATER);
        this.clock = clock;
        this.wallClock = wallClock;
        this.figures = figures;
        this.manager = file.manager();
        this.published = new PublishedFigures(figures.sources().size() + ROOM_FOR_LATER);
        layOut();
    }

    /** Gives a counter to each figure that has none yet. */
    private void layOut() {
        if (counters.size() < figures.sources().size()) {
            figures.sources().entrySet().stream().skip(counters.size()).toList().forEach(figure ->
                    counters.add(new Counter(manager.newCounter(figure.getKey()), figure.getValue())));
            published.name(List.copyOf(figures.sources().keySet()));
        }
    }

    @Override
    public int doWork() {
        final long now = clock.nanoTime();
        if (now < nextTime) {
            return 0;
        }
        nextTime = now + INTERVAL;
        publish();
        return 1;
    }

    private void publish() {
        figures.refresh();
        layOut();
        for (int i = 0; i < counters.size(); i++) {
            final long value = counters.get(i).source.getAsLong();
            counters.get(i).written.setRelease(value);
            published.set(i, value);
        }
        final long now = wallClock.nanoTime();
        file.heartbeat(now);
        published.published(now);
    }

    /**
     * The same figures, for other threads of this process.
     *
     * @return the same object for the life of the publisher, and usable after it
     */
    public PublishedFigures published() {
        return published;
    }

    @Override
    public void onClose() {
        publish();
        figures.end();
        file.close();
    }

    @Override
    public String roleName() {
        return "status";
    }

    private record Counter(AtomicCounter written, LongSupplier source) {
    }
}
