package io.tickbridge.gateway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * DPDK's own test program, which polls a device in C and looks at no frame: run now, on this machine.
 *
 * @param perSecond    frames a second
 * @param perCpuSecond frames a second of processor time that its polling thread had
 */
record TestPmd(double perSecond, double perCpuSecond) {
    static final String PROGRAM = "dpdk-testpmd";

    private static final Pattern RECEIVED = Pattern.compile("RX-packets:\\s+(\\d+)");
    private static final int FIRST_LOOKS = 2; // that count as warming up
    private static final long PATIENCE = 20; // seconds until it has stopped
    private static final double NANOS_PER_SECOND = 1e9;

    /** A look at its counter. */
    private record Look(long frames, long nanos, long cpuNanos) {
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, PROGRAM)));
    }

    /** The better of two, or the one that there is: what else the machine did counts against the one that is compared with it. */
    static TestPmd better(final TestPmd one, final TestPmd other) {
        if (Double.isNaN(one.perSecond) || Double.isNaN(other.perSecond)) {
            return Double.isNaN(one.perSecond) ? other : one;
        }
        return new TestPmd(Math.max(one.perSecond, other.perSecond), Math.max(one.perCpuSecond, other.perCpuSecond));
    }

    /**
     * Runs it.
     *
     * @param wanted    what to poll
     * @param burst     most frames a poll
     * @param hugePages whether its memory lies on huge pages
     * @param cores     for its control, and for polling
     * @param seconds   how long it is looked at
     */
    static TestPmd run(final ReceiveCase wanted, final int burst, final boolean hugePages, final int[] cores, final int seconds)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(PROGRAM, "-l", cores[0] + "," + cores[1],
                "--main-lcore", Integer.toString(cores[0]), "--no-pci", "--no-telemetry"));
        command.addAll(hugePages ? List.of("--in-memory", "--huge-unlink=always", "-m", "112")
                : List.of("--no-huge", "--no-shconf", "-m", "512"));
        command.addAll(List.of("--vdev=" + wanted.device(), "--", "--forward-mode=rxonly", "--auto-start", "--no-flush-rx",
                "--stats-period=1", "--burst=" + burst, "--total-num-mbufs=" + wanted.buffers()));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        final Process process = builder.start();
        final StringBuilder said = new StringBuilder();
        final List<Look> looks = new ArrayList<>();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line; looks.size() < FIRST_LOOKS + seconds && (line = lines.readLine()) != null;) {
                said.append(line.strip()).append('\n');
                final Matcher received = RECEIVED.matcher(line);
                if (received.find()) {
                    looks.add(new Look(Long.parseLong(received.group(1)), System.nanoTime(), cpuNanos(process.pid(), cores[1])));
                }
            }
            process.toHandle().destroy(); // SIGTERM, on which it stops its ports; its output stays open
            lines.transferTo(java.io.Writer.nullWriter());
        } finally {
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        if (looks.size() < FIRST_LOOKS + seconds) {
            throw new IOException(String.join(" ", command) + " failed: "
                    + said.toString().strip().replace("\n", "; "));
        }
        final Look first = looks.get(FIRST_LOOKS - 1);
        final Look last = looks.get(looks.size() - 1);
        final double frames = last.frames - first.frames;
        return new TestPmd(frames * NANOS_PER_SECOND / (last.nanos - first.nanos),
                frames * NANOS_PER_SECOND / Math.max(1, last.cpuNanos - first.cpuNanos));
    }

    /** Processor time of the thread that polls, which is the one named after that core; ns. */
    private static long cpuNanos(final long process, final int core) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process), "task"))) {
            for (final Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).strip().endsWith("-worker-" + core)) {
                    // Linux, Documentation/scheduler/sched-stats: time on the processor, time waiting, slices.
                    return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
                }
            }
        }
        throw new IOException(PROGRAM + " has no thread for core " + core);
    }
}
