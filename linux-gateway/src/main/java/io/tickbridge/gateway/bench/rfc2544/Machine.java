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
     * This machine, before anything is measured or moved to a core.
     *
     * @return what it is
     */
    public static Machine now() {
        final double load = load();
        return new Machine(cpuName(), Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"),
                Runtime.version().toString(), load, load);
    }

    /**
     * The same machine when all is measured.
     *
     * @return with what ran meanwhile
     */
    public Machine later() {
        return new Machine(cpu, cores, kernel, java, loadBefore, load());
    }

    private static double load() {
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
