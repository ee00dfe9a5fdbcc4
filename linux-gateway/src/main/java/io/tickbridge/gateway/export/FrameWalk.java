package io.tickbridge.gateway.export;

import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** The frames of a range, with the names of their lines; what is missing is remembered. */
final class FrameWalk implements JournalRecordHandler {
    private final ExportRange range;
    private final Visitor visitor;
    private final Progress progress;
    private final ExportProblems problems = new ExportProblems();
    private RunLines lines = new RunLines(null);
    private long frames;

    /** Takes each frame. */
    @FunctionalInterface
    interface Visitor {
        void onFrame(RunLines lines, DirectBuffer buffer, int offset, int length, long receiveTime, int line) throws IOException;
    }

    private FrameWalk(final ExportRange range, final Progress progress, final Visitor visitor) {
        this.range = range;
        this.progress = progress;
        this.visitor = visitor;
    }

    static ExportResult of(
            final Path journal, final ExportRange range, final Consumer<String> notices, final Visitor visitor) throws IOException {
        final Progress progress = new Progress(JournalSurvey.of(journal).records(), notices);
        final FrameWalk walk = new FrameWalk(range, progress, visitor);
        try (JournalReader reader = JournalReader.open(journal)) {
            reader.readAll(walk);
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
        return new ExportResult(walk.frames, walk.problems.lines());
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        progress.record();
        try {
            lines = new RunLines(ConfigReader.parse(run.configuration(), Path.of(""), "journalled configuration"));
        } catch (final ConfigException e) {
            lines = new RunLines(null);
            problems.add("journal index 0x" + Long.toHexString(index) + ": lines have no names, for this build refuses the "
                    + "configuration of the run: " + e.getMessage());
        }
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
            final int line) {
        progress.record();
        if (!range.contains(index, receiveTime)) {
            return;
        }
        try {
            visitor.onFrame(lines, buffer, offset, length, receiveTime, line);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        frames++;
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        progress.record();
    }

    @Override
    public void onGap(final long index, final long lost, final long signals, final long firstTime, final long lastTime) {
        progress.record();
        problems.add("journal index 0x" + Long.toHexString(index) + ": " + lost + " frames and " + signals
                + " signals were lost on the way into the journal");
    }

    @Override
    public void onRunStopped(final long index, final RunStopped run) {
        progress.record();
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        problems.add(damage.toString());
    }
}
