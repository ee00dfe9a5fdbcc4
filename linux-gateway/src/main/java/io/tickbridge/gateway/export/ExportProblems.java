package io.tickbridge.gateway.export;

import java.util.ArrayList;
import java.util.List;

/** What went wrong, for the end: the first of each kind in full, so that memory stays constant, and how many there were. */
final class ExportProblems {
    private static final int SHOWN = 20;

    private final List<String> lines = new ArrayList<>();
    private long count;

    void add(final String line) {
        count++;
        if (lines.size() < SHOWN) {
            lines.add(line);
        }
    }

    List<String> lines() {
        final List<String> all = new ArrayList<>(lines);
        if (count > lines.size()) {
            all.add("and " + (count - lines.size()) + " more");
        }
        return all;
    }
}
