package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.replay.LinkRehearsal;
import io.tickbridge.gateway.replay.MulticastReplay;
import io.tickbridge.gateway.replay.Pace;
import io.tickbridge.gateway.replay.PipelineReplay;
import io.tickbridge.gateway.replay.RangeProbe;
import io.tickbridge.gateway.replay.RecordRange;
import io.tickbridge.gateway.replay.ReplayPipelineFactory;
import io.tickbridge.gateway.replay.ReplaySummary;
import io.tickbridge.gateway.replay.ReplayVerifier;
import io.tickbridge.gateway.replay.SignalBodies;
import io.tickbridge.gateway.replay.SignalList;
import io.tickbridge.gateway.replay.VerificationReport;
import io.tickbridge.gateway.replay.WhatIf;
import io.tickbridge.gateway.replay.WhatIfChange;
import io.tickbridge.gateway.replay.WhatIfReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.OffsetEpochNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Summarises a journal, and proves it. */
@Command(name = "replay", mixinStandardHelpOptions = true,
        description = {"Summarises a journal; the exit code is 1 when something is missing from it or damaged.",
            "With --what-if, --to-multicast or --to-addon it plays the journal to something else.",
            "With --verify it runs the pipeline again over the journalled frames and compares the signals byte for byte; the "
                    + "exit code is 1, and the first difference is shown, when they are not equal."})
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal's directory.")
    private Path journal;

    @Option(names = "--verify", description = "Run the pipeline again and compare.")
    private boolean verify;

    @Option(names = "--signals", description = {"Print every signal instead, one a line, tab separated: journal index, exchange's time in UTC, rule, "
        + "symbol, side, value with its unit, best prices, then the fields as they were sent.",
        "Of a run that is still going on, those journalled so far."})
    private boolean signals;

    @Option(names = "--from", paramLabel = "TIME|INDEX", description = {"First record: a time such as 2026-11-22T14:30:00.5Z, or a "
        + "journal index such as 0x50b100000000. With --what-if and --to-addon the frames before it are gone through all the same, "
        + "for the books."})
    private String from;

    @Option(names = "--to", paramLabel = "TIME|INDEX", description = "Last record, in the same way.")
    private String to;

    @Option(names = {"--what-if", "--config"}, paramLabel = "OTHER.yaml", description = {"Run the same frames through other settings "
        + "and print what changes: each signal that only the record has (-), that only they give (+), or that says something else "
        + "(both), then the sum for each rule. The exit code is 1 when a gap or damage makes the comparison inexact."})
    private Path whatIf;

    @Option(names = "--bodies", paramLabel = "FILE", description = {"With --what-if: write all signals that the other settings give, those "
        + "that do not change too and whatever the range: 64 bytes in hexadecimal, one a line, as the add-on's console does with those it receives."})
    private Path bodies;

    @Option(names = "--to-multicast", paramLabel = "INTERFACE", description = {"Send the journalled datagrams again, out of this "
        + "network interface, to the groups and ports that they came from."})
    private String multicast;

    @Option(names = "--ttl", defaultValue = "0", paramLabel = "N",
            description = "Routers that these datagrams may pass, and one; 0 keeps them on this machine (default ${DEFAULT-VALUE}).")
    private int timeToLive;

    @Option(names = "--to-addon", paramLabel = "LINK.yaml", description = {"Play a run to an add-on: listens as a gateway does with the "
        + "link of this configuration file and sends the journal's signals, quotes and book states. The gateway's name begins with "
        + "REPLAY. Use it with an account that is simulated: to the add-on these signals are new."})
    private Path addOn;

    @Option(names = "--pace", converter = PaceOption.class, paramLabel = "max|FACTOR|step",
            description = {"For --to-multicast and --to-addon: as fast as it goes, so many times as fast as recorded, or step by step: "
                + "Enter for a frame, a number for as many, s for all up to the next signal, q for the end; each frame and signal is shown. As recorded when "
                + "it is not said."})
    private PaceOption.Choice pace;

    @Option(names = "--json", description = "One JSON object; with --what-if it has every difference too.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final RecordRange range = range();
        final boolean isSummary = !signals && whatIf == null && multicast == null && addOn == null;
        final RangeProbe.Wanted wanted = isSummary ? RangeProbe.Wanted.ANY : RangeProbe.Wanted.FRAMES_AND_SIGNALS;
        if (!RecordRange.ALL.equals(range) && !RangeProbe.finds(journal, range, wanted)) {
            throw new ParameterException(spec.commandLine(), "--from, --to: no record of " + journal + " lies between; it holds "
                    + RangeProbe.span(journal, wanted));
        }
        if (signals) {
            SignalList.print(journal, range, out::println);
            out.flush();
            return 0;
        }
        if (whatIf != null) {
            return compare(range, out);
        }
        if (multicast != null) {
            final MulticastReplay.Result result = MulticastReplay.run(journal, multicast, timeToLive, range, pace());
            out.println("datagrams sent " + result.sent() + ", frames that are none " + result.skipped());
            out.flush();
            return 0;
        }
        if (addOn != null) {
            final GatewayConfig config = ConfigReader.read(addOn);
            final long sent = LinkRehearsal.run(journal, config.link(), range, pace(), new OffsetEpochNanoClock(), line -> {
                out.println(line);
                out.flush();
            });
            out.println("signals sent " + sent);
            out.flush();
            return 0;
        }
        return summarise(range, out);
    }

    private Pace pace() {
        final PrintWriter out = spec.commandLine().getOut();
        return pace == null ? Pace.recorded(1, System::nanoTime) : pace.with(text -> {
            out.print(text);
            out.flush(); // a prompt has no end of line
        });
    }

    private RecordRange range() {
        final long modes = Stream.of(verify, signals, whatIf != null, multicast != null, addOn != null).filter(chosen -> chosen).count();
        if (modes > 1) {
            throw new ParameterException(spec.commandLine(),
                    "--verify, --signals, --what-if, --to-multicast and --to-addon: found " + modes + " of them, allowed: one");
        }
        if (pace != null && multicast == null && addOn == null) {
            throw new ParameterException(spec.commandLine(), "--pace: nothing is played, so there is no pace: name --to-multicast or --to-addon");
        }
        if (bodies != null && whatIf == null) {
            throw new ParameterException(spec.commandLine(), "--bodies: nothing gives them: name --what-if");
        }
        if (verify && (from != null || to != null)) {
            throw new ParameterException(spec.commandLine(), "--from, --to: not allowed with --verify, which needs a run from its start");
        }
        try {
            return RecordRange.parse(from, to);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--from, --to: " + e.getMessage(), e);
        }
    }

    private int compare(final RecordRange range, final PrintWriter out) throws IOException {
        final String text = ConfigReader.text(whatIf);
        final GatewayConfig other = ConfigReader.parse(text, whatIf.toAbsolutePath().getParent(), whatIf.toString());
        final String configuration = ConfigReader.selfContained(text, other);
        if (bodies != null) {
            OutputPlace.require("--bodies", bodies);
        }
        final ReplayPipelineFactory pipelines = (settings, listener) -> {
            try {
                return PipelineReplay.create(settings, listener);
            } catch (final RuntimeException e) {
                // Signal rules check their own parameters; in which line of which file they stand is known to this check.
                Pipeline.check(other);
                throw e;
            }
        };
        final AtomicLong changes = new AtomicLong();
        final String begin = "{\"changes\":[";
        final Consumer<WhatIfChange> told = json
                ? change -> out.print((changes.getAndIncrement() == 0 ? begin : ",\n") + JsonText.of(change.toMap()))
                : change -> out.println(change.toText());
        final WhatIfReport report;
        if (bodies == null) {
            report = WhatIf.run(journal, configuration, pipelines, range, told, (body, offset, receiveTime) -> { });
        } else {
            try (SignalBodies file = SignalBodies.into(bodies)) {
                report = WhatIf.run(journal, configuration, pipelines, range, told, file);
            }
        }
        // Differences may be millions: they go out as they come, within the one object.
        out.print(json ? (changes.get() == 0 ? begin : "") + "],\n" + JsonText.of(report.toMap()).substring(1) + '\n' : report.toText());
        out.flush();
        return report.doubts().isEmpty() ? 0 : 1;
    }

    private int summarise(final RecordRange range, final PrintWriter out) {
        final ReplaySummary summary = ReplaySummary.of(journal, range);
        final VerificationReport report = verify ? ReplayVerifier.verify(journal, PipelineReplay::create) : null;
        if (json) {
            final Map<String, Object> all = new LinkedHashMap<>();
            all.put("frames", summary.frames());
            all.put("signals", summary.signals());
            all.put("summary", summary.toMap());
            if (report != null) {
                all.put("verification", report.toMap());
            }
            out.println(JsonText.of(all));
        } else {
            out.print(summary.toText());
            if (report != null) {
                out.print(report.toText());
            }
        }
        out.flush();
        return (report == null ? summary.isComplete() : report.isEqual()) ? 0 : 1;
    }
}
