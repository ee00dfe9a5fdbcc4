package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.bench.rfc2544.Machine;
import io.tickbridge.gateway.bench.rfc2544.Report;
import io.tickbridge.gateway.bench.rfc2544.ReportJson;
import io.tickbridge.gateway.bench.rfc2544.ReportPage;
import io.tickbridge.gateway.bench.rfc2544.ReportText;
import io.tickbridge.gateway.bench.rfc2544.Settings;
import io.tickbridge.gateway.bench.rfc2544.SizeBenchmark;
import io.tickbridge.gateway.bench.rfc2544.SizeResult;
import io.tickbridge.gateway.bench.rfc2544.SourceResult;
import io.tickbridge.gateway.bench.rfc2544.WireDevice;
import io.tickbridge.gateway.bench.wire.FrameSender;
import io.tickbridge.gateway.bench.wire.ReceiveSource;
import io.tickbridge.gateway.bench.wire.TestFrame;
import io.tickbridge.gateway.bench.wire.VethPair;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.placement.Cores;
import io.tickbridge.gateway.placement.SystemTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** RFC 2544 between two interfaces, every source in the same run. */
@Command(name = "rfc2544", mixinStandardHelpOptions = true,
        description = "Throughput, latency, frame loss and back-to-back frames of RFC 2544, section 26, between two interfaces: "
                + "kernel UDP beside each bypass source. Takes root.")
final class Rfc2544Command implements Callable<Integer> {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long SETTLE = 200_000_000; // ns; on one machine nothing is longer on its way
    private static final int MAX_SECONDS = 600;

    @Spec
    private CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Wire wire;

    @Option(names = "--sources", split = ",", defaultValue = "udp", paramLabel = "SOURCE",
            description = "What receives, in this order (default ${DEFAULT-VALUE}).")
    private List<String> sources;

    @Option(names = "--sizes", split = ",", defaultValue = "64,128,256,512,1024,1280,1518", paramLabel = "BYTES",
            description = "Frame sizes, check sequence counted (default ${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--seconds", defaultValue = "1", description = "Length of a trial (default ${DEFAULT-VALUE}; the RFC asks for 60).")
    private double seconds;

    @Option(names = "--resolution", defaultValue = "1", paramLabel = "PERCENT",
            description = "Where a search ends, percent of the highest rate (default ${DEFAULT-VALUE}).")
    private double resolution;

    @Option(names = "--verify-loss", defaultValue = "1", paramLabel = "TIMES",
            description = "How often a trial with loss is repeated while searching for the throughput (default ${DEFAULT-VALUE}).")
    private int verifications;

    @Option(names = "--loads", split = ",", defaultValue = "100,50", paramLabel = "PERCENT",
            description = "Percent of the throughput at which latency is measured (default ${DEFAULT-VALUE}).")
    private List<Integer> loads;

    @Option(names = "--bursts", defaultValue = "3", paramLabel = "TIMES",
            description = "Searches for the longest burst (default ${DEFAULT-VALUE}; the RFC asks for 50).")
    private int bursts;

    @Option(names = "--receiver-core", defaultValue = "-1", description = "Where the source is polled (default: the last core).")
    private int receiverCore;

    @Option(names = "--sender-core", defaultValue = "-1", description = "Where frames are sent from (default: the core before that).")
    private int senderCore;

    @Option(names = "--json", paramLabel = "FILE", description = "Everything measured, as JSON.")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Tables and charts, as one page that needs no network.")
    private Path html;

    /** Which two interfaces. */
    private static final class Wire {
        @Option(names = "--veth", required = true, description = "Between two virtual interfaces, made for this run.")
        private boolean veth;

        @ArgGroup(exclusive = false)
        private Ends ends;
    }

    /** Two interfaces that are there. */
    private static final class Ends {
        @Option(names = "--from", required = true, paramLabel = "INTERFACE", description = "Where frames are sent.")
        private String from;

        @Option(names = "--to", required = true, paramLabel = "INTERFACE", description = "Where they are received.")
        private String to;
    }

