package io.tickbridge.gateway.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.JournalConfig;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.JournalRecorder;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.signal.SignalListener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal written by a pipeline verifies against the same pipeline, and against nothing else. */
class ReplayTest {
    private static final int FRAMES = 3_000;
    private static final long LAST = -1;
    private static final Alteration AS_PRODUCED = (number, body) -> 1;

    @TempDir
    private Path directory;
    private long signals;

    @Test
    void theSamePipelineIsEqual() {
        record("first", AS_PRODUCED, true);
        final long ofFirst = signals;
        record("second", AS_PRODUCED, true);

        final VerificationReport report = verify();

        assertTrue(report.isEqual());
        assertEquals(new RunVerdict.Equal(ofFirst, false, 0), report.runs().get(0).verdict());
        assertEquals(new RunVerdict.Equal(signals, false, 0), report.runs().get(1).verdict());
        assertEquals(FRAMES, report.runs().get(0).frames());
        assertTrue(report.toText().endsWith("replay is equal\n"), report.toText());
    }

    @Test
    void signalsJournalledBeforeTheirFrameAreEqualToo() {
        record("x", AS_PRODUCED, false);
        assertEquals(new RunVerdict.Equal(signals, false, 0), verify().runs().get(0).verdict());
    }

    @Test
    void onePlantedBitIsFoundAndShown() {
        record("x", (number, body) -> {
            if (number == 1_000) {
                body.putByte(63, (byte) (body.getByte(63) ^ 1));
            }
            return 1;
        }, true);

        final VerificationReport report = verify();

        final RunVerdict.Different different =
                assertInstanceOf(RunVerdict.Different.class, report.runs().get(0).verdict());
        assertEquals(999, different.equal());
        assertNotEquals(different.journal().hex(), different.replayed().hex());
        assertTrue(different.journal().fields().startsWith("number=1000 "), different.journal().fields());
        assertTrue(different.replayed().fields().contains(" rule=" + (1 + 1000 % 3) + " "));
        assertFalse(report.isEqual());
        assertTrue(report.toText().contains("DIFFERENT at signal 1000, journal index 0x"), report.toText());
        assertTrue(report.toMap().toString().contains("verdict=different, signal=1000,"), report.toMap()::toString);
    }

    @Test
    void aSignalThatReplayDoesNotGiveIsFound() {
        record("x", (number, body) -> number == LAST ? 2 : 1, true);
        final RunVerdict.Different different =
                assertInstanceOf(RunVerdict.Different.class, verify().runs().get(0).verdict());
        assertEquals(signals, different.equal());
        assertNull(different.replayed());
    }

    @Test
    void aSignalThatTheJournalDoesNotHaveIsFound() {
        record("x", (number, body) -> number == LAST ? 0 : 1, true);
        final RunVerdict.Different different =
                assertInstanceOf(RunVerdict.Different.class, verify().runs().get(0).verdict());
        assertEquals(signals - 1, different.equal());
        assertNull(different.journal());
        assertTrue(different.replayed().fields().startsWith("number=" + signals), different.replayed().fields());
    }

    @Test
    void aMissingSignalInTheMiddleIsFoundWhereItIsMissing() {
        record("x", (number, body) -> number == 700 ? 0 : 1, true);
        final RunVerdict.Different different =
                assertInstanceOf(RunVerdict.Different.class, verify().runs().get(0).verdict());
        assertEquals(699, different.equal());
        assertTrue(different.journal().fields().startsWith("number=701 "), different.journal().fields());
        assertTrue(different.replayed().fields().startsWith("number=700 "), different.replayed().fields());
    }

    @Test
    void aBacklogBeyondItsBoundIsADifferenceAndNotAnError() {
        final UnsafeBuffer body = new UnsafeBuffer(new byte[64]);
        try (Journal journal = open("x", true)) {
            for (int i = 0; i <= RunReplay.BACKLOG; i++) {
                journal.recorder().onSignal(body, 0, i);
            }
        }
        final RunVerdict.Different different =
                assertInstanceOf(RunVerdict.Different.class, verify().runs().get(0).verdict());
        assertNull(different.replayed());
    }

