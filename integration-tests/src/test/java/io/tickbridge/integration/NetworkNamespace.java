package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network of its own for one test: a namespace with loopback and a veth pair, the wire's two ends. What is sent into
 * {@link #WIRE} comes out of {@link #NIC}. Needs root; the test is skipped, saying so, without it.
 */
final class NetworkNamespace implements AutoCloseable {
    static final String WIRE = "wire0";
    static final String NIC = "nic0";

    private final String name = "tickbridge-" + ProcessHandle.current().pid();
    private final Path directory;

    private NetworkNamespace(final Path directory) {
        this.directory = directory;
    }

    static NetworkNamespace create(final Path directory) throws IOException, InterruptedException {
        final NetworkNamespace namespace = new NetworkNamespace(directory);
        final boolean made = attempt(directory, List.of("ip", "netns", "add", namespace.name));
        assumeTrue(made, "skipped: network namespaces need root and iproute2");
        namespace.must("ip", "link", "set", "lo", "up");
        namespace.must("ip", "link", "add", WIRE, "type", "veth", "peer", "name", NIC);
        namespace.must("ip", "address", "add", "192.168.77.2/24", "dev", NIC);
        namespace.must("ip", "link", "set", WIRE, "up");
        namespace.must("ip", "link", "set", NIC, "up");
        // The exchange's sender addresses have no route here; the kernel would drop their packets as spoofed.
        namespace.must("sysctl", "-q", "-w", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf." + NIC + ".rp_filter=0");
        return namespace;
    }

    /** A command, as it must be called to run inside. */
    List<String> inside(final List<String> command) {
        final List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(command);
        return all;
    }

    Launcher.Result run(final String... command) throws IOException, InterruptedException {
        return Launcher.run(directory, Map.of(), inside(List.of(command)));
    }

    private void must(final String... command) throws IOException, InterruptedException {
        final Launcher.Result result = run(command);
        assertEquals(0, result.exit(), () -> String.join(" ", command) + ": " + result.err());
    }

    private static boolean attempt(final Path directory, final List<String> command) throws InterruptedException {
        try {
            return Launcher.run(directory, Map.of(), command).exit() == 0;
        } catch (final IOException e) {
            return false; // the program is not installed
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Launcher.run(directory, Map.of(), List.of("ip", "netns", "delete", name));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
