package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.book.BookCounter;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.filter.DropReason;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.JournalCounter;
import io.tickbridge.gateway.link.LinkCounter;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.gateway.ops.LatencyFigures;
import io.tickbridge.gateway.ops.StatusFigures;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalCounter;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Names every figure that a running gateway publishes. */
final class GatewayStatus {
    private final StatusFigures figures = new StatusFigures();

    StatusFigures figures() {
        return figures;
    }

    void addReceive(final ReceiveAgent receive) {
        figures.beforeEach(() -> {
            if (receive.source() != null) {
                receive.source().refreshCounts();
            }
        });
        figures.add("source.received", () -> ofSource(receive, source -> source.counts().received()));
        figures.add("source.truncated", () -> ofSource(receive, source -> source.counts().truncated()));
        figures.add("source.dropped", () -> ofSource(receive, source -> source.counts().dropped()));
        figures.add("link.port", receive::linkPort);
    }

    void addPipeline(final GatewayConfig config, final Pipeline pipeline) {
        for (final DropReason reason : DropReason.values()) {
            figures.add("filter.dropped." + label(reason.label()), () -> pipeline.filterCounts().get(reason));
        }
        for (int i = 0; i < config.feeds().size(); i++) {
            final FeedConfig feed = config.feeds().get(i);
            final int index = i;
            for (final FeedCounter counter : FeedCounter.values()) {
                figures.add("feed." + feed.name() + '.' + label(counter.label()),
                        () -> pipeline.feedCounts(index).get(counter));
            }
            for (final BookCounter counter : BookCounter.values()) {
                figures.add("books." + feed.name() + '.' + label(counter.label()),
                        () -> pipeline.books(index).counts().get(counter));
            }
        }
        for (int rule = 1; rule <= config.signals().size(); rule++) {
            final int number = rule;
            for (final SignalCounter counter : SignalCounter.values()) {
                figures.add("signal." + rule + '-' + config.signals().get(rule - 1).kind() + '.' + label(counter.label()),
                        () -> pipeline.signalCounts(number).get(counter));
            }
        }
    }

    void addSilence(final SilenceWatch watch) {
        figures.add("feed." + watch.name() + ".stale", watch::state);
    }

    void addJournal(final Journal journal) {
        for (final JournalCounter counter : JournalCounter.values()) {
            figures.add("journal." + label(counter.label()), () -> journal.counts().get(counter));
        }
    }

    void addLink(final LinkServer link) {
        for (final LinkCounter counter : LinkCounter.values()) {
            figures.add("link." + label(counter.label()), () -> link.counts().get(counter));
        }
    }

    void addLatency(final LatencyFigures latency) {
        figures.beforeEach(latency::refresh);
        figures.add("latency.frame-to-socket.count", latency::count);
        for (final double percentile : new double[] {50, 90, 99, 99.9, 100}) {
            final String name = percentile == 100 ? "max" : "p" + String.valueOf(percentile).replace(".0", "");
            figures.add("latency.frame-to-socket." + name, () -> latency.percentile(percentile));
        }
    }

    private static long ofSource(final ReceiveAgent receive, final ToLongFunction<PacketSource> figure) {
        final PacketSource source = receive.source();
        return source == null ? 0 : figure.applyAsLong(source);
    }

    private static String label(final String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
