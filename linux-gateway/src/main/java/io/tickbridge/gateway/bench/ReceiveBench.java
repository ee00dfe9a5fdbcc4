package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.bench.wire.Flood;
import io.tickbridge.gateway.bench.wire.ReceiveSource;
import io.tickbridge.gateway.bench.wire.VethPair;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.burst.BurstSource;
import io.tickbridge.gateway.placement.Cores;
import io.tickbridge.gateway.placement.SystemTree;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How fast each source is polled from Java, each frame's EtherType read and the frame given back, beside testpmd on the
 * same device in the same invocation: before and after, and the better counts.
 */
public final class ReceiveBench {
    /** Sources there are. */
    public static final List<String> SOURCES =
            List.of("net_null", "net_pcap", "net_af_packet", "net_af_xdp", "afxdp", "udp");

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int FEW_BUFFERS = 16_384;
    private static final int MANY_BUFFERS = 32_768; // net_pcap keeps one a packet of its file
    private static final int ENOUGH_HUGE_PAGES = 64; // of 2 MB, for testpmd; the gateway's own process asks again

    private static final int ATTEMPTS = 4;
    private static final long BETWEEN_ATTEMPTS = 1_000; // ms
    private static final TestPmd NONE = new TestPmd(Double.NaN, Double.NaN);

    private final Path capture;
    private final int burst;
    private final int seconds;
    private final Consumer<String> notes;
    private final List<Integer> allowed = new Cores(SystemTree.MACHINE).allowed();

    /**
     * A benchmark.
     *
     * @param capture file for net_pcap; null leaves that out
     * @param burst   most frames a poll, here and there
     * @param seconds for each figure
     * @param notes   told what is left out, and why
     */
    public ReceiveBench(final Path capture, final int burst, final int seconds, final Consumer<String> notes) {
        this.capture = capture;
        this.burst = burst;
        this.seconds = seconds;
        this.notes = notes;
    }

