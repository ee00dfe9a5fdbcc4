package io.tickbridge.gateway.bench.rfc2544;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where it was measured, and what else ran.
 *
 * @param cpu        as the kernel names it
 * @param cores      that this process may use
 * @param kernel     version
 * @param java       version
 * @param loadBefore runnable threads in the minute before
 * @param loadAfter  the same, when all was measured
 */
public record Machine(String cpu, int cores, String kernel, String java, double loadBefore, double loadAfter) {

    /**
     * This machine.
     *
     * @param loadBefore from {@link #load()}, when measuring began
     * @return what it is
     */
    public static Machine now(final double loadBefore) {
        return new Machine(cpuName(), Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"),
                Runtime.version().toString(), loadBefore, load());
    }

    /**
     * What runs besides.
     *
     * @return runnable threads in the last minute
     */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String cpuName() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(System.getProperty("os.arch"));
        } catch (final IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
