package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.replay.PipelineReplay;
import io.tickbridge.gateway.replay.ReplaySummary;
import io.tickbridge.gateway.replay.ReplayVerifier;
import io.tickbridge.gateway.replay.VerificationReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Summarises a journal, and proves it. */
@Command(name = "replay", mixinStandardHelpOptions = true,
        description = {"Summarises a journal; the exit code is 1 when something is missing from it or damaged.",
            "With --verify it runs the pipeline again over the journalled frames and compares the signals byte for byte; the "
                    + "exit code is 1, and the first difference is shown, when they are not equal."})
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal's directory.")
    private Path journal;

    @Option(names = "--verify", description = "Run the pipeline again and compare.")
    private boolean verify;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final ReplaySummary summary = ReplaySummary.of(journal);
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
