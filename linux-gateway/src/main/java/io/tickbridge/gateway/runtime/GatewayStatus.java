package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.book.BookCounter;
import io.tickbridge.gateway.capture.membership.MembershipCounts;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.JournalConfig;
import io.tickbridge.gateway.config.LinkConfig;
import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.LineCounts;
import io.tickbridge.gateway.filter.DropReason;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.JournalCounter;
import io.tickbridge.gateway.link.LinkCounter;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.gateway.ops.LatencyFigures;
import io.tickbridge.gateway.ops.LossWatch;
import io.tickbridge.gateway.ops.StatusFigures;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.placement.PlacementWatch;
import io.tickbridge.gateway.recovery.FeedRecovery;
import io.tickbridge.gateway.recovery.FeedSnapshots;
import io.tickbridge.gateway.recovery.RecoveryCounter;
import io.tickbridge.gateway.recovery.SnapshotCounter;
import io.tickbridge.gateway.signal.SignalCounter;
import io.tickbridge.protocol.Market;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names every figure that a running gateway publishes. */
final class GatewayStatus {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayStatus.class);
    /** What must not rise: a line in the log says when it did. */
    private static final Set<FeedCounter> FEED_LOSSES =
            EnumSet.of(FeedCounter.GAPS, FeedCounter.LOST, FeedCounter.MALFORMED, FeedCounter.UNKNOWN_MESSAGES,
                    FeedCounter.UNKNOWN_INSTRUMENTS);
    private static final Set<JournalCounter> JOURNAL_LOSSES = EnumSet.of(JournalCounter.REFUSED_FRAMES,
            JournalCounter.REFUSED_SIGNALS, JournalCounter.UNWRITTEN_FRAMES, JournalCounter.UNWRITTEN_SIGNALS,
            JournalCounter.REFUSED_LINK_EVENTS, JournalCounter.LOST_HEALTH_EVENTS, JournalCounter.REFUSED_SIGNAL_TIMES,
            JournalCounter.UNWRITTEN_LINK_RECORDS);

    private static final Set<RecoveryCounter> RECOVERY_FAILURES = EnumSet.of(RecoveryCounter.OVERFLOWS);

    private static final Set<Market> STATED = EnumSet.of(Market.LIVE, Market.RECORDED, Market.SIMULATED);

    private final StatusFigures figures = new StatusFigures();
    private final LossWatch losses = new LossWatch(LOG::warn);

    StatusFigures figures() {
        return figures;
    }

    void addReceive(final ReceiveAgent receive) {
        final SourceStatus source = new SourceStatus(figures, losses, receive::source);
        source.add();
        figures.beforeEach(source::refresh);
        figures.add("link.port", receive::linkPort);
        figures.add("receive.open", () -> receive.isReceiving() ? 1 : 0);
        figures.beforeEach(LogOutput::reportDiscarded);
        figures.add("log.discarded", LogOutput::discarded);
    }

    void addProgress(final ReceiveAgent receive, final EpochNanoClock clock) {
        final ReceiveProgress progress = new ReceiveProgress(receive::isReceiving,
                () -> receive.source().counts().bursts() + receive.source().counts().emptyPolls());
        figures.beforeEach(() -> progress.look(clock.nanoTime()));
        figures.add("receive.stalled", progress::stalled);
    }

    /** Of these figures themselves. */
    void addFailures() {
        addLoss("status.failures", figures::failures);
    }

    /** What the collector does stops every thread, the receive thread too. */
    void addRuntime() {
        final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        figures.add("jvm.collections", () -> collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum());
        figures.add("jvm.collection-time", () ->
                collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum() * 1_000_000);
        final Runtime runtime = Runtime.getRuntime();
        figures.add("jvm.heap-used", () -> runtime.totalMemory() - runtime.freeMemory());
        final long start = ManagementFactory.getRuntimeMXBean().getStartTime() * 1_000_000;
        figures.add("gateway.started", () -> start);
    }

    void addBookStates(final GatewayConfig config, final BookStates states) {
        for (int i = 0; i < config.feeds().size(); i++) {
            final int feed = i;
            BookStates.OWN.forEach(state -> figures.add("books." + config.feeds().get(feed).name() + ".state."
                    + label(state.name()), () -> states.count(feed, state)));
        }
    }

    void addPipeline(final GatewayConfig config, final Pipeline pipeline) {
        for (final DropReason reason : DropReason.values()) {
            final String name = "filter.dropped." + label(reason.label());
            figures.add(name, () -> pipeline.filterCounts().get(reason));
            if (!reason.isBackground()) {
                losses.add(name, () -> pipeline.filterCounts().get(reason));
            }
        }
        for (int i = 0; i < config.feeds().size(); i++) {
            final FeedConfig feed = config.feeds().get(i);
            final int index = i;
            for (final FeedCounter counter : FeedCounter.values()) {
                final String name = "feed." + feed.name() + '.' + label(counter.label());
                figures.add(name, () -> pipeline.feedCounts(index).get(counter));
                if (FEED_LOSSES.contains(counter)) {
                    losses.add(name, () -> pipeline.feedCounts(index).get(counter));
                }
            }
            addLines(feed.name(), pipeline.lineCounts(i));
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

    void addRecovery(final String feed, final FeedRecovery recovery) {
        for (final RecoveryCounter counter : RecoveryCounter.values()) {
            final String name = "feed." + feed + ".recovery." + label(counter.label());
            if (RECOVERY_FAILURES.contains(counter)) {
                addLoss(name, () -> recovery.counts().get(counter));
            } else {
                figures.add(name, () -> recovery.counts().get(counter));
            }
        }
    }

    void addSnapshots(final String feed, final FeedSnapshots snapshots) {
        for (final SnapshotCounter counter : SnapshotCounter.values()) {
            figures.add("feed." + feed + ".snapshots." + label(counter.label()), () -> snapshots.counts().get(counter));
        }
        figures.add("feed." + feed + ".snapshots.outstanding", () -> snapshots.isOutstanding() ? 1 : 0);
    }

    private void addLines(final String feed, final LineCounts counts) {
        figures.add("feed." + feed + ".recovered-datagrams", counts::recovered);
        for (int i = 0; i < counts.lines(); i++) {
            final int line = i;
            figures.add("feed." + feed + '.' + LineWatch.name(line) + ".datagrams", () -> counts.datagrams(line));
            figures.add("feed." + feed + '.' + LineWatch.name(line) + ".first", () -> counts.firsts(line));
        }
    }

    /** Lines are watched where they are live: in a file, a silent one is the recording's. */
    void addLineWatches(
            final GatewayConfig config, final Pipeline pipeline, final BooleanSupplier receiving, final EpochNanoClock clock) {
        for (int i = 0; i < config.feeds().size(); i++) {
            final FeedConfig feed = config.feeds().get(i);
            final LineWatch watch = new LineWatch(
                    feed.name(), pipeline.lineCounts(i), feed.staleAfter(), pipeline.otherGroups()::text);
            figures.beforeEach(() -> {
                if (receiving.getAsBoolean()) {
                    watch.look(clock.nanoTime());
                }
            });
            for (int j = 0; j < feed.lines().size(); j++) {
                final int line = j;
                figures.add("feed." + feed.name() + '.' + LineWatch.name(line) + ".silent", () -> watch.silent(line));
            }
        }
    }

    void addCarrierWatches(final GatewayConfig config) {
        for (final CarrierWatch watch : CarrierWatch.of(config)) {
            figures.beforeEach(watch::look);
            figures.add("interface." + watch.name() + ".carrier", watch::carrier);
            figures.add("interface." + watch.name() + ".carrier-losses", watch::losses);
        }
    }

    void addWatchdog(final ServiceWatchdog watchdog, final EpochNanoClock clock) {
        figures.beforeEach(() -> watchdog.look(clock.nanoTime()));
    }

    /** Looks at what was lost each time that figures are published, and once more at the end; add it last. */
    void addLossReports(final EpochNanoClock clock) {
        figures.beforeEach(() -> losses.look(clock.nanoTime()));
        figures.atEnd(losses::end);
    }

    private void addLoss(final String label, final LongSupplier source) {
        figures.add(label, source);
        losses.add(label, source);
    }

    void addSilence(final SilenceWatch watch) {
        figures.add("feed." + watch.name() + ".stale", watch::state);
    }

    void addPlacement(final PlacementWatch watch, final EpochNanoClock clock) {
        figures.beforeEach(() -> watch.look(clock.nanoTime()));
        figures.add("receive.core", watch::receiveCore);
        figures.add("receive.preempted", watch::preempted);
        figures.add("journal.core", watch::journalCore);
        figures.add("memory.locked", watch::locked);
    }

    void addMembership(final MembershipCounts counts) {
        figures.add("membership.reports", counts::reports);
        figures.add("membership.send-failed", counts::failures);
        figures.add("membership.queries", counts::queries);
        figures.add("membership.queries-ignored", counts::ignored);
        figures.add("membership.queries-missed", counts::missed);
    }

    void addJournalLag(final Journal journal, final JournalConfig config, final EpochNanoClock clock) {
        final JournalLag lag = new JournalLag(journal.recorder()::position, journal.recorder()::writtenPosition);
        figures.beforeEach(() -> lag.look(clock.nanoTime()));
        figures.add("journal.lag", lag::lag);
        figures.add("journal.ring.waiting", lag::waiting);
        figures.add("journal.ring.capacity", config::ringBytes);
        final DiskSpace disk = new DiskSpace(config.directory());
        figures.beforeEach(() -> disk.look(clock.nanoTime()));
        figures.add("journal.disk.free", disk::free);
        figures.add("journal.disk.least", config::minFree);
    }

    void addJournal(final Journal journal, final JournalGuard guard) {
        figures.add("signals.stopped", guard::state);
        addLoss("signals.withheld", guard::withheld);
        for (final JournalCounter counter : JournalCounter.values()) {
            final String name = "journal." + label(counter.label());
            figures.add(name, () -> journal.counts().get(counter));
            if (JOURNAL_LOSSES.contains(counter)) {
                losses.add(name, () -> journal.counts().get(counter));
            }
        }
    }

    void addLink(final LinkServer link, final LinkConfig config) {
        figures.beforeAll(link::refreshKeys); // what is taken back must not wait for a look at a disk
        figures.add("link.peers", link::peers);
        figures.add("link.keys-unreadable", () -> link.areKeysUnreadable() ? 1 : 0);
        figures.add("receive.longest-gap", link::longestGap);
        for (final String transport : LinkServer.transports()) {
            figures.add("link.transport." + transport, () -> link.isCarriedBy(transport) ? 1 : 0);
        }
        final LinkSecurity.Mode security = config.security().inForce(config.listen());
        for (final LinkSecurity.Mode mode : LinkSecurity.Mode.values()) {
            if (mode != LinkSecurity.Mode.AUTO) {
                figures.add("link.security." + label(mode.name()), () -> mode == security ? 1 : 0);
            }
        }
        for (final Market market : STATED) {
            figures.add("link.market." + label(market.name()), () -> market == link.market() ? 1 : 0);
        }
        final List<String> named = new ArrayList<>();
        figures.beforeEach(() -> link.peerFigures().stream().skip(named.size()).toList().forEach(peer -> {
            named.add(peer.name());
            final String name = "link.peer." + peer.name();
            figures.add(name + ".connections", peer::connections);
            figures.add(name + ".behind", peer::behind);
            figures.add(name + ".waiting", peer::waiting);
        }));
        for (final LinkCounter counter : LinkCounter.values()) {
            figures.add("link." + label(counter.label()), () -> link.counts().get(counter));
        }
    }

    /**
     * Adds a hop.
     *
     * @param hop     between which two points
     * @param latency of it
     */
    void addLatency(final String hop, final LatencyFigures latency) {
        final String name = "latency." + hop + '.';
        figures.beforeEach(latency::refresh);
        figures.add(name + "count", latency::count);
        figures.add(name + "sum", latency::sum);
        for (final double percentile : new double[] {50, 90, 99, 99.9, 100}) {
            figures.add(name + (percentile == 100 ? "max" : "p" + String.valueOf(percentile).replace(".0", "")),
                    () -> latency.percentile(percentile));
        }
        final long[] bounds = LatencyFigures.bounds();
        for (int i = 0; i < bounds.length; i++) {
            final int bound = i;
            figures.add(name + "up-to-" + bounds[i], () -> latency.upTo(bound));
        }
    }

    private static String label(final String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