    @Override
    public Integer call() throws Exception {
        final Settings settings = settings();
        final List<ReceiveSource> wanted = sources.stream().map(this::source).toList();
        if (wire.ends != null) {
            run(wire.ends.from, wire.ends.to, wanted, settings);
        } else {
            try (VethPair pair = VethPair.create()) {
                run(pair.from(), pair.to(), wanted, settings);
            }
        }
        return 0;
    }

    private Settings settings() {
        check(seconds > 0 && seconds <= MAX_SECONDS, "--seconds", seconds, "above 0, up to " + MAX_SECONDS);
        check(resolution >= 0.01 && resolution <= 50, "--resolution", resolution, "0.01 to 50");
        check(verifications >= 0 && verifications <= 100, "--verify-loss", verifications, "0 to 100");
        check(bursts >= 1 && bursts <= 1000, "--bursts", bursts, "1 to 1000");
        sizes.forEach(size -> check(size >= TestFrame.SMALLEST && size <= TestFrame.LARGEST, "--sizes", size,
                TestFrame.SMALLEST + " to " + TestFrame.LARGEST));
        loads.forEach(load -> check(load >= 1 && load <= 100, "--loads", load, "1 to 100"));
        final List<Integer> cores = new Cores(SystemTree.MACHINE).allowed();
        final int receiver = receiverCore >= 0 ? receiverCore : cores.get(cores.size() - 1);
        final int sender = senderCore >= 0 ? senderCore : cores.get(Math.max(0, cores.size() - 2));
        check(cores.contains(receiver), "--receiver-core", receiver, cores.toString());
        check(cores.contains(sender), "--sender-core", sender, cores.toString());
        check(sender != receiver, "--sender-core", sender, "another than that of the receiver; this takes two cores");
        return new Settings(List.copyOf(sizes), (long) (seconds * NANOS_PER_SECOND), resolution / 100, verifications,
                List.copyOf(loads), bursts, SETTLE, receiver, sender);
    }

    private void check(final boolean holds, final String option, final Object found, final String allowed) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + ": found " + found + ", allowed: " + allowed);
        }
    }

    private ReceiveSource source(final String name) {
        try {
            return ReceiveSource.named(name);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--sources: " + e.getMessage(), e);
        }
    }

    private void run(final String from, final String to, final List<ReceiveSource> wanted, final Settings settings)
            throws IOException {
        final Machine before = Machine.now();
        final List<SourceResult> results = new ArrayList<>();
        // The sender's thread is started from this one and moves itself; everything else of this process stays where it is.
        new Cores(SystemTree.MACHINE).pin(List.of(settings.receiverCore()));
        try (FrameSender sender = FrameSender.open(from)) {
            for (final ReceiveSource source : wanted) {
                results.add(measure(source, to, sender, settings));
            }
        }
        if (results.stream().allMatch(result -> result.results().isEmpty())) {
            throw new IllegalStateException("no source could be opened: " + results.get(0).what());
        }
        final Report report = new Report(from, to, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                "tickbridge " + String.join(" ", spec.commandLine().getParseResult().originalArgs()),
                before.later(), settings, results);
        final PrintWriter out = spec.commandLine().getOut();
        ReportText.of(report).forEach(out::println);
        final String text = JsonText.of(ReportJson.of(report));
        if (json != null) {
            Files.writeString(json, text + '\n');
        }
        if (html != null) {
            Files.writeString(html, ReportPage.of(text));
        }
    }

    private SourceResult measure(
            final ReceiveSource wanted, final String to, final FrameSender sender, final Settings settings) {
        final PrintWriter progress = spec.commandLine().getErr();
        try (PacketSource source = wanted.open(to);
                WireDevice device = new WireDevice(source, sender, settings.senderCore(), settings.settleNanos())) {
            final SizeBenchmark benchmark = new SizeBenchmark(device, settings);
            benchmark.warmUp();
            final List<SizeResult> results = new ArrayList<>();
            for (final int size : settings.frameSizes()) {
                results.add(benchmark.run(size));
                progress.println(wanted.label() + ", " + size + " bytes: done");
                progress.flush();
            }
            return new SourceResult(wanted.label(), source.describe(), device.strays(), results);
        } catch (final CaptureException e) {
            progress.println(wanted.label() + ": left out: " + e.getMessage());
            progress.flush();
            return new SourceResult(wanted.label(), "left out: " + e.getMessage(), 0, List.of());
        }
    }
}
