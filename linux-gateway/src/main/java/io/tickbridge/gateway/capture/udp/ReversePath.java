package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.capture.CaptureException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the kernel would drop a feed for its sender's address: the reverse path filter (rp_filter of Linux's
 * ip-sysctl.rst, RFC 3704) takes a datagram only when it has a route back to the sender. What it drops, no socket counts.
 *
 * <p>Judged by the main routing table; rules of policy routing are not looked at, so that this is a warning and no refusal.
 */
public final class ReversePath {
    private static final int STRICT = 1;
    private static final int LOOSE = 2;
    // Columns of proc_pid_net(5)'s route: interface, destination, gateway, flags, three counts, mask; hexadecimal, in the
    // byte order of the host.
    private static final int DESTINATION = 1;
    private static final int FLAGS = 3;
    private static final int MASK = 7;
    private static final int UP_AND_NO_REJECT = 0x201; // RTF_UP, RTF_REJECT
    private static final int UP = 1;

    private final Path proc;

    /** As the kernel sees it from the thread that asks. */
    public ReversePath() {
        this(Path.of("/proc"));
    }

    ReversePath(final Path proc) {
        this.proc = proc;
    }

    private record Route(String networkInterface, int destination, int mask) {
        boolean leadsTo(final int address) {
            return (address & mask) == destination;
        }
    }

    /**
     * What stands against receiving from these senders on an interface.
     *
     * @param networkInterface where they are received
     * @param senders          IPv4 addresses; empty when they are not known
     * @return one line that says what and what to do; empty when nothing does, or it cannot be found out
     */
    public Optional<String> finding(final String networkInterface, final List<String> senders) {
        // The larger of the two holds.
        final int filter = Math.max(setting("all"), setting(networkInterface));
        if (filter != STRICT && filter != LOOSE) {
            return Optional.empty();
        }
        final String remedy = "; turn it off: sysctl -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf." + networkInterface
                + ".rp_filter=0";
        if (senders.isEmpty()) {
            return filter == LOOSE ? Optional.empty() : Optional.of("net.ipv4.conf rp_filter is 1 for " + networkInterface
                    + ": the kernel drops, and counts nowhere, what comes from senders that it does not route there"
                    + remedy + ", or name the senders in filter.sources to have their routes checked");
        }
        final List<String> without;
        try {
            final List<Route> routes = routes();
            without = senders.stream().filter(sender -> !returns(routes, sender, networkInterface, filter)).toList();
        } catch (final IOException | RuntimeException e) {
            return Optional.empty();
        }
        return without.isEmpty() ? Optional.empty() : Optional.of("net.ipv4.conf rp_filter is " + filter + " for "
                + networkInterface + ", and there is no route " + (filter == STRICT ? "over it " : "") + "back to "
                + String.join(", ", without) + ": the kernel drops what they send, and counts it nowhere" + remedy);
    }

    private int setting(final String name) {
        try {
            return Integer.parseInt(Files.readString(proc.resolve("sys/net/ipv4/conf").resolve(name).resolve("rp_filter")).trim());
        } catch (final IOException | IllegalArgumentException e) {
            return 0;
        }
    }

    private List<Route> routes() throws IOException {
        try (Stream<String> lines = Files.lines(proc.resolve("thread-self/net/route"))) {
            return lines.skip(1).map(line -> line.trim().split("\\s+"))
                    .filter(words -> (Integer.parseInt(words[FLAGS], 16) & UP_AND_NO_REJECT) == UP)
                    .map(words -> new Route(words[0], address(words[DESTINATION]), address(words[MASK])))
                    .sorted(Comparator.comparingInt((Route route) -> Integer.bitCount(route.mask())).reversed()).toList();
        }
    }

    private static int address(final String hexadecimal) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder())
                .putInt(Integer.parseUnsignedInt(hexadecimal, 16)).order(ByteOrder.BIG_ENDIAN).getInt(0);
    }

    private static boolean returns(
            final List<Route> routes, final String sender, final String networkInterface, final int filter) {
        final int address;
        try {
            address = ByteBuffer.wrap(InetAddress.getByName(sender).getAddress()).getInt();
        } catch (final UnknownHostException e) {
            throw new CaptureException(sender + " is no address", e);
        }
        return routes.stream().filter(route -> route.leadsTo(address)).findFirst()
                .map(best -> filter == LOOSE || routes.stream().anyMatch(route -> route.leadsTo(address)
                        && route.mask() == best.mask() && route.networkInterface().equals(networkInterface)))
                .orElse(false);
    }
}
