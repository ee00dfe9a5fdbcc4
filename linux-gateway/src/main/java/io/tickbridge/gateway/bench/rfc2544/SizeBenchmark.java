package io.tickbridge.gateway.bench.rfc2544;

import io.tickbridge.gateway.bench.wire.Load;
import java.util.ArrayList;
import java.util.List;

/** Measures everything about one frame size, in the order in which each step needs the one before. */
public final class SizeBenchmark {
    private static final int FLOODS = 2;
    private static final int PERCENT = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Device device;
    private final Settings settings;

    /**
     * A benchmark.
     *
     * @param device   what is measured
     * @param settings how
     */
    public SizeBenchmark(final Device device, final Settings settings) {
        this.device = device;
        this.settings = settings;
    }

    /** Sends until the virtual machine has compiled what runs. */
    public void warmUp() {
        final int size = settings.frameSizes().get(0);
        final Trial flood = device.run(Load.flood(size, settings.trialNanos()));
        device.run(Load.paced(size, flood.sent().framesPerSecond() / 2, settings.trialNanos()));
    }

    /**
     * Measures.
     *
     * @param frameSize bytes, with check sequence
     * @return what was found
     */
    public SizeResult run(final int frameSize) {
        double highest = 0;
        for (int i = 0; i < FLOODS; i++) {
            highest = Math.max(highest, device.run(Load.flood(frameSize, settings.trialNanos())).sent().framesPerSecond());
        }
        final Throughput throughput = new ThroughputSearch(
                device, settings.trialNanos(), settings.resolution(), settings.verifications()).run(frameSize, highest);
        final List<Latency> latencies = new ArrayList<>();
        if (throughput.framesPerSecond() > 0) {
            for (final int load : settings.loads()) {
                final double rate = throughput.framesPerSecond() * load / PERCENT;
                latencies.add(Latency.of(load, device.run(Load.paced(frameSize, rate, settings.trialNanos()))));
            }
        }
        final List<LossPoint> losses = LossCurve.run(device, frameSize, highest, settings.trialNanos());
        final int longestBurst = (int) Math.max(1, highest * settings.trialNanos() / NANOS_PER_SECOND);
        final BackToBack backToBack =
                new BackToBackSearch(device, settings.resolution(), settings.bursts()).run(frameSize, longestBurst);
        return new SizeResult(frameSize, highest, throughput, latencies, losses, backToBack);
    }
}
