package io.tickbridge.gateway.ops;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures that a gateway publishes, collected while it is built. What is known only later, because what counts it is
 * opened by another thread, may be added on the publisher's thread by what runs before each publication.
 */
public final class StatusFigures {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFigures.class);

    private final Map<String, LongSupplier> sources = new LinkedHashMap<>();
    private final List<Runnable> refreshers = new ArrayList<>();
    /** Those that failed last time: what fails ten times a second is told of once. */
    private final Set<Runnable> failing = Collections.newSetFromMap(new IdentityHashMap<>());
    private long failures;
    private final List<Runnable> endings = new ArrayList<>();

    /**
     * Adds a figure.
     *
     * @param label  dotted name, for example {@code feed.cme.gaps}
     * @param source safe to read from any thread
     * @throws IllegalArgumentException when the label is taken: two figures of one name tell nothing
     */
    public void add(final String label, final LongSupplier source) {
        if (sources.putIfAbsent(label, source) != null) {
            throw new IllegalArgumentException("two figures are named " + label);
        }
    }

    /**
     * Adds something to do before the figures are read, on the publisher's thread. What it throws is logged and counted, and
     * keeps neither the others nor the figures.
     *
     * @param refresher for example one that takes a histogram's interval
     */
    public void beforeEach(final Runnable refresher) {
        refreshers.add(refresher);
    }

    /**
     * Adds something to do before everything else of {@link #beforeEach}, none of which may hold it up.
     *
     * @param refresher for example one that takes somebody's rights back
     */
    public void beforeAll(final Runnable refresher) {
        refreshers.add(0, refresher);
    }

    /**
     * How often something of {@link #beforeEach} has failed. On the publisher's thread.
     *
     * @return rises while something fails
     */
    public long failures() {
        return failures;
    }

    /**
     * Adds something to do once, after the last publication, on the publisher's thread.
     *
     * @param ending for example one that says what nothing has said yet
     */
    public void atEnd(final Runnable ending) {
        endings.add(ending);
    }

    Map<String, LongSupplier> sources() {
        return sources;
    }

    void refresh() {
        for (int i = 0; i < refreshers.size(); i++) {
            refresh(refreshers.get(i));
        }
    }

    private void refresh(final Runnable refresher) {
        try {
            refresher.run();
            if (failing.remove(refresher)) {
                LOG.info("a look at the gateway's state that had failed works again");
            }
        } catch (final RuntimeException e) {
            failures++;
            if (failing.add(refresher)) {
                LOG.error("a look at the gateway's state has failed, and its figures stay as they were", e);
            }
        }
    }

    void end() {
        endings.forEach(Runnable::run);
    }
}
