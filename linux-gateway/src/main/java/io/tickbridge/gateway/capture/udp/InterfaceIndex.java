package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.capture.CaptureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kernel's number of a network interface that must be there. */
public final class InterfaceIndex {
    /** One line each, after two lines of headings, of the asking thread's network namespace (proc_pid_net(5)). */
    private static final Path INTERFACES = Path.of("/proc/thread-self/net/dev");

    private InterfaceIndex() {
    }

    /**
     * Looks it up, in the network namespace of the thread that asks.
     *
     * @param name as the kernel shows it, for example {@code eth0}
     * @return its number
     * @throws CaptureException when there is no such interface; says which there are
     */
    public static int of(final String name) {
        return NetworkLink.indexOf(name)
                .orElseThrow(() -> new CaptureException("no such interface; there are " + names(), null));
    }

    private static String names() {
        try (Stream<String> lines = Files.lines(INTERFACES)) {
            return lines.skip(2).map(line -> line.substring(0, line.indexOf(':')).trim()).sorted()
                    .collect(Collectors.joining(", "));
        } catch (final IOException | RuntimeException e) {
            return "none that can be listed: " + e.getMessage();
        }
    }
}
