package io.tickbridge.gateway.runtime;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.udp.ReversePath;
import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.OpenLink;
import io.tickbridge.gateway.config.ReceiveConfig;
import io.tickbridge.gateway.config.SharedRuleNames;
import io.tickbridge.gateway.config.UnusedSettings;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.JournalException;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.link.LinkCounter;
import io.tickbridge.gateway.link.LinkJournal;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.gateway.link.SignalDescription;
import io.tickbridge.gateway.ops.LatencyFigures;
import io.tickbridge.gateway.ops.ServiceNotice;
import io.tickbridge.gateway.ops.StatusFigures;
import io.tickbridge.gateway.ops.StatusPublisher;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.pipeline.RecoveryLine;
import io.tickbridge.gateway.placement.CpuSet;
import io.tickbridge.gateway.placement.MemoryLock;
import io.tickbridge.gateway.placement.PlacementCheck;
import io.tickbridge.gateway.placement.PlacementWatch;
import io.tickbridge.gateway.placement.SystemTree;
import io.tickbridge.gateway.placement.ThreadPlacement;
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.Market;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.LangUtil;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.DynamicCompositeAgent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway process. Three threads: receive (source, pipeline, link), journal, status. They are stopped in this order,
 * so that what was received is journalled, and what was counted is published.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int STATUS_PERIOD = 20; // ms between the status thread's looks at the clock

    private final EpochNanoClock clock = RunClock.start();
    private final StopRequest stop;
    private final Journal journal;
    private final AgentRunner receive;
    private final Recoveries recoveries;
    private volatile boolean begun;
    private final AgentRunner status;
    private final Supplier<RunSummary> summary;
    private final Supplier<List<String>> unheard;
    private final ThreadPlacement placement;
    private final GroupMembership membership;
    private final Runnable memoryLock;
    private final StatusEndpoint endpoint;
    private final StatusPublisher publisher;
    private final Optional<ServiceNotice> notice = ServiceNotice.to(System.getenv("NOTIFY_SOCKET"));

    /**
     * Runs a gateway until it is told to stop, or a capture ends.
     *
     * @param file         its configuration
     * @param version      of this build, for the journal
     * @param waitForAddOn whether frames are held back until the first add-on has logged on
     * @throws IOException          when the key or the journal cannot be used
     * @throws InterruptedException when the caller is interrupted
     */
    public static void run(final Path file, final String version, final boolean waitForAddOn)
            throws IOException, InterruptedException {
        final String text = ConfigReader.text(file);
        final GatewayConfig config = ConfigReader.parse(text, file.toAbsolutePath().getParent(), file.toString());
        if (waitForAddOn && !config.link().enabled()) {
            throw new ConfigException(List.of(config.places().of("link.enabled")
                    + ": link.enabled: found \"false\", allowed with --wait-for-add-on: true"));
        }
        final StopRequest stop = StopRequest.byTermination();
        try {
            try (Gateway gateway = open(config, ConfigReader.selfContained(text, config), version, waitForAddOn, stop)) {
                gateway.start();
                stop.await();
            }
            if (stop.failure() == null) {
                LOG.info("stopped: {}", stop.reason());
            }
        } catch (final IOException | RuntimeException | Error e) {
            stop.failed(e);
            LOG.error("not started"); // the reason follows without a time, as that of any command
            throw e;
        } finally {
            stop.completed();
        }
        if (stop.failure() != null) {
            LOG.error("stopped by a failure: {}", stop.failure().getMessage());
            LangUtil.rethrowUnchecked(stop.failure());
        }
    }

    /** A gateway that cannot be made leaves nothing behind: neither a journal's lock nor the directory made for it. */
    private static Gateway open(
            final GatewayConfig config, final String text, final String version, final boolean waitForAddOn,
            final StopRequest stop) throws IOException {
        checkMachine(config);
        final List<SignalDescription> rules = rules(config);
        final Journal journal = config.journal().enabled() ? Journal.prepare(config.journal(), !isLive(config)) : null;
        try {
            return new Gateway(config, rules, text, version, waitForAddOn, stop, journal);
        } catch (final IOException | RuntimeException | Error e) {
            if (journal != null) {
                journal.close("not started");
            }
            throw e;
        }
    }

    /**
     * What add-ons are told that the signals are of.
     *
     * @param config that was read
     * @return what is configured; of a capture file that it is recorded, whatever is configured
     */
    public static Market market(final GatewayConfig config) {
        if (!isLive(config)) {
            return Market.RECORDED;
        }
        return switch (config.link().market()) {
            case LIVE -> Market.LIVE;
            case SIMULATED -> Market.SIMULATED;
        };
    }

    private static boolean isLive(final GatewayConfig config) {
        return config.capture().source() != CaptureConfig.Source.PCAP;
    }

    private Gateway(
            final GatewayConfig config, final List<SignalDescription> rules, final String text, final String version,
            final boolean waitForAddOn, final StopRequest stop, final Journal journal) throws IOException {
        this.stop = stop;
        this.journal = journal;
        final boolean live = isLive(config);
        final Map<String, LatencyFigures> hops = new LinkedHashMap<>();
        hops.put("exchange-to-frame", new LatencyFigures());
        hops.put("frame-to-socket", new LatencyFigures());
        final SignalLatency latency =
                live ? new SignalLatency(hops.get("frame-to-socket"), hops.get("exchange-to-frame")) : null;
        final LinkJournal linkJournal = journal == null ? LinkJournal.NONE : new JournalledLink(journal);
        final LinkServer link = config.link().enabled()
                ? new LinkServer(config.link(), config.name(), rules, clock, linkJournal) : null;
        if (link != null) {
            link.setMarket(market(config));
        }
        final SentSignals sent = journal == null || link == null ? null : new SentSignals(link, journal.recorder());
        final JournalGuard guard = journal == null ? null : guard(config, link);
        final FeedHealthWatch health = journal == null ? null : new FeedHealthWatch(journal.recorder(), clock);
        final BookListener linkBooks = guard == null ? link : guard;
        // A file's silence is the recording's, and without a link there is nobody to tell.
        final List<SilenceWatch> watches = live && link != null ? watches(config, health == null ? link : health.besides(linkBooks)) : List.of();
        placement = new ThreadPlacement(config.placement(), config.journal().enabled(), SystemTree.MACHINE);
        membership = new GroupMembership(config, clock);
        memoryLock = () -> lockMemory(config, live);
        final FrameRecorder recording = journal == null ? FrameRecorder.NONE : journal.recorder()::onFrame;
        final FrameRecorder recorder = watches.isEmpty()
                ? recording : new SilenceEnd(recording, watchOfGroup(config, watches));
        final BookStates states = new BookStates(config.feeds().size());
        final List<BookListener> books = Stream.<BookListener>concat(
                Stream.of(linkBooks, health, states).filter(Objects::nonNull), watches.stream()).toList();
        recoveries = new Recoveries(config, live, clock);
        final Pipeline pipeline = new Pipeline(
                config, recorder, signalListeners(guard == null ? link : guard, latency, sent), books, membership.otherProtocols(), recoveries::watch);
        if (health != null) {
            health.watch(IntStream.range(0, config.feeds().size()).mapToObj(pipeline::feedCounts).toList());
        }
        final BooleanSupplier gate = waitForAddOn ? () -> link.counts().get(LinkCounter.LOGONS) > 0 : () -> true;
        final ReceiveAgent agent = new ReceiveAgent(() -> recoveries.behind(open(config)),
                () -> begin(config, version, text), pipeline, link, latency, sent, gate, stop, config.receive().burstLimit(), watches, clock,
                guard, health);
        receive = new AgentRunner(idle(config), stop::failed, null, agent);
        summary = () -> new RunSummary(config, agent.source(), pipeline, journal);
        // A live line that is not heard is told of while it is not.
        unheard = () -> live ? List.of() : UnheardLines.of(config, pipeline);
        endpoint = new StatusEndpoint(config, version);
        publisher = publisher(config, status(agent, config, pipeline, link, hops, watches, guard, states, latency));
        status = new AgentRunner(new SleepingMillisIdleStrategy(STATUS_PERIOD),
                failure -> LOG.error("cannot publish counters", failure), null,
                new DynamicCompositeAgent("status", membership, publisher));
    }

    /** What this machine lacks of what is configured: said, or, where it was required, refused. */
    private static void checkMachine(final GatewayConfig config) {
        final PlacementCheck check = new PlacementCheck(SystemTree.MACHINE, config);
        final List<String> refusals = check.lines(memory(config), true);
        if (!refusals.isEmpty()) {
            throw new ConfigException(refusals);
        }
        check.lines(memory(config), false).forEach(LOG::warn);
        OpenLink.finding(config).ifPresent(LOG::warn);
        UnusedSettings.notes(config).forEach(LOG::info);
        if (config.link().enabled()) {
            SharedRuleNames.notes(config).forEach(LOG::warn);
        }
        if (config.capture().source() == CaptureConfig.Source.UDP) {
            config.feeds().stream().flatMap(feed -> feed.lines().stream()).map(FeedConfig.Line::networkInterface).distinct()
                    .forEach(name -> new ReversePath().finding(name, config.filter().sources()).ifPresent(LOG::warn));
        }
    }

    private static long memory(final GatewayConfig config) {
        return Pipeline.memoryOutsideHeap(config) + Runtime.getRuntime().maxMemory();
    }

    /** Once everything is allocated, and before anything is received. */
    private static void lockMemory(final GatewayConfig config, final boolean live) {
        new MemoryLock(SystemTree.MACHINE).lock(config.placement().memoryLock(), live, memory(config), finding -> {
            final String text = config.places().of(finding.key()) + ": " + finding.key() + ": " + finding.text();
            if (finding.isRefusal()) {
                throw new ConfigException(List.of(text));
            }
            LOG.warn(text);
        }).ifPresent(LOG::info);
    }

    /** On the receive thread. */
    private PacketSource open(final GatewayConfig config) {
        placement.onReceiveThread();
        final PacketSource source = SourceFactory.open(config, clock);
        try {
            membership.join(source);
        } catch (final RuntimeException e) {
            source.close();
            throw e;
        }
        return source;
    }

    private Thread journalThread(final Runnable work) {
        return new Thread(() -> {
            placement.onJournalThread();
            work.run();
        });
    }

    /** Builds everything once without outputs: a configuration that cannot be built must not leave a run in the journal. */
    private static List<SignalDescription> rules(final GatewayConfig config) {
        return Pipeline.check(config).stream()
                .map(rule -> new SignalDescription(rule.number(), rule.name(), rule.parameters())).toList();
    }

    /** In front of the link; without one there is still the policy to stop. */
    private JournalGuard guard(final GatewayConfig config, final LinkServer link) {
        return new JournalGuard(link == null ? (body, offset, receiveTime) -> { } : link, link == null ? FeedHealthWatch.NOBODY : link,
                journal::hasFailed, config.journal().whenFull(), () -> stop.failed(new JournalException("journal "
                        + config.journal().directory() + " stopped: " + journal.failure() + ", and journal.when-full is stop")));
    }

    private static List<SilenceWatch> watches(final GatewayConfig config, final BookListener link) {
        return IntStream.range(0, config.feeds().size()).mapToObj(feed -> new SilenceWatch(
                config.feeds().get(feed).name(), feed, config.feeds().get(feed).staleAfter(), link)).toList();
    }

    /**
     * By group: who is to know that something came. Null where what comes says nothing of the market's lines and causes no
     * signal. What is re-sent says as little, but packets that waited for it may.
     */
    private static List<SilenceWatch> watchOfGroup(final GatewayConfig config, final List<SilenceWatch> watches) {
        return Stream.concat(
                IntStream.range(0, watches.size()).boxed()
                        .flatMap(feed -> config.feeds().get(feed).lines().stream().map(line ->
                                line.carries() == FeedConfig.Carries.INCREMENTAL ? watches.get(feed) : null)),
                Stream.concat(RecoveryLine.feeds(config).stream().map(watches::get),
                        RecoveryLine.snapshotFeeds(config).stream().map(feed -> (SilenceWatch) null))).toList();
    }

    /** The link first: it is what someone waits for. */
    private List<SignalListener> signalListeners(
            final SignalListener link, final SignalLatency latency, final SentSignals sent) {
        return Stream.<SignalListener>of(link, journal == null ? null : journal.recorder(), latency, sent)
                .filter(Objects::nonNull).toList();
    }

    /** Only now: a source or a link that cannot be opened must not leave a run in the journal. */
    private void begin(final GatewayConfig config, final String version, final String text) {
        begun = true;
        placement.onOpened();
        if (journal != null) {
            journal.begin(RunStarted.of(config.name(), version, text, clock.nanoTime()), this::journalThread);
        }
    }

    private StatusPublisher publisher(final GatewayConfig config, final StatusFigures figures) {
        return new StatusPublisher(config.countersFile(), figures, clock, SystemEpochNanoClock.INSTANCE);
    }

    private StatusFigures status(
            final ReceiveAgent agent, final GatewayConfig config, final Pipeline pipeline, final LinkServer link,
            final Map<String, LatencyFigures> hops, final List<SilenceWatch> watches, final JournalGuard guard,
            final BookStates states, final SignalLatency latency) {
        final GatewayStatus names = new GatewayStatus();
        names.addReceive(agent);
        names.addPipeline(config, pipeline);
        names.addBookStates(config, states);
        hops.forEach(names::addLatency);
        names.figures().add("latency.exchange-to-frame.ahead", () -> latency == null ? 0 : latency.ahead());
        names.figures().add("latency.frame-to-socket.held-up", () -> latency == null ? 0 : latency.heldUp());
        watches.forEach(names::addSilence);
        recoveries.byFeed().forEach((feed, recovery) -> names.addRecovery(config.feeds().get(feed).name(), recovery));
        recoveries.snapshotsByFeed().forEach((feed, snapshots) ->
                names.addSnapshots(config.feeds().get(feed).name(), snapshots));
        if (journal != null) {
            names.addJournal(journal, guard);
            names.addJournalLag(journal, config.journal(), clock);
        }
        if (link != null) {
            names.addLink(link, config.link());
        }
        if (config.capture().source() != CaptureConfig.Source.PCAP) {
            names.addLineWatches(config, pipeline, agent::isReceiving, clock);
        }
        names.addCarrierWatches(config);
        if (membership.isNeeded()) {
            names.addMembership(membership.counts());
        }
        names.addPlacement(new PlacementWatch(placement, watchedCore(config), SystemTree.MACHINE, LOG::warn), clock);
        notice.ifPresent(manager -> names.addWatchdog(new ServiceWatchdog(manager::say,
                ServiceWatchdog.limit(System.getenv("WATCHDOG_USEC"), System.getenv("WATCHDOG_PID"), ProcessHandle.current().pid()),
                agent::isReceiving, () -> agent.source().counts().bursts() + agent.source().counts().emptyPolls()), clock));
        names.addProgress(agent, clock);
        names.addRuntime();
        endpoint.addTo(names.figures());
        names.addFailures();
        names.addLossReports(clock);
        return names.figures();
    }

    private static CpuSet watchedCore(final GatewayConfig config) {
        return config.receive().idle() == ReceiveConfig.Idle.SPIN
                ? CpuSet.of(config.placement().receiveCore().stream().toArray()) : CpuSet.of();
    }

    private static IdleStrategy idle(final GatewayConfig config) {
        return switch (config.receive().idle()) {
            case SPIN -> BusySpinIdleStrategy.INSTANCE;
            case YIELD -> YieldingIdleStrategy.INSTANCE;
            case BACKOFF -> new BackoffIdleStrategy();
        };
    }

    private void start() {
        memoryLock.run();
        placement.begin();
        endpoint.start(publisher.published());
        AgentRunner.startOnThread(status);
        recoveries.start();
        // Netty keeps its thread-locals in fields of such a thread; on any other it allocates at every write.
        AgentRunner.startOnThread(receive, FastThreadLocalThread::new);
    }

    @Override
    public void close() {
        notice.ifPresent(manager -> manager.say("STOPPING=1"));
        endpoint.close();
        membership.leave();
        receive.close();
        recoveries.close();
        if (journal != null) {
            journal.close(stop.reason());
        }
        status.close();
        if (begun) {
            unheard.get().forEach(LOG::warn);
            LOG.info("{}", summary.get());
        }
    }
}
