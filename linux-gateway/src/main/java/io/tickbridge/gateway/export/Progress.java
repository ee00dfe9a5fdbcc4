package io.tickbridge.gateway.export;

import java.util.function.Consumer;

/** Tells how far an export is: a line each tenth of the journal's records. */
final class Progress {
    private static final int STEPS = 10;

    private final long total;
    private final Consumer<String> notices;
    private long done;
    private long told;

    Progress(final long total, final Consumer<String> notices) {
        this.total = total;
        this.notices = notices;
    }

    void record() {
        done++;
        // A journal that is being written grows behind the survey.
        final long step = total == 0 ? 0 : Math.min(STEPS, done * STEPS / total);
        if (step > told) {
            told = step;
            notices.accept(step * STEPS + " %, " + done + " of " + total + " records");
        }
    }
}
