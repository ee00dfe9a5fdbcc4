package io.tickbridge.gateway.bench.rfc2544;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run as a table of aligned columns. */
public final class ReportText {
    private static final double NANOS_PER_MICRO = 1000;
    private static final List<String> HEADINGS = List.of("source", "bytes", "throughput/s", "highest/s", "load", "lost",
            "p50 us", "p99 us", "p99.9 us", "p99.99 us", "max us", "jitter us", "burst", "loss at 100 %");

    private ReportText() {
    }

    /**
     * The table, and what one must know to read it.
     *
     * @param report the run
     * @return lines
     */
    public static List<String> of(final Report report) {
        final Settings settings = report.settings();
        final Machine machine = report.machine();
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "# %s -> %s, %s, %d cores, Linux %s, Java %s, load average %.2f before, %.2f after",
                report.from(), report.to(), machine.cpu(), machine.cores(), machine.kernel(), machine.java(),
                machine.loadBefore(), machine.loadAfter()));
        lines.add(String.format(Locale.ROOT, "# trials of %.2f s, resolution %.1f %%, loss verified %d time(s), polled on core %d, "
                + "sent from core %d, where the kernel's part of receiving runs too on a veth pair",
                settings.trialNanos() / 1e9, settings.resolution() * 100, settings.verifications(),
                settings.receiverCore(), settings.senderCore()));
        lines.add("# latency from the scheduled time of a frame to its handler; \">\": the sender could offer no more, or fell behind "
                + "and was the limit; \"-\": fewer than 10 frames were slower than this percentile");
        for (final SourceResult source : report.sources()) {
            lines.add("# " + source.name() + ": " + source.what()
                    + (source.strays() > 0 ? "; " + source.strays() + " frames came after their trial was over" : ""));
        }
        lines.addAll(aligned(rows(report)));
        return lines;
    }

    private static List<List<String>> rows(final Report report) {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (final SourceResult source : report.sources()) {
            for (final SizeResult size : source.results()) {
                if (size.latencies().isEmpty()) {
                    rows.add(row(source.name(), size, null));
                }
                size.latencies().forEach(latency -> rows.add(row(source.name(), size, latency)));
            }
        }
        return rows;
    }

    private static List<String> row(final String source, final SizeResult size, final Latency latency) {
        final List<String> row = new ArrayList<>();
        row.add(source);
        row.add(Integer.toString(size.frameSize()));
        row.add((size.throughput().isBoundedBySender() ? ">" : "") + Math.round(size.throughput().framesPerSecond()));
        row.add(Long.toString(Math.round(size.highestRate())));
        if (latency == null) {
            row.addAll(List.of("-", "-", "-", "-", "-", "-", "-", "-"));
        } else {
            row.add(latency.percent() + " %");
            row.add(Integer.toString(latency.sent() - latency.received()));
            for (final double percent : new double[] {50, 99, 99.9, 99.99, 100}) {
                row.add(latency.at(percent).isPresent() ? micros(latency.at(percent).getAsLong()) : "-");
            }
            row.add(micros(latency.jitter()));
        }
        row.add((size.backToBack().isUnlimited() ? ">" : "") + Math.round(size.backToBack().frames()));
        row.add(String.format(Locale.ROOT, "%.3f %%", size.losses().get(0).lossPercent()));
        return row;
    }

    private static String micros(final double nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / NANOS_PER_MICRO);
    }

    private static List<String> aligned(final List<List<String>> rows) {
        final int columns = rows.get(0).size();
        final int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        final List<String> lines = new ArrayList<>();
        for (final List<String> row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(i == 0 ? "" : "  ").append(String.format(Locale.ROOT, (i == 0 ? "%-" : "%") + widths[i] + "s", row.get(i)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
