package io.tickbridge.gateway.export;

import io.tickbridge.gateway.filter.FrameFilter;
import io.tickbridge.gateway.filter.UdpGroup;
import io.tickbridge.gateway.inspect.InspectedFeed;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.agrona.DirectBuffer;

/**
 * Writes from the exchange's send time to the receive time as a HdrHistogram log: ns, an interval a second of receive time, a
 * tag a line. When signals were ready and sent is not in it but in the table of signals sent.
 */
public final class LatencyExport implements FrameWalk.Visitor {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int DIGITS = 3;

    private final HistogramLogWriter log;
    private final Map<String, Histogram> histograms = new TreeMap<>();
    private long second = Long.MIN_VALUE;
    private long negative;
    private long unknown;
    private RunLines filtered;
    private FrameFilter filter;

    private LatencyExport(final HistogramLogWriter log) {
        this.log = log;
    }

    /**
     * Writes the file. It has its name once it is whole.
     *
     * @param journal the journal's directory
     * @param file    what to write
     * @param range   which frames
     * @param notices takes lines about the progress
     * @return how many frames were looked at
     * @throws IOException when the file cannot be written
     */
    public static ExportResult write(
            final Path journal, final Path file, final ExportRange range, final Consumer<String> notices) throws IOException {
        final Path temporary = FinishedFile.temporary(file);
        final List<String> problems = new ArrayList<>();
        final ExportResult result;
        try (OutputStream out = new FileOutputStream(temporary.toFile())) {
            final HistogramLogWriter log = new HistogramLogWriter(out);
            log.outputComment("[exchange's send time to receive time, ns; one tag a line; intervals of a second of receive time]");
            log.outputLogFormatVersion();
            log.outputLegend();
            final LatencyExport export = new LatencyExport(log);
            result = FrameWalk.of(journal, range, notices, export);
            export.endInterval();
            problems.addAll(result.problems());
            export.count(problems);
        }
        FinishedFile.finish(temporary, file);
        return new ExportResult(result.records(), problems);
    }

    private void count(final List<String> problems) {
        if (negative > 0) {
            problems.add(negative + " frames were received before they were sent by the exchange's clock, and are left out: "
                    + "the two clocks differ");
        }
        if (unknown > 0) {
            problems.add(unknown + " frames are of no known line or state no send time since the Unix epoch, and are left out");
        }
    }

    @Override
    public void onFrame(final RunLines lines, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime, final int line) {
        if (filtered != lines) {
            filtered = lines;
            final List<UdpGroup> groups = lines.groups();
            filter = new FrameFilter(false, List.of(), groups);
        }
        final int group = filter.accept(buffer, offset, length);
        if (group < 0 || !lines.knows(line)) {
            unknown++;
            return;
        }
        final InspectedFeed feed = lines.kind(lines.feed(group));
        final Long sendTime = feed.sendTimeSinceEpoch(buffer, filter.payloadOffset(), filter.payloadLength());
        if (sendTime == null) {
            unknown++;
            return;
        }
        final long latency = receiveTime - sendTime;
        if (latency < 0) {
            negative++;
            return;
        }
        if (Math.floorDiv(receiveTime, SECOND) != second) {
            endInterval();
            second = Math.floorDiv(receiveTime, SECOND);
        }
        histograms.computeIfAbsent(lines.name(line).replace(' ', '-'), tag -> new Histogram(DIGITS)).recordValue(latency);
    }

    private void endInterval() {
        histograms.forEach((tag, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                histogram.setTag(tag); // a reset takes it away
                log.outputIntervalHistogram(second, second + 1, histogram, 1);
                histogram.reset();
            }
        });
    }
}
