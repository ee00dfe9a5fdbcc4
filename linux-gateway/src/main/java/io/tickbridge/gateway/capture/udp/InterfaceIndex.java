package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.capture.CaptureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
        try {
            return Integer.parseInt(Files.readString(INTERFACES.resolve(name).resolve("ifindex")).trim());
        } catch (final NoSuchFileException e) {
            throw new CaptureException("no such interface; there are " + names(), e);
        } catch (final IOException | IllegalArgumentException e) {
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
