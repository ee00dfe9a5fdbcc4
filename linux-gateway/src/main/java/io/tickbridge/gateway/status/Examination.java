package io.tickbridge.gateway.status;

import io.tickbridge.gateway.doctor.Diagnosis;
import io.tickbridge.gateway.doctor.Verdict;
import io.tickbridge.gateway.ops.StatusFigures;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the doctor says of the machine, on a thread of its own: at start, now and then, and when somebody asks. Its latest
 * result can be read from any thread.
 */
public final class Examination implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Examination.class);
    /** From harmless to not: the figure of a check is the place of its worst finding. */
    private static final List<Verdict> ORDER = List.of(Verdict.NOT_HERE, Verdict.OK, Verdict.UNKNOWN, Verdict.ADVICE, Verdict.FAIL);

    private final Supplier<List<Diagnosis>> doctor;
    private final LongSupplier clock;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile Result latest = Result.of(0, List.of());
    private ScheduledExecutorService thread;

    /**
     * Findings and when they were made.
     *
     * @param time     ns since the Unix epoch; 0 before the first examination
     * @param findings in the doctor's order
     * @param counts   findings of each verdict
     * @param worst    by check, the place of its worst verdict, from 0 for nothing to judge to 4 for failed
     */
    public record Result(long time, List<Diagnosis> findings, Map<Verdict, Long> counts, Map<String, Long> worst) {

        static Result of(final long time, final List<Diagnosis> findings) {
            final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
            final Map<String, Long> worst = new LinkedHashMap<>();
            findings.forEach(finding -> {
                counts.merge(finding.verdict(), 1L, Long::sum);
                worst.merge(finding.check(), (long) ORDER.indexOf(finding.verdict()), Math::max);
            });
            return new Result(time, findings, counts, worst);
        }
    }

    /**
     * An examination that was not made yet.
     *
     * @param doctor examines
     * @param clock  ns since the Unix epoch
     */
    public Examination(final Supplier<List<Diagnosis>> doctor, final LongSupplier clock) {
        this.doctor = doctor;
        this.clock = clock;
    }

    /**
     * Examines at once, and again and again.
     *
     * @param interval ns between two times
     */
    public void start(final long interval) {
        thread = Executors.newSingleThreadScheduledExecutor(work -> {
            final Thread made = new Thread(work, "doctor");
            made.setDaemon(true);
            return made;
        });
        thread.scheduleWithFixedDelay(this::examine, 0, interval, TimeUnit.NANOSECONDS);
    }

    /** Examines soon; once, however often that is asked for meanwhile. */
    public void ask() {
        if (asked.compareAndSet(false, true)) {
            thread.execute(this::examine);
        }
    }

    private void examine() {
        try {
            latest = Result.of(clock.getAsLong(), doctor.get());
        } catch (final RuntimeException e) {
            LOG.warn("the machine could not be examined: {}", e.toString());
        } finally {
            asked.set(false);
        }
    }

    /**
     * What was found last.
     *
     * @return empty before the first examination
     */
    public Result latest() {
        return latest;
    }

    /**
     * Adds how many findings there are of each verdict, and, once they are known, each check's worst.
     *
     * @param figures takes them
     */
    public void addTo(final StatusFigures figures) {
        figures.add("doctor.examined", () -> latest.time);
        for (final Verdict verdict : List.of(Verdict.OK, Verdict.ADVICE, Verdict.FAIL, Verdict.UNKNOWN)) {
            figures.add("doctor.findings." + verdict.name().toLowerCase(Locale.ROOT), () -> latest.counts.getOrDefault(verdict, 0L));
        }
        final Set<String> named = new HashSet<>();
        figures.beforeEach(() -> {
            if (named.size() < latest.worst.size()) {
                latest.worst.keySet().stream().filter(named::add).toList().forEach(check -> figures.add("doctor.check."
                        + check.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"), () -> latest.worst.getOrDefault(check, 0L)));
            }
        });
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
