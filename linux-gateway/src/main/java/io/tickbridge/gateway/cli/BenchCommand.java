package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.bench.BooksBench;
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
        description = "Benchmarks, each beside a baseline taken in the same invocation.")
final class BenchCommand {
    /** Where the yardstick lies in a working copy with shared data beside it. */
    private static final String YARDSTICK = "../shared/bench/mdp3_walk.c";

    private static final String ITCH_YARDSTICK = "linux-gateway/src/main/c/bench/itch_books.c";

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

    @Command(name = "books", mixinStandardHelpOptions = true,
            description = {"What a Nasdaq TotalView-ITCH 5.0 message costs, from packet to followed order.",
                "Measured at several numbers of instruments and of live orders. The days are made by chance from a seed and "
                        + "take up to 1 GB of disk."})
    int books(
            @Option(names = "--messages", defaultValue = "5000000", paramLabel = "N",
                    description = "Messages of a day that are timed (default ${DEFAULT-VALUE}).")
            final int messages,
            @Option(names = "--orders", defaultValue = "10000000", paramLabel = "N",
                    description = "Live orders of the largest market (default ${DEFAULT-VALUE}).")
            final int orders,
            @Option(names = "--rounds", defaultValue = "3", paramLabel = "N",
                    description = "Days played for each figure; the median counts (default ${DEFAULT-VALUE}).")
            final int rounds,
            @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Of the days (default ${DEFAULT-VALUE}).")
            final long seed,
            @Option(names = "--baseline", paramLabel = "FILE",
                    description = "C source of the yardstick (default: " + ITCH_YARDSTICK + ", if there).")
            final Path baseline,
            @Option(names = "--json", description = "One JSON object a line.") final boolean json) throws Exception {
        checkRange("--messages", messages, 1000, 20_000_000);
        checkRange("--orders", orders, 1000, 16_000_000);
        checkRange("--rounds", rounds, 1, 100);
        final Path beside = Path.of(System.getProperty("tickbridge.root", "."), ITCH_YARDSTICK);
        final Path yardstick = baseline != null ? baseline : Files.exists(beside) ? beside : null;
        if (yardstick == null) {
            spec.commandLine().getErr().println("no baseline: " + ITCH_YARDSTICK + " is not there; name one with --baseline");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final List<Figure> figures = new BooksBench(messages, rounds, seed).run(yardstick, orders);
        if (!json) {
            out.println("# " + messages + " messages, seed " + seed + ", Java " + Runtime.version());
            out.println("# figure\tvalue\tunit\tbaseline\tratio");
        }
        figures.forEach(figure -> out.println(json ? JsonText.of(asMap(figure)) : figure.text()));
        return 0;
    }

    private void checkRange(final String option, final int value, final int lowest, final int highest) {
        if (value < lowest || value > highest) {
            throw new ParameterException(
                    spec.commandLine(), option + ": found " + value + ", allowed: " + lowest + " to " + highest);
        }
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
