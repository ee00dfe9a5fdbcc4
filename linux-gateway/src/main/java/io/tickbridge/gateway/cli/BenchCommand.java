package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.bench.BooksBench;
import io.tickbridge.gateway.bench.Figure;
import io.tickbridge.gateway.bench.FullPathBench;
import io.tickbridge.gateway.bench.JournalBench;
import io.tickbridge.gateway.bench.LinkBench;
import io.tickbridge.gateway.bench.PipelineBench;
import io.tickbridge.gateway.bench.ReceiveBench;
import io.tickbridge.gateway.bench.ReplayBench;
import io.tickbridge.gateway.config.Transport;
import io.tickbridge.gateway.inspect.CaptureWalk;
import io.tickbridge.gateway.inspect.FeedKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

    private static final String ITCH_YARDSTICK = "linux-gateway/src/main/c/bench/itch_books.c";

    private static final String LINK_YARDSTICK = "linux-gateway/src/main/c/bench/link_ping.c";

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

    @Command(name = "link", mixinStandardHelpOptions = true,
            description = "A signal out and the report of an order back, through the add-on core under Mono, beside a ping-pong in "
                    + "C: plain, under TLS, and over each transport.")
    int link(
            @Option(names = "--console", paramLabel = "FILE", defaultValue = "ninjatrader-addon/target/tickbridge-console.exe",
                    description = "Default: ${DEFAULT-VALUE} below the repository.") final Path console,
            @Option(names = "--transport", split = ",", paramLabel = "TRANSPORT", defaultValue = "epoll,nio,io-uring",
                    description = "The first is measured sealed, under TLS, and as a gateway polls it too (default ${DEFAULT-VALUE}).") final List<String> transports,
            @Option(names = "--count", defaultValue = "20000", description = "Round trips in each round (default ${DEFAULT-VALUE}).")
            final int count,
            @Option(names = "--json", description = "One JSON object a line.") final boolean json) throws Exception {
        check(count >= 1000, "--count", count, "1000 or more");
        final Path root = Path.of(System.getProperty("tickbridge.root", "."));
        final Path program = root.resolve(console);
        if (!Files.exists(program)) {
            throw new IOException(program + " is not there; make it with: ninjatrader-addon/build.sh compile");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final List<Transport> wanted = transports.stream()
                .map(name -> Transport.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'))).toList();
        final List<Figure> figures = new LinkBench(program, root.resolve(LINK_YARDSTICK), count).run(wanted);
        if (!json) {
            out.println("# Java " + Runtime.version());
            out.println("# figure\tvalue\tunit\tbaseline\tratio");
        }
        figures.forEach(figure -> out.println(json ? JsonText.of(asMap(figure)) : figure.text()));
        return 0;
    }

    @Command(name = "receive", mixinStandardHelpOptions = true,
            description = "Frames a second that each source hands to Java, each frame's EtherType read, beside dpdk-testpmd on the "
                    + "same device. Takes root and makes network interfaces of its own, but for net_null and net_pcap.")
    int receive(
            @Option(names = "--source", split = ",", paramLabel = "SOURCE",
                    description = "Several with commas: net_null, net_pcap, net_af_packet, net_af_xdp, afxdp, udp (default: all, net_pcap "
                            + "only with --capture).")
            final List<String> wanted,
            @Option(names = "--capture", paramLabel = "FILE", description = "What net_pcap plays again and again; not compressed.") final Path capture,
            @Option(names = "--burst", defaultValue = "64", description = "Frames a poll, here and there (default ${DEFAULT-VALUE}).")
            final int burst,
            @Option(names = "--seconds", defaultValue = "3", description = "For each figure (default ${DEFAULT-VALUE}).")
            final int seconds,
            @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as JSON, besides.") final Path json) throws Exception {
        check(seconds >= 1, "--seconds", seconds, "1 or more");
        check(burst >= 1 && burst <= 512, "--burst", burst, "1 to 512, which is testpmd's most");
        final List<String> sources = wanted == null ? ReceiveBench.SOURCES : wanted;
        for (final String source : sources) {
            check(ReceiveBench.SOURCES.contains(source), "--source", source, ReceiveBench.names());
        }
        check(capture != null || wanted == null || !wanted.contains("net_pcap"), "--capture", "none", "a file, for net_pcap");
        final PrintWriter notes = spec.commandLine().getErr();
        return show("receive", "Java " + Runtime.version(), new ReceiveBench(capture, burst, seconds, line -> {
            notes.println(line);
            notes.flush();
        }).run(sources), json);
    }

    @Command(name = "full-path", mixinStandardHelpOptions = true,
            description = "Frames polled from DPDK's net_pcap, decoded, kept in books and shown to all rules, on one core: packets a "
                    + "second, without a journal and with one. Fails when a loop of the capture did not do the full work.")
    int fullPath(
            @Option(names = "--capture", required = true, paramLabel = "FILE", description = "A CME MDP 3.0 capture, not compressed.")
            final Path capture,
            @Option(names = "--journal", split = ",", paramLabel = "DIRECTORY",
                    description = "Measure with a journal there, too. It takes about 1 GB for each second.") final List<Path> journals,
            @Option(names = "--goal", defaultValue = "5000000", paramLabel = "PACKETS",
                    description = "Packets a second to compare with (default ${DEFAULT-VALUE}).") final double goal,
            @Option(names = "--burst", defaultValue = "64", description = "Frames a poll (default ${DEFAULT-VALUE}).") final int burst,
            @Option(names = "--seconds", defaultValue = "3", description = "For each figure (default ${DEFAULT-VALUE}).")
            final int seconds,
            @Option(names = "--json", paramLabel = "FILE", description = "The figures as JSON.") final Path json) throws Exception {
        check(seconds >= 1, "--seconds", seconds, "1 or more");
        check(burst >= 1 && burst <= 4096, "--burst", burst, "1 to 4096");
        check(goal > 0, "--goal", goal, "above 0");
        new CaptureWalk(capture, FeedKind.CME.feed()).run((channel, line, buffer, offset, length, time) -> { });
        return show("full-path", capture + ", Java " + Runtime.version(),
                new FullPathBench(capture, burst, seconds).run(journals == null ? List.of() : journals, goal), json);
    }

    @Command(name = "journal", mixinStandardHelpOptions = true,
            description = "What journalling a frame costs at several rates, and how many a second it takes at most, beside a plain append "
                    + "of the same bytes to a Chronicle queue. Takes about 0.3 GB for each second at a million frames of 200 bytes.")
    int journal(
            @Option(names = "--directory", required = true, paramLabel = "DIRECTORY", description = "Journals are made there, and removed.")
            final Path directory,
            @Option(names = "--rate", split = ",", defaultValue = "100000,500000,1000000", paramLabel = "N",
                    description = "Frames a second, several with commas (default ${DEFAULT-VALUE}).") final List<Integer> rates,
            @Option(names = "--length", defaultValue = "200", paramLabel = "BYTES", description = "Of each frame (default ${DEFAULT-VALUE}).")
            final int length,
            @Option(names = "--seconds", defaultValue = "3", description = "For each figure (default ${DEFAULT-VALUE}).")
            final int seconds,
            @Option(names = "--json", paramLabel = "FILE", description = "The figures as JSON.") final Path json) throws IOException {
        check(seconds >= 1 && seconds <= 60, "--seconds", seconds, "1 to 60");
        check(length >= 64 && length <= 9000, "--length", length, "64 to 9000");
        for (final int rate : rates) {
            check(rate >= 1 && rate <= 20_000_000, "--rate", rate, "1 to 20000000");
        }
        return show("journal", "frames of " + length + " bytes, Java " + Runtime.version(),
                new JournalBench(directory, length, seconds).run(rates), json);
    }

    @Command(name = "replay", mixinStandardHelpOptions = true,
            description = {"How many frames a second `replay --verify` takes, decoding included: journals captures played again and "
                + "again, all rules on, and runs the journal again. Fails when a signal differs.",
                "Ten million frames of 170 bytes take about 2.5 GB of disk, which are freed again."})
    int replay(
            @Option(names = "--capture", required = true, split = ",", paramLabel = "FILE",
                    description = "CME MDP 3.0 captures, of a session or of the simulator; a run of the journal each.") final List<Path> captures,
            @Option(names = "--directory", required = true, paramLabel = "DIRECTORY",
                    description = "The journal is made in one of its own there, and removed.") final Path directory,
            @Option(names = "--frames", defaultValue = "10000000", paramLabel = "N",
                    description = "At least so many are journalled (default ${DEFAULT-VALUE}).") final long frames,
            @Option(names = "--json", paramLabel = "FILE", description = "The figures as JSON.") final Path json) throws Exception {
        check(frames >= 1 && frames <= 1_000_000_000, "--frames", frames, "1 to 1000000000");
        for (final Path capture : captures) {
            new CaptureWalk(capture, FeedKind.CME.feed()).run((channel, line, buffer, offset, length, time) -> { });
        }
        return show("replay", captures + ", Java " + Runtime.version(), new ReplayBench(directory, captures, frames).run(), json);
    }

    private void check(final boolean holds, final String option, final Object found, final String allowed) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + ": found " + found + ", allowed: " + allowed);
        }
    }

    private int show(final String name, final String what, final List<Figure> figures, final Path json) throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        out.println("# " + what);
        out.println("# figure\tvalue\tunit\tbaseline\tratio");
        figures.forEach(figure -> out.println(figure.text()));
        if (json != null) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("format", "tickbridge-" + name);
            map.put("version", 1);
            map.put("what", what);
            map.put("figures", figures.stream().map(BenchCommand::asMap).toList());
            Files.writeString(json, JsonText.of(map) + '\n');
        }
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
