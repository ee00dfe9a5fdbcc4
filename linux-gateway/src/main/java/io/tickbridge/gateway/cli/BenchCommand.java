package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.bench.Figure;
import io.tickbridge.gateway.bench.PipelineBench;
import io.tickbridge.gateway.inspect.CaptureWalk;
import io.tickbridge.gateway.inspect.FeedKind;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Benchmarks, each beside a baseline taken in the same invocation. */
@Command(name = "bench", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        subcommands = Rfc2544Command.class,
        description = "Benchmarks, each beside a baseline taken in the same invocation.")
final class BenchCommand {
    /** Where the yardstick lies in a working copy with shared data beside it. */
    private static final String YARDSTICK = "../shared/bench/mdp3_walk.c";

    @Spec
    private CommandSpec spec;

    @Command(name = "pipeline", mixinStandardHelpOptions = true,
            description = "What a packet of a CME capture costs: into books, and all the way to signals.")
    int pipeline(
            @Option(names = "--capture", required = true, paramLabel = "FILE", description = "A CME MDP 3.0 capture.")
            final Path capture,
            @Option(names = "--baseline", paramLabel = "FILE",
                    description = "C source of the yardstick (default: " + YARDSTICK + " beside the repository, if there).")
            final Path baseline,
            @Option(names = "--seconds", defaultValue = "3", description = "For each figure (default ${DEFAULT-VALUE}).")
            final int seconds,
            @Option(names = "--json", description = "One JSON object a line.") final boolean json) throws Exception {
        if (seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds: found " + seconds + ", allowed: 1 or more");
        }
        // Figures of a file of another kind would look like figures.
        new CaptureWalk(capture, FeedKind.CME.feed()).run((channel, line, buffer, offset, length, time) -> { });
        final Path beside = Path.of(System.getProperty("tickbridge.root", "."), YARDSTICK);
        final Path yardstick = baseline != null ? baseline : Files.exists(beside) ? beside : null;
        final PrintWriter out = spec.commandLine().getOut();
        if (yardstick == null) {
            spec.commandLine().getErr().println("no baseline: " + YARDSTICK + " is not there; name one with --baseline");
        }
        final List<Figure> figures = new PipelineBench(capture, seconds).run(yardstick);
        if (!json) {
            out.println("# " + capture + ", Java " + Runtime.version());
            out.println("# figure\tvalue\tunit\tbaseline\tratio");
        }
        figures.forEach(figure -> out.println(json ? JsonText.of(asMap(figure)) : figure.text()));
        return 0;
    }

    private static Map<String, Object> asMap(final Figure figure) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", figure.name());
        map.put("value", figure.value());
        map.put("unit", figure.unit());
        if (!Double.isNaN(figure.baseline())) {
            map.put("baseline", figure.baseline());
            map.put("ratio", figure.ratio());
        }
        return map;
    }
}
