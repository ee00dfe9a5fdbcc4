package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network of its own for one test: a namespace with loopback and a veth pair, the wire's two ends. What is sent into
 * {@link #WIRE} comes out of {@link #NIC}. Needs root and iproute2.
 */
final class NetworkNamespace implements AutoCloseable {
    static final String WIRE = "wire0";
    static final String NIC = "nic0";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "tickbridge-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    private final Path directory;

    private NetworkNamespace(final Path directory) {
        this.directory = directory;
    }

    static NetworkNamespace create(final Path directory) throws IOException, InterruptedException {
        Requirement.root();
        Requirement.program("ip");
        Requirement.program("sysctl");
        final NetworkNamespace namespace = new NetworkNamespace(directory);
        final Launcher.Result made = Launcher.run(directory, Map.of(), List.of("ip", "netns", "add", namespace.name));
        // A container's root may lack the right.
        Requirement.is(made.exit() == 0, "the right to make network namespaces: " + made.err());
        try {
            namespace.setUp();
        } catch (final IOException | InterruptedException | RuntimeException | Error e) {
            namespace.close();
            throw e;
        }
        return namespace;
    }

    private void setUp() throws IOException, InterruptedException {
        must("ip", "link", "set", "lo", "up");
        setUpWire();
    }

    /** Makes the veth pair, at first or after it was removed. */
    void setUpWire() throws IOException, InterruptedException {
        must("ip", "link", "add", WIRE, "type", "veth", "peer", "name", NIC);
        must("ip", "address", "add", "192.168.77.2/24", "dev", NIC);
        // The kernel's own neighbour discovery would come in among what is sent. Some kernels have none.
        run("sysctl", "-q", "-w", "net.ipv6.conf." + WIRE + ".disable_ipv6=1", "net.ipv6.conf." + NIC + ".disable_ipv6=1");
        must("ip", "link", "set", WIRE, "up");
        must("ip", "link", "set", NIC, "up");
        // The exchange's sender addresses have no route here; the kernel would drop their packets as spoofed.
        must("sysctl", "-q", "-w", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf." + NIC + ".rp_filter=0");
    }

    /** What `ip netns` calls it. */
    String name() {
        return name;
    }

    /** Gives the sending end away, so that what is sent from there has to cross the wire. */
    void moveWireTo(final NetworkNamespace other, final String newName) throws IOException, InterruptedException {
        must("ip", "link", "set", WIRE, "netns", other.name, "name", newName);
    }

    /** A command, as it must be called to run inside. */
    List<String> inside(final List<String> command) {
        final List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(command);
        return all;
    }

    /** A file as it reads inside, which matters under /proc/net. */
    String read(final String file) {
        try {
            final Launcher.Result result = run("cat", file);
            assertEquals(0, result.exit(), result::err);
            return result.out();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * How many packets have come to the kernel's own IP stack so far (RFC 4293, ipSystemStatsInReceives), past the queue of
     * each processor, which holds 1,000 and drops what comes on top. XDP programs redirect theirs before it.
     */
    long packetsOfTheKernel() {
        final List<String[]> lines = read("/proc/net/snmp").lines()
                .filter(line -> line.startsWith("Ip:")).map(line -> line.split(" ")).toList();
        return Long.parseLong(lines.get(1)[Arrays.asList(lines.get(0)).indexOf("InReceives")]);
    }

    /** How many packets found no room between the wire's ends, as its sending end counts them: the twelfth figure. */
    long droppedByTheWire() {
        return read("/proc/net/dev").lines().map(String::strip).filter(line -> line.startsWith(WIRE + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(WIRE.length() + 1).strip().split(" +")[11])).sum();
    }

    Launcher.Result run(final String... command) throws IOException, InterruptedException {
        return Launcher.run(directory, Map.of(), inside(List.of(command)));
    }

    /** A command that must succeed. */
    void must(final String... command) throws IOException, InterruptedException {
        final Launcher.Result result = run(command);
        assertEquals(0, result.exit(), () -> String.join(" ", command) + ": " + result.err());
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
