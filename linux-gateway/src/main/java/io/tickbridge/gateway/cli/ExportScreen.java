package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.export.ExportListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far an export is: a bar where standard error is a terminal, elsewhere a line each tenth of the records. */
final class ExportScreen implements ExportListener, AutoCloseable {
    private static final int STEPS = 10;
    private static final int WIDTH = 79;
    /** Back to the line's begin, and what stands there away (ECMA-48, EL). */
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean isTerminal;
    private ProgressBar bar;
    private long told;

    ExportScreen(final PrintWriter err) {
        this(err, isTerminal(Path.of("/proc/self/fd/2")));
    }

    ExportScreen(final PrintWriter err, final boolean isTerminal) {
        this.err = err;
        this.isTerminal = isTerminal;
    }

    /** The kernel's names of terminals; {@code System.console} asks about standard input and output. */
    private static boolean isTerminal(final Path descriptor) {
        try {
            final String device = Files.readSymbolicLink(descriptor).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (final IOException e) {
            return false;
        }
    }

    @Override
    public void onNotice(final String line) {
        say("export: " + line);
    }

    void say(final String line) {
        err.println(bar == null ? line : CLEAR + line);
        err.flush();
    }

    @Override
    public void onProgress(final long done, final long total) {
        if (isTerminal) {
            if (bar == null) {
                bar = new ProgressBarBuilder().setTaskName("export").setInitialMax(total).setUnit(" records", 1)
                        .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(500)
                        .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH)).build();
            }
            bar.stepTo(Math.min(done, total));
            return;
        }
        // A journal that is being written grows behind the survey.
        final long step = total == 0 ? 0 : Math.min(STEPS, done * STEPS / total);
        if (step > told) {
            told = step;
            onNotice(step * STEPS + " %, " + done + " of " + total + " records");
        }
    }

    /** Called on the library's thread; the writer is one at a time. */
    private void draw(final String line) {
        err.print("\r" + line);
        err.flush();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close(); // draws it once more
            bar = null;
            err.println();
            err.flush();
        }
    }
}
