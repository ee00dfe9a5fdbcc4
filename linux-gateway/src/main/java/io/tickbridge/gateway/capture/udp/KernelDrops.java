package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.capture.CaptureException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Datagrams that the kernel dropped at sockets of this process, because a receive buffer was full or a checksum did
 * not hold: the last column of {@code /proc/net/udp}. Cold path: it reads and splits text.
 */
final class KernelDrops {
    private static final Path SOCKETS = Path.of("/proc/net/udp");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int LOCAL_ADDRESS = 1;
    private static final int INODE = 9;
    private static final int DROPS = 12;

    private final Set<String> inodes;

    /** Finds the sockets that this process has bound to these groups; they must be open. */
    KernelDrops(final Collection<Subscription> subscriptions) {
        final Set<String> own = socketInodes();
        final Set<String> groups = subscriptions.stream().map(KernelDrops::asListed).collect(Collectors.toSet());
        inodes = sockets().stream()
                .filter(columns -> groups.contains(columns[LOCAL_ADDRESS]) && own.contains(columns[INODE]))
                .map(columns -> columns[INODE])
                .collect(Collectors.toSet());
    }

    /** Drops of all of them since they were opened. */
    long total() {
        return sockets().stream()
                .filter(columns -> inodes.contains(columns[INODE]))
                .mapToLong(columns -> Long.parseLong(columns[DROPS]))
                .sum();
    }

    private static List<String[]> sockets() {
        try (Stream<String> lines = Files.lines(SOCKETS)) {
            return lines.skip(1)
                    .map(line -> line.trim().split("\\s+")).filter(columns -> columns.length > DROPS).toList();
        } catch (final IOException e) {
            throw new CaptureException(SOCKETS + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The kernel lists the address as a 32-bit number of the machine's own byte order, and both in hexadecimal. */
    private static String asListed(final Subscription subscription) {
        final byte[] octets = subscription.address().getAddress().getAddress();
        final int address = new UnsafeBuffer(octets).getInt(0, ByteOrder.nativeOrder());
        return String.format("%08X:%04X", address, subscription.port());
    }

    private static Set<String> socketInodes() {
        final Set<String> found = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (final Path descriptor : (Iterable<Path>) descriptors::iterator) {
                final String target = linkTarget(descriptor);
                if (target.startsWith("socket:[")) {
                    found.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        } catch (final IOException e) {
            throw new CaptureException(DESCRIPTORS + ": cannot be read: " + e.getMessage(), e);
        }
        return found;
    }

    private static String linkTarget(final Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (final IOException e) {
            // Closed since it was listed: not one of ours.
            return "";
        }
    }
}
