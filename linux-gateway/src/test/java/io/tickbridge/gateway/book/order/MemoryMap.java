package io.tickbridge.gateway.book.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the kernel says of this process's memory: proc_pid_smaps(5). */
final class MemoryMap {
    /** A mapping: addresses, and the lines that follow them. */
    private record Area(long begin, long end, List<String> lines) {
        /** Bytes of this name, such as Rss. */
        long bytes(final String name) {
            return lines.stream().filter(line -> line.startsWith(name + ':'))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).sum();
        }
    }

    private final List<Area> areas = new ArrayList<>();

    private MemoryMap(final long begin, final long end) throws IOException {
        Area area = null;
        for (final String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                final String[] bounds = line.substring(0, line.indexOf(' ')).split("-");
                area = new Area(Long.parseUnsignedLong(bounds[0], 16), Long.parseUnsignedLong(bounds[1], 16), new ArrayList<>());
                if (area.begin < end && area.end > begin) {
                    areas.add(area);
                }
            } else {
                area.lines.add(line);
            }
        }
    }

    /** All mappings that have some of these addresses. */
    static MemoryMap of(final long begin, final long end) {
        try {
            return new MemoryMap(begin, end);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that are in memory. */
    long resident() {
        return areas.stream().mapToLong(area -> area.bytes("Rss")).sum();
    }

    /** Bytes of these that are in huge pages. */
    long huge() {
        return areas.stream().mapToLong(area -> area.bytes("AnonHugePages")).sum();
    }

    /** Bytes of the mappings' address space. */
    long space() {
        return areas.stream().mapToLong(area -> area.end - area.begin).sum();
    }

    /** Whether all have this flag, such as lo for locked and ac for counted as memory in use. */
    boolean is(final String flag) {
        return areas.stream().allMatch(area -> area.lines.stream()
                .anyMatch(line -> line.startsWith("VmFlags:") && (line + ' ').contains(' ' + flag + ' ')));
    }
}
