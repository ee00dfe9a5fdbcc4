package io.tickbridge.gateway.bench.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two virtual interfaces joined by a wire, made for one benchmark and removed after it, however the process ends short of
 * kill -9. Needs root and iproute2.
 *
 * <p>IPv6 is off and nothing is routed over them, so that hardly a frame is on the wire but the benchmark's own. The
 * receiving end has an address out of the test range of RFC 2544, which the kernel wants before it believes senders.
 */
public final class VethPair implements AutoCloseable {
    private static final String RECEIVER_ADDRESS = "198.18.0.2/30";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String from;
    private final String to;
    private final Thread atExit = new Thread(this::remove, "veth-removal");

    private VethPair(final String stem) {
        this.from = stem + "a";
        this.to = stem + "b";
    }

    /**
     * Makes a pair.
     *
     * @return the pair, both ends up
     * @throws IOException          when it cannot be made
     * @throws InterruptedException when waiting for it is interrupted
     */
    public static VethPair create() throws IOException, InterruptedException {
        // Names have room for 15 bytes.
        final VethPair pair = new VethPair("tb" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX) + "x"
                + COUNT.incrementAndGet());
        ip("link", "add", pair.from, "type", "veth", "peer", "name", pair.to);
        Runtime.getRuntime().addShutdownHook(pair.atExit);
        try {
            for (final String end : List.of(pair.from, pair.to)) {
                quieten(Path.of("/proc/sys/net/ipv6/conf", end, "disable_ipv6"), "1");
                quieten(Path.of("/proc/sys/net/ipv4/conf", end, "rp_filter"), "0");
            }
            ip("address", "add", RECEIVER_ADDRESS, "dev", pair.to);
            ip("link", "set", pair.from, "up");
            ip("link", "set", pair.to, "up");
            return pair;
        } catch (final IOException | InterruptedException | RuntimeException e) {
            pair.close();
            throw e;
        }
    }

    /**
     * The end to send from.
     *
     * @return name of the interface
     */
    public String from() {
        return from;
    }

    /**
     * The end to receive on.
     *
     * @return name of the interface
     */
    public String to() {
        return to;
    }

    private static void quieten(final Path setting, final String value) throws IOException {
        if (Files.isWritable(setting)) {
            Files.writeString(setting, value);
        }
    }

    private static void ip(final String... arguments) throws IOException, InterruptedException {
        final String[] command = new String[arguments.length + 1];
        command[0] = "ip";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        final Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (final IOException e) {
            throw new IOException("a pair of virtual interfaces needs the program `ip`: apt-get install iproute2", e);
        }
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("cannot make a pair of virtual interfaces (root is needed): "
                    + String.join(" ", command) + ": " + text);
        }
    }

    private void remove() {
        try {
            ip("link", "delete", from);
        } catch (final IOException e) {
            // It is gone already: somebody else removed it.
            return;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (final IllegalStateException e) {
            return; // the process is ending, and the hook removes the pair
        }
        remove();
    }
}
