package io.tickbridge.gateway.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the frames of a journal to one file, which has its name once it is whole. Now and then what is written is forced to the
 * disk and its place noted, so that an export that was stopped, even killed, goes on from there.
 */
public final class FrameExport {
    /** How many frames may be written a second time: a few seconds' work. */
    private static final long POINT_FRAMES = 500_000;

    private final Path journal;
    private final Path file;
    private final Path temporary;
    private final String source;
    private final FileChannel channel;

    /** What is written. */
    public enum Form {
        /** The frames as they came: ns times, the line in the interface's name. */
        PCAPNG,
        /** A HdrHistogram log from the exchange's send time to the receive time: ns, an interval a second, a tag a line. */
        HLOG
    }

    private FrameExport(final Path journal, final Path file, final Path temporary, final String source, final FileChannel channel) {
        this.journal = journal;
        this.file = file;
        this.temporary = temporary;
        this.source = source;
        this.channel = channel;
    }

    /**
     * Writes the file.
     *
     * @param form     what is written
     * @param journal  the journal's directory
     * @param file     where to
     * @param range    which frames
     * @param room     on the disk of {@code file}
     * @param listener hears how far it is
     * @return how many frames are in the file
     * @throws IOException     when it cannot be written
     * @throws ExportException when another export writes it, or the disk is nearly full
     */
    public static ExportResult write(final Form form, final Path journal, final Path file, final ExportRange range,
            final DiskRoom room, final ExportListener listener) throws IOException {
        return write(form, journal, file, range, room, listener, POINT_FRAMES);
    }

    static ExportResult write(final Form form, final Path journal, final Path file, final ExportRange range, final DiskRoom room,
            final ExportListener listener, final long pointFrames) throws IOException {
        if (Files.isDirectory(file)) {
            throw new ExportException(file + " is a directory: --out names the file that is written");
        }
        final long records = JournalSurvey.ofParts(journal, Long.MAX_VALUE).records();
        final Path temporary = FinishedFile.temporary(file);
        final String source = "version 1, " + form + ", " + range + ", " + journal.toAbsolutePath().normalize();
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(channel, file);
            final ResumePoint from = ResumePoint.of(file, temporary, source, journal);
            if (from == null) {
                Files.deleteIfExists(ResumePoint.path(file));
            } else {
                listener.onNotice(file + " was begun by an export that was stopped: goes on after its " + from.frames() + " frames");
            }
            final ExportResult result = new FrameExport(journal, file, temporary, source, channel)
                    .write(form, range, room, new Progress(records, listener), from, pointFrames);
            Files.deleteIfExists(ResumePoint.path(file));
            return result;
        }
    }

    private static void lock(final FileChannel channel, final Path file) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (final OverlappingFileLockException e) {
            // Of this process: no different.
        }
        throw new ExportException(file + " is being written by another export: wait for it, or give this one another --out");
    }

    private ExportResult write(final Form form, final ExportRange range, final DiskRoom room, final Progress progress,
            final ResumePoint from, final long pointFrames) throws IOException {
        channel.truncate(from == null ? 0 : from.bytes()).position(from == null ? 0 : from.bytes());
        final FrameFile writer = form == Form.PCAPNG ? new PcapngFile(channel, from == null ? List.of() : from.names())
                : new LatencyFile(new BufferedOutputStream(Channels.newOutputStream(channel)), from == null ? List.of() : from.counts());
        final long[] last = new long[3]; // index and time of the frame before, frames at the last point
        last[2] = from == null ? 0 : from.frames();
        final FrameWalk walk = new FrameWalk(range, writer, room, progress, from, (index, time, frames) -> {
            if (frames - last[2] >= pointFrames && writer.isWholeBefore(time)) {
                writer.flush();
                channel.force(true);
                new ResumePoint(source, last[0], last[1], channel.position(), frames, writer.counts(), writer.names()).write(file);
                last[2] = frames;
            }
            last[0] = index;
            last[1] = time;
        });
        final ExportResult result = walk.read(journal);
        final List<String> problems = new ArrayList<>(result.problems());
        problems.addAll(writer.finish());
        FinishedFile.finish(temporary, file);
        return new ExportResult(result.records(), problems);
    }
}
