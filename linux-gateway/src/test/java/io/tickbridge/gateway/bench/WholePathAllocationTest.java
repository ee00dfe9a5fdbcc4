package io.tickbridge.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.book.BookCounter;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.JournalConfig;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.JournalCounter;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.RuleDescription;
import io.tickbridge.gateway.signal.SignalCounter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From frame to signal, every built-in rule at work and the journal recording, the receive thread allocates nothing. */
class WholePathAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MAX_PASSES = 30;

    @TempDir
    private Path directory;

    @Test
    void aPassOfACapturedSessionAllocatesNothing() {
        final LoopedCapture capture = new LoopedCapture(SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng"));
        final GatewayConfig config = PipelineBench.config(capture, PipelineBench.RULES);
        final JournalConfig journalConfig = new JournalConfig(true, directory, 1 << 22, 8 << 20);
        try (Journal journal = Journal.open(journalConfig, RunStarted.of("test", "1", "none", 0), true)) {
            final Pipeline pipeline =
                    new Pipeline(config, journal.recorder()::onFrame, List.of(journal.recorder()), List.of());

            // The first passes meet the instruments and load classes.
            long allocated = -1;
            int passes = 0;
            while (passes < MAX_PASSES && allocated != 0) {
                passes++;
                allocated = allocatedBy(capture, pipeline);
            }

            assertEquals(0, allocated, "bytes allocated in the last of " + passes + " passes");
            assertTrue(pipeline.books(0).counts().get(BookCounter.LEVEL_UPDATES) > 10_000L * passes);
            for (final RuleDescription rule : Pipeline.check(config)) {
                assertTrue(pipeline.signalCounts(rule.number()).get(SignalCounter.SIGNALS) >= passes, rule.toString());
            }
            assertEquals(0, journal.counts().get(JournalCounter.REFUSED_FRAMES));
            assertEquals(0, journal.counts().get(JournalCounter.REFUSED_SIGNALS));
        }
    }

    private static long allocatedBy(final LoopedCapture capture, final FrameHandler pipeline) {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        capture.prepare();
        capture.playReset(pipeline);
        capture.play(pipeline);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