    /**
     * Measures. Leaves the calling thread on the last core that it may use.
     *
     * @param sources names out of {@link #SOURCES}
     * @return the figures, in order
     * @throws IOException          when an interface cannot be made, or testpmd fails
     * @throws InterruptedException when waiting for another program is interrupted
     */
    public List<Figure> run(final List<String> sources) throws IOException, InterruptedException {
        final int pollCore = allowed.get(allowed.size() - 1);
        new Cores(SystemTree.MACHINE).pin(List.of(pollCore));
        final List<Figure> figures = new ArrayList<>();
        for (final String name : sources) {
            if (name.equals("net_pcap") && capture == null) {
                notes.accept(name + ": left out: name a file with --capture");
                continue;
            }
            try {
                figures.addAll(measure(name));
            } catch (final CaptureException e) {
                notes.accept(name + ": left out: " + e.getMessage());
            }
        }
        figures.add(new Figure("load average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "runnable threads", Double.NaN));
        return figures;
    }

    /** A source on an interface; of no use to those that make their frames themselves. */
    private ReceiveCase wanted(final String name, final String to) {
        final String packet = "net_af_packet0,iface=" + to;
        final String xdp = "net_af_xdp0,iface=" + to + ",start_queue=0,queue_count=1";
        return switch (name) {
            case "net_null" -> dpdk(name, "net_null0,size=64", FEW_BUFFERS, false);
            case "net_pcap" -> dpdk(name, "net_pcap0,rx_pcap=" + capture.toAbsolutePath() + ",infinite_rx=1", MANY_BUFFERS, false);
            case "net_af_packet" -> dpdk(name, packet, FEW_BUFFERS, true);
            case "net_af_xdp" -> dpdk(name, xdp, FEW_BUFFERS, true);
            case "afxdp" -> new ReceiveCase(name, "{source: afxdp}", xdp, FEW_BUFFERS, true);
            case "udp" -> new ReceiveCase(name, "{source: udp}", packet, FEW_BUFFERS, true);
            default -> throw new IllegalArgumentException("found source " + name + ", allowed: " + names());
        };
    }

    private static ReceiveCase dpdk(final String name, final String device, final int buffers, final boolean isFlooded) {
        return new ReceiveCase(name, "{source: dpdk, dpdk: {device: \"" + device + "\", huge-pages: HUGE, steering: false}}",
                device, buffers, isFlooded);
    }

    /** What was measured of one source; cycles are null where the counter cannot be read. */
    private record Polled(PolledRate rate, PollCycles cycles) {
    }

    /** What is done to a case, while frames come. */
    @FunctionalInterface
    private interface Step<T> {
        T run(ReceiveCase wanted, String to) throws IOException, InterruptedException;
    }

    /** Each step has a pair of interfaces of its own: the kernel may take its time to take a queue back from the last. */
    private <T> T onWire(final String name, final Step<T> step) throws IOException, InterruptedException {
        if (!wanted(name, "none").isFlooded()) {
            return step.run(wanted(name, "none"), "none");
        }
        try (VethPair pair = VethPair.create(); Flood flood = Flood.start(pair.from(), allowed.get(0))) {
            final T result = step.run(wanted(name, pair.to()), pair.to());
            flood.requireUndisturbed();
            return result;
        }
    }

    private List<Figure> measure(final String name) throws IOException, InterruptedException {
        final boolean huge = freeHugePages() >= ENOUGH_HUGE_PAGES;
        final TestPmd before = onWire(name, (wanted, to) -> testPmd(wanted, huge));
        final Polled ours = onWire(name, (wanted, to) -> {
            try (PacketSource source = ReceiveSource.open(wanted.capture().replace("HUGE", huge ? "auto" : "never"), to)) {
                notes.accept(name + ": " + source.describe() + (huge ? "; huge pages" : "; no huge pages"));
                final PolledRate rate = PolledRate.measure(source, burst, NANOS_PER_SECOND, seconds * NANOS_PER_SECOND);
                return new Polled(rate, source instanceof BurstSource bursts ? PollCycles.measure(bursts, burst) : null);
            }
        });
        final TestPmd baseline = TestPmd.better(before, onWire(name, (wanted, to) -> testPmd(wanted, huge)));
        final List<Figure> figures = new ArrayList<>();
        final PolledRate rate = ours.rate();
        figures.add(new Figure(name, rate.perSecond(), "frames/s", baseline.perSecond()));
        if (!wanted(name, "none").isFlooded()) {
            // Where frames must be waited for, a thread's time is that of its waiting.
            figures.add(new Figure(name + ", processor time alone", rate.perCpuSecond(), "frames/s", baseline.perCpuSecond()));
        }
        if (ours.cycles() != null) {
            figures.add(new Figure(name + ", poll and handler, a frame of a burst", ours.cycles().frame(), "TSC cycles", Double.NaN));
            figures.add(new Figure(name + ", poll to first frame in handler", ours.cycles().firstFrame(), "TSC cycles", Double.NaN));
        }
        figures.add(new Figure(name + ", burst", rate.burst(), "frames/poll", Double.NaN));
        figures.add(new Figure(name + ", allocated", rate.allocated(), "bytes/frame", Double.NaN));
        return figures;
    }

    private TestPmd testPmd(final ReceiveCase wanted, final boolean huge) throws IOException, InterruptedException {
        if (!TestPmd.isInstalled()) {
            notes.accept("no baseline: " + TestPmd.PROGRAM + " is not installed; apt-get install dpdk-dev");
            return NONE;
        }
        final int[] cores = {allowed.get(0), allowed.get(allowed.size() - 1)};
        for (int attempt = 1;; attempt++) {
            try {
                return TestPmd.run(wanted, burst, huge, cores, seconds);
            } catch (final IOException e) {
                // The kernel takes its time to take a queue back from whoever had it before.
                if (attempt == ATTEMPTS) {
                    notes.accept(wanted.name() + ": no baseline: " + e.getMessage());
                    return NONE;
                }
                Thread.sleep(BETWEEN_ATTEMPTS);
            }
        }
    }

    private static int freeHugePages() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream().filter(line -> line.startsWith("HugePages_Free:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).mapToInt(Integer::parseInt).findFirst().orElse(0);
    }

    /**
     * Names of all sources, for messages.
     *
     * @return separated by commas
     */
    public static String names() {
        return SOURCES.stream().collect(Collectors.joining(", "));
    }
}
