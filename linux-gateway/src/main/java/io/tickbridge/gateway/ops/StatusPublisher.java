package io.tickbridge.gateway.ops;

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

    private final CountersFile file;
    private final CountersManager manager;
    private final EpochNanoClock clock;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Runnable> refreshers = new ArrayList<>();
    private long nextTime;

    /**
     * A publisher without figures yet.
     *
     * @param file  where they go; closed with this agent
     * @param clock tells when the next copy is due
     */
    public StatusPublisher(final CountersFile file, final EpochNanoClock clock) {
        this.file = file;
        this.manager = file.manager();
        this.clock = clock;
    }

    /**
     * Adds a figure, before the publisher starts.
     *
     * @param label  dotted name, for example {@code feed.cme.gaps}
     * @param source safe to read from any thread
     */
    public void add(final String label, final LongSupplier source) {
        figures.add(new Figure(manager.newCounter(label), source));
    }

    /**
     * Adds something to do before each copy, on the publisher's thread.
     *
     * @param refresher for example one that takes a histogram's interval
     */
    public void beforeEach(final Runnable refresher) {
        refreshers.add(refresher);
    }

    @Override
    public int doWork() {
        final long now = clock.nanoTime();
        if (now < nextTime) {
            return 0;
        }
        nextTime = now + INTERVAL;
        publish(now);
        return 1;
    }

    private void publish(final long now) {
        refreshers.forEach(Runnable::run);
        for (final Figure figure : figures) {
            figure.counter.setRelease(figure.source.getAsLong());
        }
        file.heartbeat(now);
    }

    @Override
    public void onClose() {
        publish(clock.nanoTime());
        file.close();
    }

    @Override
    public String roleName() {
        return "status";
    }

    private record Figure(AtomicCounter counter, LongSupplier source) {
    }
}