    @Test
    void aRunCutAtItsEndIsEqualAndSaysHowMuchWasOnItsWay() throws IOException {
        record("x", AS_PRODUCED, true);
        final long kept = signals - 20;
        record("x", (number, body) -> number == LAST || number > kept ? 0 : 1, true);
        eraseRunStopped();

        final VerificationReport report = verify();

        // All but the one that only an orderly end gives.
        assertEquals(new RunVerdict.Equal(kept, true, signals - 1 - kept), report.runs().get(1).verdict());
        assertTrue(report.toText().contains("cut at the end, 19 signals of the last frames"), report.toText());
    }

    @Test
    void aCutIsNoExcuseForSignalsOfLongBefore() throws IOException {
        record("x", (number, body) -> number == LAST || number > 50 ? 0 : 1, true);
        eraseRunStopped();
        final RunVerdict.Different different =
                assertInstanceOf(RunVerdict.Different.class, verify().runs().get(0).verdict());
        assertEquals(50, different.equal());
        assertNull(different.journal());
    }

    @Test
    void damageIsNotPassedOver() throws IOException {
        record("x", AS_PRODUCED, true);
        try (RandomAccessFile file = new RandomAccessFile(queueFile().toFile(), "rw")) {
            final long middle = lastRecord() - 200_000L;
            file.seek(middle);
            final int old = file.read();
            file.seek(middle);
            file.write(~old);
        }
        final VerificationReport report = verify();
        final RunVerdict.NotVerifiable not =
                assertInstanceOf(RunVerdict.NotVerifiable.class, report.runs().get(0).verdict());
        assertTrue(not.reason().startsWith("a record"), not.reason());
        assertTrue(not.equal() > 0);
        assertFalse(report.isEqual());
        assertFalse(ReplaySummary.of(directory).isComplete());
    }

    @Test
    void aGapIsNotPassedOver() {
        try (Journal journal = open("x", false)) {
            final UnsafeBuffer frame = new UnsafeBuffer(new byte[64 * 1024]);
            journal.recorder().onFrame(frame, 0, 100, 1, 0);
            // Longer than any ring message: lost, and seen as a gap.
            journal.recorder().onFrame(frame, 0, 64 * 1024, 2, 0);
            journal.recorder().onFrame(frame, 0, 100, 3, 0);
        }
        final RunVerdict.NotVerifiable not =
                assertInstanceOf(RunVerdict.NotVerifiable.class, verify().runs().get(0).verdict());
        assertEquals("journal gap of 1 frames and 0 signals", not.reason());
    }

    @Test
    void aConfigurationThatThisBuildRefusesIsReported() {
        record("x", AS_PRODUCED, true);
        open("bad key", true).close();
        final VerificationReport report = verify();
        assertInstanceOf(RunVerdict.Equal.class, report.runs().get(0).verdict());
        final RunVerdict.NotVerifiable not =
                assertInstanceOf(RunVerdict.NotVerifiable.class, report.runs().get(1).verdict());
        assertEquals("this build refuses the run's configuration: bad is not a key", not.reason());
    }

    @Test
    void aPipelineThatFailsIsReportedWithItsFrame() {
        record("x", AS_PRODUCED, true);
        final VerificationReport report = ReplayVerifier.verify(directory, (configuration, listener) ->
                new FailingPipeline(new IllegalStateException("no")));
        final RunVerdict.NotVerifiable not =
                assertInstanceOf(RunVerdict.NotVerifiable.class, report.runs().get(0).verdict());
        assertTrue(not.reason().contains("IllegalStateException: no"), not.reason());
    }

    @Test
    void aPipelineThatThrowsAnErrorIsReportedTheSameWay() {
        record("x", AS_PRODUCED, true);
        for (final Error error : List.of(new NoSuchMethodError("no"), new AssertionError("no"), new StackOverflowError("no"))) {
            final RunVerdict.NotVerifiable not = assertInstanceOf(RunVerdict.NotVerifiable.class, ReplayVerifier.verify(
                    directory, (configuration, listener) -> new FailingPipeline(error)).runs().get(0).verdict());
            assertEquals("the pipeline failed on this frame: " + error, not.reason());
            final RunVerdict.NotVerifiable refused = assertInstanceOf(RunVerdict.NotVerifiable.class, ReplayVerifier.verify(
                    directory, (configuration, listener) -> {
                        throw error;
                    }).runs().get(0).verdict());
            assertEquals("this build refuses the run's configuration: no", refused.reason());
        }
    }

