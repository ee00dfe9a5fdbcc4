package io.tickbridge.gateway.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says when counts of what was lost or dropped have risen: at once, then at most every ten seconds, so that a bad line
 * does not bury everything else in the log, and at the end. Runs on the thread that publishes figures; reads counts only.
 */
public final class LossWatch {
    private static final long INTERVAL = 10_000_000_000L; // ns

    private final Consumer<String> log;
    private final Map<String, Loss> losses = new LinkedHashMap<>();
    private long nextTime = Long.MIN_VALUE;

    /**
     * A watch over nothing yet.
     *
     * @param log takes one line for each report
     */
    public LossWatch(final Consumer<String> log) {
        this.log = log;
    }

    /**
     * Adds a count.
     *
     * @param label  its name among the figures
     * @param source running total, safe to read from any thread
     */
    public void add(final String label, final LongSupplier source) {
        losses.put(label, new Loss(Objects.requireNonNull(source)));
    }

    /**
     * Looks once more.
     *
     * @param now ns since the Unix epoch
     */
    public void look(final long now) {
        if (now >= nextTime && report()) {
            nextTime = now + INTERVAL;
        }
    }

    /** Looks a last time, however short ago it was that something was told: after this nothing is. */
    public void end() {
        report();
    }

    private boolean report() {
        final StringJoiner risen = new StringJoiner(", ");
        losses.forEach((label, loss) -> {
            final long total = loss.source.getAsLong();
            if (total > loss.reported) {
                risen.add(label + " +" + (total - loss.reported) + " (" + total + ")");
                loss.reported = total;
            }
        });
        if (risen.length() == 0) {
            return false;
        }
        log.accept("lost or dropped since the last report (in all): " + risen);
        return true;
    }

    private static final class Loss {
        private final LongSupplier source;
        private long reported;

        private Loss(final LongSupplier source) {
            this.source = source;
        }
    }
}
