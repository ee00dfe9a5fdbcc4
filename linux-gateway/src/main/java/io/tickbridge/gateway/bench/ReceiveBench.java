package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.bench.wire.Cores;
import io.tickbridge.gateway.bench.wire.Flood;
import io.tickbridge.gateway.bench.wire.ReceiveSource;
import io.tickbridge.gateway.bench.wire.VethPair;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.PacketSource;
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

    private final Path capture;
    private final int burst;
    private final int seconds;
    private final Consumer<String> notes;
    private final List<Integer> allowed = Cores.allowed();

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
        Cores.pin(List.of(pollCore));
        final List<Figure> figures = new ArrayList<>();
        if (sources.stream().allMatch(name -> name.equals("net_null") || name.equals("net_pcap"))) {
            measure(sources, "none", null, figures);
        } else {
            try (VethPair pair = VethPair.create()) {
                measure(sources, pair.to(), pair.from(), figures);
            }
        }
        figures.add(new Figure("load average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "runnable threads", Double.NaN));
        return figures;
    }

    private void measure(final List<String> sources, final String to, final String from, final List<Figure> figures)
            throws IOException, InterruptedException {
        for (final ReceiveCase wanted : cases(to)) {
            if (sources.contains(wanted.name())) {
                try {
                    figures.addAll(measure(wanted, to, from));
                } catch (final CaptureException e) {
                    notes.accept(wanted.name() + ": left out: " + e.getMessage());
                }
            }
        }
    }

    private List<ReceiveCase> cases(final String to) {
        final List<ReceiveCase> cases = new ArrayList<>();
        cases.add(dpdk("net_null", "net_null0,size=64", FEW_BUFFERS, false));
        if (capture != null) {
            cases.add(dpdk("net_pcap", "net_pcap0,rx_pcap=" + capture.toAbsolutePath() + ",infinite_rx=1", MANY_BUFFERS, false));
        }
        final String packet = "net_af_packet0,iface=" + to;
        final String xdp = "net_af_xdp0,iface=" + to + ",start_queue=0,queue_count=1";
        cases.add(dpdk("net_af_packet", packet, FEW_BUFFERS, true));
        cases.add(dpdk("net_af_xdp", xdp, FEW_BUFFERS, true));
        cases.add(new ReceiveCase("afxdp", "{source: afxdp}", xdp, FEW_BUFFERS, true));
        cases.add(new ReceiveCase("udp", "{source: udp}", packet, FEW_BUFFERS, true));
        return cases;
    }

    private static ReceiveCase dpdk(final String name, final String device, final int buffers, final boolean isFlooded) {
        return new ReceiveCase(name, "{source: dpdk, dpdk: {device: \"" + device + "\", huge-pages: HUGE, steering: false}}",
                device, buffers, isFlooded);
    }

    private List<Figure> measure(final ReceiveCase wanted, final String to, final String from)
            throws IOException, InterruptedException {
        final boolean huge = freeHugePages() >= ENOUGH_HUGE_PAGES;
        final String memory = huge ? "huge pages" : "no huge pages";
        try (Flood flood = wanted.isFlooded() ? Flood.start(from, allowed.get(0)) : null) {
            final TestPmd before = testPmd(wanted, huge);
            final PolledRate ours;
            final String description;
            try (PacketSource source = ReceiveSource.open(wanted.capture().replace("HUGE", huge ? "auto" : "never"), to)) {
                ours = PolledRate.measure(source, burst, NANOS_PER_SECOND, seconds * NANOS_PER_SECOND);
                description = source.describe();
            }
            final TestPmd after = testPmd(wanted, huge);
            if (flood != null) {
                flood.requireUndisturbed();
            }
            notes.accept(wanted.name() + ": " + description + "; " + memory);
            final TestPmd baseline = before == null ? new TestPmd(Double.NaN, Double.NaN) : TestPmd.better(before, after);
            final double cycles = TscRate.cyclesPerNano();
            return List.of(
                    new Figure(wanted.name(), ours.perSecond(), "frames/s", baseline.perSecond()),
                    new Figure(wanted.name() + ", processor time alone", ours.perCpuSecond(), "frames/s", baseline.perCpuSecond()),
                    new Figure(wanted.name() + ", poll to handler", NANOS_PER_SECOND * cycles / ours.perCpuSecond(),
                            "TSC cycles/frame", Double.NaN),
                    new Figure(wanted.name() + ", call to entry", ours.entry() * cycles, "TSC cycles, mean over a burst",
                            Double.NaN),
                    new Figure(wanted.name() + ", burst", ours.burst(), "frames/poll", Double.NaN),
                    new Figure(wanted.name() + ", allocated", ours.allocated(), "bytes/frame", Double.NaN));
        }
    }

    private TestPmd testPmd(final ReceiveCase wanted, final boolean huge) throws IOException, InterruptedException {
        if (!TestPmd.isInstalled()) {
            notes.accept("no baseline: " + TestPmd.PROGRAM + " is not installed; apt-get install dpdk-dev");
            return null;
        }
        return TestPmd.run(wanted, burst, huge, new int[] {allowed.get(0), allowed.get(allowed.size() - 1)}, seconds);
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
