package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.capture.CaptureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kernel's number of a network interface. Java's NetworkInterface knows only interfaces that have an address,
 * and a port that does nothing but receive multicast needs none.
 */
public final class InterfaceIndex {
    private static final Path INTERFACES = Path.of("/sys/class/net");

    private InterfaceIndex() {
    }

    /**
     * Looks it up.
     *
     * @param name as the kernel shows it, for example {@code eth0}
     * @return its number
     * @throws CaptureException when there is no such interface; says which there are
     */
    public static int of(final String name) {
        return find(name).orElseThrow(() -> new CaptureException("no such interface; there are " + names(), null));
    }

    /**
     * Looks whether there is such an interface now.
     *
     * @param name as the kernel shows it
     * @return its number; empty when there is none
     * @throws CaptureException when that cannot be found out
     */
    static OptionalInt find(final String name) {
        final Path place = INTERFACES.resolve(name);
        try {
            return OptionalInt.of(Integer.parseInt(Files.readString(place.resolve("ifindex")).trim()));
        } catch (final NoSuchFileException e) {
            return OptionalInt.empty();
        } catch (final IOException | IllegalArgumentException e) {
            if (Files.notExists(place)) {
                return OptionalInt.empty(); // removed while it was read
            }
            throw new CaptureException("the number of interface " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String names() {
        try (Stream<Path> interfaces = Files.list(INTERFACES)) {
            return interfaces.map(path -> path.getFileName().toString()).sorted().collect(Collectors.joining(", "));
        } catch (final IOException e) {
            return "none that can be listed: " + e.getMessage();
        }
    }
}
