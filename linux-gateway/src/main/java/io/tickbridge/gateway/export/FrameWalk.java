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
import org.agrona.DirectBuffer;

/** Hands the frames of a range to a file that is written, with the names of their lines; what is missing is remembered. */
final class FrameWalk implements JournalRecordHandler {
    /** How often the disk is asked whether there is room, in frames: as much is buffered, or soon written. */
    private static final int LOOK_EVERY = 1024;
    private static final long LOOK_BYTES = 4 << 20;

    private final ExportRange range;
    private final FrameFile file;
    private final DiskRoom room;
    private final Progress progress;
    private final long after;
    private final Points points;
    private final ExportProblems problems = new ExportProblems();
    private RunLines lines = new RunLines(null);
    private long frames;
    private long sinceLook;

    /** Is asked before a frame whether the file shall be made sure of as it is. */
    interface Points {
        /** Index and time are of the frame that comes now, frames how many came before. */
        void before(long index, long time, long frames) throws IOException;
    }

    FrameWalk(final ExportRange range, final FrameFile file, final DiskRoom room, final Progress progress, final ResumePoint from,
            final Points points) {
        this.range = range;
        this.file = file;
        this.room = room;
        this.progress = progress;
        this.points = points;
        after = from == null ? Long.MIN_VALUE : from.index();
        frames = from == null ? 0 : from.frames();
    }

    ExportResult read(final Path journal) throws IOException {
        try (JournalReader reader = JournalReader.open(journal)) {
            reader.readAll(this);
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
        return new ExportResult(frames, problems.lines());
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
        if (index <= after || !range.contains(index, receiveTime)) {
            return;
        }
        try {
            if (++sinceLook == LOOK_EVERY) {
                sinceLook = 0;
                room.require(LOOK_BYTES);
            }
            points.before(index, receiveTime, frames);
            file.onFrame(lines, buffer, offset, length, receiveTime, line);
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
        if (damage.endsRun()) {
            lines = new RunLines(null); // whose they are that follow is not known
        }
    }
}
