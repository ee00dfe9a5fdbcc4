package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.filter.DropReason;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalCounter;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A whole run in one line, for the log, once nothing counts any more. */
record RunSummary(GatewayConfig config, PacketSource source, Pipeline pipeline, Journal journal) {

    @Override
    public String toString() {
        final long signals = IntStream.rangeClosed(1, config.signals().size())
                .mapToLong(rule -> pipeline.signalCounts(rule).get(SignalCounter.SIGNALS)).sum();
        return "frames received " + source.counts().received()
                + ", cut short " + source.counts().truncated()
                + ", dropped by kernel or NIC " + source.counts().dropped()
                + ", filtered " + filtered()
                + "; gaps " + total(FeedCounter.GAPS)
                + ", lost " + total(FeedCounter.LOST)
                + ", malformed " + total(FeedCounter.MALFORMED)
                + "; signals " + signals
                + "; journal " + (journal == null ? "off" : "lost " + journal.counts().lostFrames() + " frames, "
                        + journal.counts().lostSignals() + " signals");
    }

    private String filtered() {
        final long all = Arrays.stream(DropReason.values()).mapToLong(pipeline.filterCounts()::get).sum();
        return all == 0 ? "0" : Arrays.stream(DropReason.values())
                .filter(reason -> pipeline.filterCounts().get(reason) > 0)
                .map(reason -> reason.label() + " " + pipeline.filterCounts().get(reason))
                .collect(Collectors.joining(", ", all + " (", ")"));
    }

    private long total(final FeedCounter counter) {
        return LongStream.range(0, config.feeds().size())
                .map(feed -> pipeline.feedCounts((int) feed).get(counter)).sum();
    }
}
