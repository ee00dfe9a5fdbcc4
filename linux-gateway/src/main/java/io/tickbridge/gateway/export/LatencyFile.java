package io.tickbridge.gateway.export;

import io.tickbridge.gateway.filter.FrameFilter;
import io.tickbridge.gateway.filter.UdpGroup;
import io.tickbridge.gateway.inspect.InspectedFeed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.agrona.DirectBuffer;

/**
 * Writes from the exchange's send time to the receive time as a HdrHistogram log: ns, an interval a second of receive time, a
 * tag a line. When signals were ready and sent is not in it but in the table of signals sent.
 */
final class LatencyFile implements FrameFile {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int DIGITS = 3;

    /** Keeps to itself that writing failed, and must be asked. */
    private final PrintStream out;
    private final HistogramLogWriter log;
    private final Map<String, Histogram> histograms = new TreeMap<>();
    private long second = Long.MIN_VALUE;
    private long negative;
    private long unknown;
    private RunLines filtered;
    private FrameFilter filter;

    /** Writes on from where the stream stands: a new log, or one of which these are the counts. */
    LatencyFile(final OutputStream out, final List<Long> counts) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        log = new HistogramLogWriter(this.out);
        if (counts.isEmpty()) {
            log.outputComment("[exchange's send time to receive time, ns; one tag a line; intervals of a second of receive time]");
            log.outputLogFormatVersion();
            log.outputLegend();
        } else {
            negative = counts.get(0);
            unknown = counts.get(1);
        }
    }

    @Override
    public List<String> finish() throws IOException {
        endInterval();
        flush();
        final List<String> problems = new ArrayList<>();
        if (negative > 0) {
            problems.add(negative + " frames were received before they were sent by the exchange's clock, and are left out: "
                    + "the two clocks differ");
        }
        if (unknown > 0) {
            problems.add(unknown + " frames are of no known line or state no send time since the Unix epoch, and are left out");
        }
        return problems;
    }

    @Override
    public void flush() throws IOException {
        if (out.checkError()) { // which flushes
            throw new IOException("the latency log cannot be written: see that the disk has room");
        }
    }

    /** Before a second begins what is in no interval yet is written as one. */
    @Override
    public boolean isWholeBefore(final long receiveTime) {
        if (Math.floorDiv(receiveTime, SECOND) == second) {
            return false;
        }
        endInterval();
        return true;
    }

    @Override
    public List<Long> counts() {
        return List.of(negative, unknown);
    }

    @Override
    public List<String> names() {
        return List.of();
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
            histogram.setTag(tag);
            log.outputIntervalHistogram(second, second + 1, histogram, 1);
        });
        // Not reset and kept: how far one had grown before is in what it is encoded to.
        histograms.clear();
    }
}
