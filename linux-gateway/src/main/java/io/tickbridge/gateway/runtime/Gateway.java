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
import io.tickbridge.gateway.config.ReceiveConfig;
import io.tickbridge.gateway.config.UnusedSettings;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.link.LinkCounter;
import io.tickbridge.gateway.link.LinkJournal;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.gateway.link.SignalDescription;
import io.tickbridge.gateway.ops.LatencyFigures;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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
            try (Gateway gateway = new Gateway(config, ConfigReader.selfContained(text, config), version, waitForAddOn, stop)) {
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

    private Gateway(
            final GatewayConfig config, final String text, final String version, final boolean waitForAddOn,
            final StopRequest stop) throws IOException {
        this.stop = stop;
        checkMachine(config);
        final boolean live = config.capture().source() != CaptureConfig.Source.PCAP;
        final List<SignalDescription> rules = rules(config);
        final LatencyFigures figures = new LatencyFigures();
        final SignalLatency latency = live ? new SignalLatency(clock, figures) : null;
        journal = config.journal().enabled() ? Journal.prepare(config.journal(), !live) : null;
        final LinkJournal linkJournal = journal == null ? LinkJournal.NONE : new JournalledLink(journal);
        final LinkServer link = config.link().enabled()
                ? new LinkServer(config.link(), config.name(), rules, clock, linkJournal) : null;
        // A file's silence is the recording's, and without a link there is nobody to tell.
        final List<SilenceWatch> watches = live && link != null ? watches(config, link) : List.of();
        placement = new ThreadPlacement(config.placement(), config.journal().enabled(), SystemTree.MACHINE);
        membership = new GroupMembership(config, clock);
        memoryLock = () -> lockMemory(config, live);
        final FrameRecorder recording = journal == null ? FrameRecorder.NONE : journal.recorder()::onFrame;
        final FrameRecorder recorder = watches.isEmpty()
                ? recording : new SilenceEnd(recording, watchOfGroup(config, watches));
        final List<BookListener> books = Stream.<BookListener>concat(Stream.ofNullable(link), watches.stream()).toList();
        recoveries = new Recoveries(config, live, clock);
        final Pipeline pipeline = new Pipeline(
                config, recorder, signalListeners(link, latency), books, membership.otherProtocols(), recoveries::watch);
        final BooleanSupplier gate = waitForAddOn ? () -> link.counts().get(LinkCounter.LOGONS) > 0 : () -> true;
        final ReceiveAgent agent = new ReceiveAgent(() -> recoveries.behind(open(config)),
                () -> begin(config, version, text), pipeline, link, latency, gate, stop, config.receive().burstLimit(), watches, clock);
        receive = new AgentRunner(idle(config), stop::failed, null, agent);
        summary = () -> new RunSummary(config, agent.source(), pipeline, journal);
        // A live line that is not heard is told of while it is not.
        unheard = () -> live ? List.of() : UnheardLines.of(config, pipeline);
        status = new AgentRunner(new SleepingMillisIdleStrategy(STATUS_PERIOD),
                failure -> LOG.error("cannot publish counters", failure), null,
                new DynamicCompositeAgent("status", membership,
                        publisher(config, status(agent, config, pipeline, link, figures, watches))));
    }

    /** What this machine lacks of what is configured: said, or, where it was required, refused. */
    private static void checkMachine(final GatewayConfig config) {
        final PlacementCheck check = new PlacementCheck(SystemTree.MACHINE, config);
        final List<String> refusals = check.lines(memory(config), true);
        if (!refusals.isEmpty()) {
            throw new ConfigException(refusals);
        }
        check.lines(memory(config), false).forEach(LOG::warn);
        UnusedSettings.notes(config).forEach(LOG::info);
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
                .map(rule -> new SignalDescription(rule.number(), rule.kind(), rule.parameters())).toList();
    }

    private static List<SilenceWatch> watches(final GatewayConfig config, final LinkServer link) {
        return IntStream.range(0, config.feeds().size()).mapToObj(feed -> new SilenceWatch(
                config.feeds().get(feed).name(), feed, config.feeds().get(feed).staleAfter(), link)).toList();
    }

    private static List<SilenceWatch> watchOfGroup(final GatewayConfig config, final List<SilenceWatch> watches) {
        return Stream.concat(
                IntStream.range(0, watches.size()).boxed()
                        .flatMap(feed -> config.feeds().get(feed).lines().stream().map(line -> watches.get(feed))),
                RecoveryLine.feeds(config).stream().map(watches::get)).toList();
    }

    /** The link first: it is what someone waits for. */
    private List<SignalListener> signalListeners(final LinkServer link, final SignalLatency latency) {
        return Stream.<SignalListener>of(link, journal == null ? null : journal.recorder(), latency)
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
        try {
            return new StatusPublisher(config.countersFile(), figures, clock, SystemEpochNanoClock.INSTANCE);
        } catch (final UncheckedIOException e) {
            if (journal != null) {
                journal.close("not started");
            }
            throw e;
        }
    }

    private StatusFigures status(
            final ReceiveAgent agent, final GatewayConfig config, final Pipeline pipeline, final LinkServer link,
            final LatencyFigures figures, final List<SilenceWatch> watches) {
        final GatewayStatus names = new GatewayStatus();
        names.addReceive(agent);
        names.addPipeline(config, pipeline);
        names.addLatency(figures);
        watches.forEach(names::addSilence);
        recoveries.byFeed().forEach((feed, recovery) -> names.addRecovery(config.feeds().get(feed).name(), recovery));
        if (journal != null) {
            names.addJournal(journal);
        }
        if (link != null) {
            names.addLink(link);
        }
        if (config.capture().source() != CaptureConfig.Source.PCAP) {
            names.addLineWatches(config, pipeline, agent::isReceiving, clock);
        }
        names.addCarrierWatches(config);
        if (membership.isNeeded()) {
            names.addMembership(membership.counts());
        }
        names.addPlacement(new PlacementWatch(placement, watchedCore(config), SystemTree.MACHINE, LOG::warn), clock);
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
        AgentRunner.startOnThread(status);
        recoveries.start();
        // Netty keeps its thread-locals in fields of such a thread; on any other it allocates at every write.
        AgentRunner.startOnThread(receive, FastThreadLocalThread::new);
    }

    @Override
    public void close() {
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
