package io.tickbridge.gateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How fast the processor's time stamp counter counts. */
final class TscRate {
    private TscRate() {
    }

    /**
     * As the kernel knows it: where the counter is constant, its "bogomips" are twice its MHz, for both come from one
     * calibration (Linux, arch/x86: loops_per_jiffy is set from tsc_khz).
     *
     * @return cycles a ns; NaN where the counter is not constant or not known
     */
    static double cyclesPerNano() throws IOException {
        return of(Files.readAllLines(Path.of("/proc/cpuinfo")));
    }

    /** The same, from the text of that file. */
    static double of(final List<String> cpuinfo) {
        final boolean isConstant = cpuinfo.stream()
                .anyMatch(line -> line.startsWith("flags") && List.of(line.split("\\s+")).contains("constant_tsc"));
        return !isConstant ? Double.NaN : cpuinfo.stream().filter(line -> line.startsWith("bogomips")).findFirst()
                .map(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1).strip()) / 2 / 1000).orElse(Double.NaN);
    }
}
