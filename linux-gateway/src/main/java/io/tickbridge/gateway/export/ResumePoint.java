package io.tickbridge.gateway.export;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far an export into one file was when it last made sure of it, kept beside that file so that an export that was killed goes
 * on from there.
 *
 * @param source what is written: another journal, range or form begins anew
 * @param index  journal index of the last frame that is in the file
 * @param time   its receive time; a journal in which that frame is another begins anew
 * @param bytes  how long the file was
 * @param frames how many frames are in it
 * @param counts what else the form counts
 * @param names  what else the form has named, in order
 */
record ResumePoint(String source, long index, long time, long bytes, long frames, List<Long> counts, List<String> names) {

    static Path path(final Path file) {
        return file.resolveSibling("." + file.getFileName() + ".resume");
    }

    /** The point of a file that was left unfinished; null when there is none, or none that the journal and the file still bear out. */
    static ResumePoint of(final Path file, final Path temporary, final String source, final Path journal) throws IOException {
        final Path path = path(file);
        if (!Files.exists(path) || !Files.exists(temporary)) {
            return null;
        }
        final Map<String, Object> map;
        try {
            map = JSON.std.mapFrom(Files.readString(path));
        } catch (final IOException e) {
            return null; // not of this build
        }
        if (!source.equals(map.get("source")) || Files.size(temporary) < number(map, "bytes")) {
            return null;
        }
        final Long time = JournalSurvey.ofFrame(journal, number(map, "index")).wantedTime();
        if (time == null || time != number(map, "time")) {
            return null;
        }
        return new ResumePoint(source, number(map, "index"), time, number(map, "bytes"), number(map, "frames"),
                ((List<?>) map.get("counts")).stream().map(count -> ((Number) count).longValue()).toList(),
                ((List<?>) map.get("names")).stream().map(String.class::cast).toList());
    }

    private static long number(final Map<String, Object> map, final String key) {
        return ((Number) map.get(key)).longValue();
    }

    /** The file is on the disk as far as this says. */
    void write(final Path file) throws IOException {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("source", source);
        map.put("index", index);
        map.put("time", time);
        map.put("bytes", bytes);
        map.put("frames", frames);
        map.put("counts", counts);
        map.put("names", names);
        final Path temporary = FinishedFile.temporary(path(file));
        Files.writeString(temporary, JSON.std.asString(map));
        FinishedFile.finish(temporary, path(file));
    }
}
