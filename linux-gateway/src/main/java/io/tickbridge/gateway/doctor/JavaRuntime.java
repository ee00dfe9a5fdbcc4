package io.tickbridge.gateway.doctor;

import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The virtual machine that a gateway gets: the launcher starts this command with the same one and the same flags.
 *
 * @param feature   its major version
 * @param text      version and maker in words
 * @param arguments flags it was started with
 */
public record JavaRuntime(int feature, String text, List<String> arguments) {

    /**
     * This one.
     *
     * @return its facts
     */
    public static JavaRuntime current() {
        return new JavaRuntime(Runtime.version().feature(),
                System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + ")",
                ManagementFactory.getRuntimeMXBean().getInputArguments());
    }
}