    @Test
    void memoryThatRunsOutIsNoVerdictOnTheRun() {
        record("x", AS_PRODUCED, true);
        assertThrows(OutOfMemoryError.class, () -> ReplayVerifier.verify(directory,
                (configuration, listener) -> new FailingPipeline(new OutOfMemoryError("scripted"))));
    }

    @Test
    void theSummaryCountsWhatWasRecorded() {
        record("x", AS_PRODUCED, true);
        final ReplaySummary summary = ReplaySummary.of(directory);
        assertEquals(FRAMES, summary.frames());
        assertEquals(signals, summary.signals());
        assertTrue(summary.isComplete());
        final String text = summary.toText();
        assertTrue(text.contains("line 1        " + FRAMES / 2), text);
        assertTrue(text.contains("rule 1        " + signals / 3), text);
        assertTrue(text.contains("end of \"test\""), text);
        final String map = summary.toMap().toString();
        assertTrue(map.contains("stopReason=end of \"test\""), map);
        assertTrue(map.contains("framesByLine={0=1500, 1=1500}"), map);
        assertTrue(map.contains("duration=" + (FRAMES - 1) * 10L), map);
    }

    private VerificationReport verify() {
        return ReplayVerifier.verify(directory, EchoPipeline::new);
    }

    private Journal open(final String configuration, final boolean wait) {
        final RunStarted run = RunStarted.of("test", "1", configuration, 1_700_000_000_000_000_000L);
        return Journal.open(new JournalConfig(true, directory, 256 * 1024, 8 << 20), run, wait);
    }

    private void record(final String configuration, final Alteration alteration, final boolean frameFirst) {
        final Random random = new Random(configuration.hashCode());
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[200]);
        signals = 0;
        try (Journal journal = open(configuration, true)) {
            final JournalRecorder recorder = journal.recorder();
            final EchoPipeline pipeline = new EchoPipeline(configuration, (body, offset, receiveTime) -> {
                final UnsafeBuffer copy = new UnsafeBuffer(new byte[SignalListener.BODY_LENGTH]);
                copy.putBytes(0, body, offset, SignalListener.BODY_LENGTH);
                signals++;
                for (int i = alteration.copies(receiveTime == 0 ? LAST : signals, copy); i > 0; i--) {
                    recorder.onSignal(copy, 0, receiveTime);
                }
            });
            for (int i = 0; i < FRAMES; i++) {
                random.nextBytes(frame.byteArray());
                frame.putByte(0, (byte) random.nextInt(4));
                final int length = 1 + random.nextInt(200);
                final long time = 1_000 + 10L * i;
                if (frameFirst) {
                    recorder.onFrame(frame, 0, length, time, i % 2);
                }
                pipeline.onFrame(frame, 0, length, time, i % 2);
                if (!frameFirst) {
                    recorder.onFrame(frame, 0, length, time, i % 2);
                }
            }
            pipeline.onEndOfInput();
            journal.close("end of \"test\"");
        }
    }

    private Path queueFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
    }

    /** Where the document with the last record begins: four bytes of length, 24 of header, then its first field. */
    private int lastRecord() throws IOException {
        final String bytes = Files.readString(queueFile(), StandardCharsets.ISO_8859_1);
        return bytes.lastIndexOf("reason") - 1 - 24 - 4;
    }

    /** As if the writer had been killed before that record: the queue's header states an earlier one as the last. */
    private void eraseRunStopped() throws IOException {
        final byte[] bytes = Files.readAllBytes(queueFile());
        final int last = lastRecord();
        Arrays.fill(bytes, last, bytes.length, (byte) 0);
        final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final int stated = IntStream.range(0, 256).filter(at -> header.getLong(at) == last).findFirst().orElseThrow();
        header.putLong(stated, last - 4096);
        Files.write(queueFile(), bytes);
    }

    /** What becomes of a signal on its way into the journal. */
    @FunctionalInterface
    private interface Alteration {
        /** May change the body. Returns how often it is journalled. Number: from 1, or LAST for the last one. */
        int copies(long number, UnsafeBuffer body);
    }

    private static final class FailingPipeline implements ReplayPipeline {
        private final Throwable failure;

        FailingPipeline(final Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void onFrame(final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
                final int line) {
            LangUtil.rethrowUnchecked(failure);
        }

        @Override
        public void onEndOfInput() {
        }
    }
}
