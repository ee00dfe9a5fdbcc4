package io.tickbridge.gateway.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.export.TradedDays;
import io.tickbridge.gateway.journal.JournalOfDays;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that lacks neither frames nor signals, but times of sent signals, is not a whole one. */
class ReplaySummaryTest {
    /** Far more than the ring holds. */
    private static final int RECORDS = 10_000;

    @TempDir
    private Path directory;

    @Test
    void whatElseWasLostIsCountedAndSaid() throws IOException {
        try (JournalOfDays journal = new JournalOfDays(directory, TradedDays.CONFIGURATION, LocalDate.of(2026, 3, 2))) {
            for (int i = 1; i <= RECORDS; i++) {
                journal.recorder().onSignalSent(1, i, i, journal.midnight() + i, journal.midnight() + i + 1, 1);
            }
        }
        final ReplaySummary summary = ReplaySummary.of(directory);
        final Map<?, ?> run = (Map<?, ?>) ((List<?>) summary.toMap().get("runs")).get(0);
        final long lost = (Long) run.get("lostOthers");
        assertTrue(lost > 0);
        assertEquals(RECORDS, lost + (Long) run.get("signalsSent"));
        assertFalse(summary.isComplete());
        assertTrue(summary.toText().contains("others lost    " + lost + " events of the link"), summary::toText);
    }
}
