package io.tickbridge.gateway.bench.rfc2544;

import java.util.ArrayList;
import java.util.List;

/** A report of simulated devices: deterministic, and of every kind of figure. */
public final class SampleReport {
    private SampleReport() {
    }

    /** Two sources, one bounded by the sender, and one that could not be opened. */
    public static Report make() {
        final Settings settings = new Settings(List.of(64, 512, 1518), 20_000_000L, 0.01, 1, List.of(100, 50), 2, 0, 1, 0);
        final List<SourceResult> sources = new ArrayList<>();
        sources.add(source("udp", new SimulatedDevice(345_678, 500, 1_234_567), settings));
        sources.add(source("afxdp", new SimulatedDevice(9_000_000, 2_048, 1_111_111), settings));
        sources.add(new SourceResult("efvi", "left out: </script><script>alert(1)</script> & <!-- \"no\" card", 0, List.of()));
        return new Report("wire0", "nic0", "2026-11-22T20:00:00Z", "tickbridge bench rfc2544 --veth",
                new Machine("A <CPU>", 2, "6.1", "17", 0.5, 1.25), settings, sources);
    }

    private static SourceResult source(final String name, final Device device, final Settings settings) {
        final SizeBenchmark benchmark = new SizeBenchmark(device, settings);
        return new SourceResult(name, name + " on nic0", 3, settings.frameSizes().stream().map(benchmark::run).toList());
    }
}
