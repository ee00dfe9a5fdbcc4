package io.tickbridge.gateway.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The figures that a gateway publishes, collected while it is built. What is known only later, because what counts it is
 * opened by another thread, may be added on the publisher's thread by what runs before each publication.
 */
public final class StatusFigures {
    private final Map<String, LongSupplier> sources = new LinkedHashMap<>();
    private final List<Runnable> refreshers = new ArrayList<>();
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
     * Adds something to do before the figures are read, on the publisher's thread.
     *
     * @param refresher for example one that takes a histogram's interval
     */
    public void beforeEach(final Runnable refresher) {
        refreshers.add(refresher);
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
        refreshers.forEach(Runnable::run);
    }

    void end() {
        endings.forEach(Runnable::run);
    }
}
