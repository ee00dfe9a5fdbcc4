package io.tickbridge.gateway.capture.membership;

import java.util.concurrent.atomic.AtomicLong;

/** What was said and heard about group membership. Any thread may read. */
public final class MembershipCounts {
    private final AtomicLong reports = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong queries = new AtomicLong();
    private final AtomicLong ignored = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();

    void reportSent() {
        reports.incrementAndGet();
    }

    void sendFailed() {
        failures.incrementAndGet();
    }

    void querySeen() {
        queries.incrementAndGet();
    }

    void queryIgnored() {
        ignored.incrementAndGet();
    }

    void queryMissed() {
        missed.incrementAndGet();
    }

    /**
     * Messages sent: reports and leaves.
     *
     * @return running total
     */
    public long reports() {
        return reports.get();
    }

    /**
     * Messages that the device did not take.
     *
     * @return running total
     */
    public long failures() {
        return failures.get();
    }

    /**
     * Queries that were understood.
     *
     * @return running total
     */
    public long queries() {
        return queries.get();
    }

    /**
     * Queries that were broken, or of a kind that is to be ignored.
     *
     * @return running total
     */
    public long ignored() {
        return ignored.get();
    }

    /**
     * Queries that found no room between the threads. Everything is reported then, so that none stays unanswered.
     *
     * @return running total
     */
    public long missed() {
        return missed.get();
    }
}
