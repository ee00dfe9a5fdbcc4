package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.link.LinkCounter;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.gateway.link.SignalDescription;
import io.tickbridge.gateway.ops.CountersFile;
import io.tickbridge.gateway.ops.LatencyFigures;
import io.tickbridge.gateway.ops.StatusPublisher;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
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

    private final EpochNanoClock clock = new SystemEpochNanoClock();
    private final StopRequest stop;
    private final Journal journal;
    private final AgentRunner receive;
    private final AgentRunner status;

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
            throw new ConfigException(List.of(file + ": link.enabled: found false; --wait-for-add-on needs the link"));
        }
        final StopRequest stop = StopRequest.byTermination();
        try {
            try (Gateway gateway = new Gateway(config, text, version, waitForAddOn, stop)) {
                gateway.start();
                stop.await();
            }
            LOG.info("stopped: {}", stop.reason());
        } finally {
            stop.completed();
        }
        if (stop.failure() != null) {
            throw new IllegalStateException("the gateway stopped: " + stop.failure().getMessage(), stop.failure());
        }
    }

    private Gateway(
            final GatewayConfig config, final String text, final String version, final boolean waitForAddOn,
            final StopRequest stop) throws IOException {
        this.stop = stop;
        final boolean live = config.capture().source() != CaptureConfig.Source.PCAP;
        final LatencyFigures figures = new LatencyFigures();
        final SignalLatency latency = live ? new SignalLatency(clock, figures) : null;
        // Built once without outputs: a configuration that cannot be built must not leave a run in the journal.
        final List<SignalDescription> rules = new Pipeline(config, FrameRecorder.NONE, List.of(), List.of()).rules()
                .stream().map(rule -> new SignalDescription(rule.number(), rule.kind(), rule.parameters())).toList();
        final LinkServer link = config.link().enabled()
                ? new LinkServer(config.link(), config.name(), rules, clock) : null;
        journal = config.journal().enabled()
                ? Journal.open(config.journal(), RunStarted.of(config.name(), version, text, clock.nanoTime()), !live) : null;
        final List<SignalListener> signals = new ArrayList<>();
        final List<BookListener> books = new ArrayList<>();
        if (link != null) {
            signals.add(link);
            books.add(link);
        }
        if (journal != null) {
            signals.add(journal.recorder());
        }
        if (latency != null) {
            signals.add(latency);
        }
        final FrameRecorder recorder = journal == null ? FrameRecorder.NONE : journal.recorder()::onFrame;
        final Pipeline pipeline = new Pipeline(config, recorder, signals, books);
        final BooleanSupplier gate = waitForAddOn ? () -> link.counts().get(LinkCounter.LOGONS) > 0 : () -> true;
        final ReceiveAgent agent = new ReceiveAgent(
                () -> SourceFactory.open(config, clock), pipeline, link, latency, gate, stop, config.receive().burstLimit());
        receive = new AgentRunner(idle(config), stop::failed, null, agent);
        status = new AgentRunner(new SleepingMillisIdleStrategy(STATUS_PERIOD),
                failure -> LOG.error("cannot publish counters", failure), null,
                status(config, agent, pipeline, link, figures));
    }

    private StatusPublisher status(
            final GatewayConfig config, final ReceiveAgent agent, final Pipeline pipeline, final LinkServer link,
            final LatencyFigures figures) {
        final StatusPublisher publisher = new StatusPublisher(CountersFile.create(config.countersFile()), clock);
        final GatewayStatus names = new GatewayStatus(publisher);
        names.addReceive(agent);
        names.addPipeline(config, pipeline);
        names.addLatency(figures);
        if (journal != null) {
            names.addJournal(journal);
        }
        if (link != null) {
            names.addLink(link);
        }
        return publisher;
    }

    private static IdleStrategy idle(final GatewayConfig config) {
        return switch (config.receive().idle()) {
            case SPIN -> BusySpinIdleStrategy.INSTANCE;
            case YIELD -> YieldingIdleStrategy.INSTANCE;
            case BACKOFF -> new BackoffIdleStrategy();
        };
    }

    private void start() {
        AgentRunner.startOnThread(status);
        AgentRunner.startOnThread(receive);
    }

    @Override
    public void close() {
        receive.close();
        if (journal != null) {
            journal.close(stop.reason());
        }
        status.close();
    }
}
