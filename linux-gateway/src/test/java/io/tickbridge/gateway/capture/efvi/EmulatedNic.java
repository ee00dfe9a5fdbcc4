package io.tickbridge.gateway.capture.efvi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.capture.burst.Backend;
import io.tickbridge.gateway.capture.burst.BurstSettings;
import io.tickbridge.gateway.capture.burst.BurstSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.concurrent.EpochNanoClock;

/**
 * A veth pair of one's own, one end of which the emulated ef_vi takes for a Solarflare NIC; what that NIC is like stands in
 * its alias, see {@code emulator.h}. Frames that are played into the other end arrive there.
 */
final class EmulatedNic implements AutoCloseable {
    private static final Path MODULE = Path.of(System.getProperty("tickbridge.root", "..")).resolve("linux-gateway");
    private static final long PATIENCE_NS = 30_000_000_000L;
    private static final long POLL_NS = 1_000_000;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "tbe" + ProcessHandle.current().pid() + 'n' + COUNT.incrementAndGet();
    private final String wire = name.replace('n', 'w');
    private final Path directory;

    EmulatedNic(final Path directory, final String alias) {
        Requirement.root();
        Requirement.program("gcc");
        Requirement.program("ip");
        Requirement.program("tcpreplay");
        this.directory = directory;
        final Outcome made = run(Map.of(), "ip", "link", "add", name, "mtu", "9000", "type", "veth", "peer", "name", wire, "mtu",
                "9000");
        Requirement.is(made.status == 0, "the right to make network interfaces: " + made.output);
        must("ip", "link", "set", name, "alias", alias);
        must("ip", "link", "set", name, "up");
        must("ip", "link", "set", wire, "up");
        awaitCarrier(name);
        awaitCarrier(wire);
    }

    /** Until the kernel has taken note of the carrier, which it does in its own time, it drops what is sent and tells nobody. */
    private static void awaitCarrier(final String end) {
        final Path state = Path.of("/sys/class/net", end, "operstate");
        final long limit = System.nanoTime() + PATIENCE_NS;
        try {
            while (!Files.readString(state).strip().equals("up")) {
                if (System.nanoTime() > limit) {
                    throw new IllegalStateException(end + " does not come up");
                }
                LockSupport.parkNanos(POLL_NS);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Builds the backend over the emulated ef_vi and lets the gateway take it from there. */
    static void useLibrary(final Path directory) {
        Requirement.program("gcc");
        final Path out = directory.resolve("classes");
        final Outcome built = run(Map.of("TICKBRIDGE_REQUIRE_ALL", "1"), MODULE.resolve("src/main/c/build.sh").toString(),
                out.toString(), MODULE.resolve("src/test/efvi-emulator").toString());
        assertEquals(0, built.status, built.output);
        try (Stream<Path> files = Files.walk(out)) {
            final Path library = files.filter(file -> file.endsWith("libtickbridge_efvi.so")).findAny().orElseThrow();
            System.setProperty("tickbridge.native", library.getParent().toString());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    /** The end that a sender is on, as a NIC of its own. */
    String wire() {
        return wire;
    }

    BurstSettings settings(final String... groups) {
        return new BurstSettings().with("interface", name).with("groups", List.of(groups));
    }

    BurstSource open(final BurstSettings settings) {
        final EpochNanoClock clock = () -> -1;
        return BurstSource.open(Backend.EFVI, settings, clock);
    }

    /** Plays a capture as fast as it goes; returns when all of it is on the wire. */
    void play(final Path capture) {
        final Outcome played = run(Map.of(), "tcpreplay", "-q", "--topspeed", "-i", wire, capture.toString());
        assertEquals(0, played.status, played.output);
    }

    /** Puts frames on the wire, in order. */
    void play(final WireFrames frames) {
        play(frames.writeTo(directory));
    }

    void must(final String... command) {
        final Outcome outcome = run(Map.of(), command);
        assertEquals(0, outcome.status, String.join(" ", command) + ": " + outcome.output);
    }

    private record Outcome(int status, String output) {
    }

    private static Outcome run(final Map<String, String> environment, final String... command) {
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            final Process process = builder.start();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the interface away. */
    void unplug() {
        must("ip", "link", "delete", name);
    }

    @Override
    public void close() {
        run(Map.of(), "ip", "link", "delete", name);
    }
}
