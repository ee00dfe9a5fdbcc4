package io.tickbridge.gateway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The first few lines of what may be thousands of the same kind, and how many more there were. */
final class FirstLines {
    private static final int KEPT = 20;

    private final List<String> lines = new ArrayList<>();
    private long count;

    void add(final String line) {
        if (count++ < KEPT) {
            lines.add(line);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    void print(final PrintWriter out, final Object prefix) {
        lines.forEach(line -> out.println(prefix + ": " + line));
        if (count > KEPT) {
            out.println(prefix + ": and " + (count - KEPT) + " more of the kind");
        }
    }
}
