package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.SourceFigure;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.filter.DropReason;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalCounter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A whole run in one line, for the log, once nothing counts any more. */
record RunSummary(GatewayConfig config, PacketSource source, Pipeline pipeline, Journal journal) {

    @Override
    public String toString() {
        final long signals = IntStream.rangeClosed(1, config.signals().size())
                .mapToLong(rule -> pipeline.signalCounts(rule).get(SignalCounter.SIGNALS)).sum();
        final SourceCounts counts = source.counts();
        return "frames received " + counts.received()
                + " in " + counts.bursts() + " of " + (counts.bursts() + counts.emptyPolls()) + " polls"
                + ", cut short " + counts.truncated()
                + ", dropped by kernel or NIC " + below(SourceFigure.Kind.LOST)
                + ", refused by it " + below(SourceFigure.Kind.REFUSED)
                + ", filtered " + filtered()
                + "; gaps " + total(FeedCounter.GAPS)
                + ", lost " + total(FeedCounter.LOST)
                + ", malformed " + total(FeedCounter.MALFORMED)
                + "; signals " + signals
                + "; journal " + (journal == null ? "off" : "lost " + journal.counts().lostFrames() + " frames, "
                        + journal.counts().lostSignals() + " signals");
    }

    private String below(final SourceFigure.Kind kind) {
        final Map<String, Long> totals = new LinkedHashMap<>();
        final List<SourceFigure> figures = source.counts().figures();
        for (int i = 0; i < figures.size(); i++) {
            if (figures.get(i).kind() == kind) {
                totals.put(figures.get(i).name(), source.counts().total(i));
            }
        }
        return byReason(totals);
    }

    private String filtered() {
        final Map<String, Long> totals = new LinkedHashMap<>();
        for (final DropReason reason : DropReason.values()) {
            totals.put(reason.label(), pipeline.filterCounts().get(reason));
        }
        return byReason(totals);
    }

    private static String byReason(final Map<String, Long> totals) {
        final long all = totals.values().stream().mapToLong(Long::longValue).sum();
        return all == 0 ? "0" : totals.entrySet().stream().filter(total -> total.getValue() > 0)
                .map(total -> total.getKey() + " " + total.getValue()).collect(Collectors.joining(", ", all + " (", ")"));
    }

    private long total(final FeedCounter counter) {
        return LongStream.range(0, config.feeds().size())
                .map(feed -> pipeline.feedCounts((int) feed).get(counter)).sum();
    }
}
