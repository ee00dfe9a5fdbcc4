package io.tickbridge.gateway.ops;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ObjLongConsumer;

/**
 * Figures as they were published last. One thread publishes, any thread reads; neither waits for the other, and a look may
 * so see some figures of one publication and some of the next.
 */
public final class PublishedFigures {
    private final AtomicLongArray values;
    private volatile List<String> labels = List.of();
    private volatile long time;

    /**
     * Nothing published yet.
     *
     * @param capacity figures at most
     */
    public PublishedFigures(final int capacity) {
        values = new AtomicLongArray(capacity);
    }

    /**
     * Names the figures, on the publisher's thread. Those that were named before keep their places.
     *
     * @param all in the order of their places
     */
    public void name(final List<String> all) {
        labels = List.copyOf(all);
    }

    /**
     * States a figure, on the publisher's thread.
     *
     * @param place its place among the names
     * @param value of it
     */
    public void set(final int place, final long value) {
        values.setOpaque(place, value);
    }

    /**
     * All are stated, says the publisher's thread.
     *
     * @param now ns since the Unix epoch
     */
    public void published(final long now) {
        time = now;
    }

    /**
     * When figures were published last.
     *
     * @return ns since the Unix epoch; 0 before the first time
     */
    public long time() {
        return time;
    }

    /**
     * Gives each figure, in the order in which they were named.
     *
     * @param look takes label and value
     */
    public void forEach(final ObjLongConsumer<String> look) {
        final List<String> named = labels;
        for (int i = 0; i < named.size(); i++) {
            look.accept(named.get(i), values.getOpaque(i));
        }
    }
}
