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
            description = "Share that contradicts itself under a good checksum: sizes, counts, schema, session.")
    private double damaged;

    @Option(names = "--extended", defaultValue = "0",
            description = "Share of a later version, with unknown messages and fields (no fields at Nasdaq).")
    private double extended;

    /** What goes wrong, chosen once. */
    private FaultPlan plan;

    SplittableRandom random() {
        return new SplittableRandom(seed);
    }

    /** What goes wrong. Faults have a source of their own, so that other shares leave the market as it was. */
    FaultPlan plan() {
        if (plan == null) {
            plan = randomFaults ? FaultPlan.random(new SplittableRandom(~seed)) : new FaultPlan(lossOnOne, lossOnBoth, bursts,
                    duplicates, reordered, lag, FaultPlan.MOST_LAG, corrupt, cut, damaged, extended, 1);
        }
        return plan;
    }

    /** How Nasdaq and IEX speak; CME's packets are made those of a later version on the wire. */
    LaterVersion laterVersion() {
        return new LaterVersion(plan().extended(), new SplittableRandom(seed ^ Integer.MIN_VALUE));
    }

    /**
     * The wire.
     *
     * @param a         line A unless an option says otherwise
     * @param b         line B, likewise
     * @param transport how packets are laid out
     * @throws IllegalArgumentException when there is no such network interface
     */
    LiveWire open(final String a, final String b, final Transport transport, final long start) throws IOException {
        final NetworkInterface out = NetworkInterface.getByName(networkInterface);
        if (out == null) {
            throw new IllegalArgumentException("--interface: no network interface is called " + networkInterface);
        }
        final InetSocketAddress first = address(groupA == null ? a : groupA);
        final InetSocketAddress second = address(groupB == null ? b : groupB);
        return new LiveWire(plan(), transport, new SplittableRandom(~seed).split(), (feed, line) -> {
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
