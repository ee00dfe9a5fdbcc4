package io.tickbridge.integration.exchange;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.SplittableRandom;
import picocli.CommandLine.Option;

/** Where a simulated exchange sends to, and what goes wrong on the way. */
final class WireOptions {
    @Option(names = "--group-a", description = "Line A, ADDRESS:PORT; the command's own feeds follow at ports 2000 higher each.")
    private String groupA;

    @Option(names = "--group-b", description = "Line B, likewise.")
    private String groupB;

    @Option(names = "--interface", defaultValue = "lo",
            description = "Network interface to send on (default ${DEFAULT-VALUE}).")
    private String networkInterface;

    @Option(names = "--pcap", paramLabel = "FILE", description = "Writes what goes over the wire as a capture, too.")
    private Path pcap;

    @Option(names = "--seed", defaultValue = "1",
            description = "Decides the market and the faults (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--random-faults", description = "Faults of kinds and shares by seed, instead of those that follow.")
    private boolean randomFaults;

    @Option(names = "--loss-one", defaultValue = "0", description = "Share of packets lost on a line.")
    private double lossOnOne;

    @Option(names = "--loss-both", defaultValue = "0", description = "Share lost on both.")
    private double lossOnBoth;

    @Option(names = "--bursts", defaultValue = "0", description = "Share of losses that go on for up to 40 packets.")
    private double bursts;

    @Option(names = "--duplicates", defaultValue = "0", description = "Share sent twice.")
    private double duplicates;

    @Option(names = "--reordered", defaultValue = "0", description = "Share that later ones overtake.")
    private double reordered;

    @Option(names = "--lag", defaultValue = "0", description = "Share after which a line is up to 5 ms late for a while.")
    private double lag;

    @Option(names = "--corrupt", defaultValue = "0", description = "Share with a wrong bit; in a capture alone, a kernel drops them.")
    private double corrupt;

    @Option(names = "--cut", defaultValue = "0", description = "Share that ends early.")
    private double cut;

    @Option(names = "--damaged", defaultValue = "0",
            description = "Share that contradicts itself under a good checksum: sizes, counts, schema (CME).")
    private double damaged;

    @Option(names = "--extended", defaultValue = "0",
            description = "Share of a later schema version, with unknown fields and templates (CME).")
    private double extended;

    SplittableRandom random() {
        return new SplittableRandom(seed);
    }

    /**
     * The wire.
     *
     * @param a line A unless an option says otherwise
     * @param b line B, likewise
     * @param isCme whether packets are CME's: damage and later versions are made of nothing else
     * @throws IllegalArgumentException when there is no such network interface
     */
    LiveWire open(final String a, final String b, final boolean isCme, final long start) throws IOException {
        if (!isCme && damaged + extended > 0) {
            throw new IllegalArgumentException("--damaged, --extended: of CME's packets alone");
        }
        final NetworkInterface out = NetworkInterface.getByName(networkInterface);
        if (out == null) {
            throw new IllegalArgumentException("--interface: no network interface is called " + networkInterface);
        }
        final InetSocketAddress first = address(groupA == null ? a : groupA);
        final InetSocketAddress second = address(groupB == null ? b : groupB);
        // Faults have a source of their own, so that other shares leave the market as it was.
        final SplittableRandom faults = new SplittableRandom(~seed);
        final FaultPlan any = randomFaults ? FaultPlan.random(faults) : new FaultPlan(lossOnOne, lossOnBoth, bursts, duplicates,
                reordered, lag, FaultPlan.MOST_LAG, corrupt, cut, damaged, extended, 1);
        final FaultPlan plan = isCme ? any : any.undamaged();
        return new LiveWire(plan, faults, (feed, line) -> {
            final InetSocketAddress group = line == 0 ? first : second;
            return new InetSocketAddress(group.getAddress(), group.getPort() + feed.ordinal() * Endpoint.NEXT_FEED);
        }, out, pcap, start);
    }

    private static InetSocketAddress address(final String text) throws IOException {
        final int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(InetAddress.getByName(text.substring(0, Math.max(0, colon))),
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("--group-a, --group-b: ADDRESS:PORT expected, found " + text, e);
        }
    }
}
