package io.tickbridge.gateway.replay;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** A journal's summary in plain text. */
final class SummaryText {
    private static final double NANOS_PER_SECOND = 1e9;

    private final StringBuilder out = new StringBuilder();

    static String of(final List<RunTotals> runs, final List<String> damages) {
        final SummaryText text = new SummaryText();
        text.line("runs %d, frames %d, signals %d, gaps %d, damages %d", runs.size(),
                runs.stream().mapToLong(run -> run.frames).sum(), runs.stream().mapToLong(run -> run.signals).sum(),
                runs.stream().mapToLong(run -> run.gaps).sum(), damages.size());
        int number = 0;
        for (final RunTotals run : runs) {
            number++;
            text.run(number, run);
        }
        damages.forEach(damage -> text.line("damage: %s", damage));
        return text.out.toString();
    }

    private void run(final int number, final RunTotals run) {
        if (run.started == null) {
            line("run %d  its start is not in this journal", number);
        } else {
            line("run %d  %s, build %s, %s", number, run.started.gateway(), run.started.build(), run.started.jdk());
            line("  started        %s", time(run.started.startTime()));
            line("  configuration  SHA-256 %s", run.started.configurationSha256());
        }
        if (run.stopped == null) {
            line("  stopped        no: the run was cut, or is still running");
        } else {
            line("  stopped        %s: %s", time(run.stopped.stopTime()), run.stopped.reason());
        }
        line("  frames         %d, %d bytes", run.frames, run.frameBytes);
        if (run.frames > 0) {
            line("  received       %s to %s, %.3f s", time(run.firstTime), time(run.lastTime),
                    run.duration() / NANOS_PER_SECOND);
        }
        final RunNames names = RunNames.of(run.started);
        counts("    line %-8d %d  %s", run.framesByLine(), names::line);
        line("  signals        %d", run.signals);
        if (run.sent > 0) {
            line("    sent          %d", run.sent);
        }
        counts("    rule %-8d %d  %s", run.signalsByRule(), names::rule);
        if (run.reports > 0) {
            line("  reports        %d", run.reports);
            run.reportsByType.forEach((type, count) -> line("    %-13s %d", type, count));
        }
        if (!run.linkEvents.isEmpty()) {
            line("  link");
            run.linkEvents.forEach((kind, count) -> line("    %-13s %d", kind, count));
        }
        if (!run.health.isEmpty()) {
            line("  feed health");
            run.health.forEach((what, count) -> line("    %-13s %d", what, count));
        }
        line("  gaps           %d: %d frames and %d signals lost", run.gaps, run.lostFrames, run.lostSignals);
        if (run.lostOthers > 0) {
            line("  others lost    %d events of the link or of feeds' health, or times of sent signals", run.lostOthers);
        }
        line("  damages        %d", run.damaged);
    }

    private void counts(final String format, final long[] counts, final IntFunction<String> name) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                line(format, i, counts[i], name.apply(i));
            }
        }
    }

    private void line(final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    private static Instant time(final long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
