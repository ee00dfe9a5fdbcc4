package io.tickbridge.gateway.pipeline;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.cme.CmeFeedHandler;
import io.tickbridge.gateway.feed.iex.IexFeedHandler;
import io.tickbridge.gateway.feed.nasdaq.NasdaqFeedHandler;
import io.tickbridge.gateway.link.LinkMemory;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The memory outside the heap that a configuration asks for. Each key is bounded by itself; only the sum can tell
 * whether they fit together, and it is better told before the start than by an add-on that finds no memory left.
 */
final class MemoryBudget {
    /** For what no key sizes: windows on files, receive buffers of the network, Netty's own pools; bytes. */
    static final long UNSIZED = 64L << 20;

    /** Rings and scratch memory of one recovery, bytes. */
    private static final long RECOVERY = 5L << 20;
    private static final int LARGEST_SHOWN = 3;
    private static final long MIB = 1L << 20;

    private final List<Share> shares = new ArrayList<>();

    /** One contributor: the keys that size it, and its bytes. */
    private record Share(String keys, long bytes) {
        String text() {
            return keys + " " + mebibytes(bytes);
        }
    }

    MemoryBudget(final GatewayConfig config) {
        for (int i = 0; i < config.feeds().size(); i++) {
            final FeedConfig feed = config.feeds().get(i);
            shares.add(new Share("feeds[" + i + "].reorder-window", (long) feed.reorderWindow() * datagram(feed)));
            if (FeedFactory.followsOrders(feed)) {
                shares.add(new Share("feeds[" + i + "].max-orders", MarketBooks.memory(feed.maxOrders())));
            }
        }
        RecoveryLine.feeds(config).forEach(i -> shares.add(new Share("feeds[" + i + "].recovery", RECOVERY)));
        RecoveryLine.snapshotFeeds(config).forEach(i -> shares.add(new Share("feeds[" + i + "].recovery.snapshots.buffer",
                RECOVERY + config.feeds().get(i).recovery().snapshots().buffer())));
        if (config.journal().enabled()) {
            shares.add(new Share("journal.ring", config.journal().ringBytes()));
        }
        if (config.link().enabled()) {
            shares.add(new Share("link.retain", LinkMemory.retained(config.link())));
            shares.add(new Share("link.max-peers times 2 times link.peer-buffer", LinkMemory.peers(config.link())));
        }
    }

    private static int datagram(final FeedConfig feed) {
        return switch (feed.protocol()) {
            case CME_MDP3 -> CmeFeedHandler.MAX_DATAGRAM;
            case IEX_TOPS, IEX_DEEP, IEX_DEEP_PLUS -> IexFeedHandler.LARGEST_DATAGRAM;
            case NASDAQ_ITCH50 -> NasdaqFeedHandler.LARGEST_DATAGRAM;
        };
    }

    /** Everything together, bytes. */
    long bytes() {
        return UNSIZED + shares.stream().mapToLong(Share::bytes).sum();
    }

    /**
     * What stands against it.
     *
     * @param limit bytes there are outside the heap
     * @return what is asked for, by whom, and what to do; empty when it fits
     */
    Optional<String> excess(final long limit) {
        if (bytes() <= limit) {
            return Optional.empty();
        }
        final String largest = shares.stream().sorted(Comparator.comparingLong(Share::bytes).reversed())
                .limit(LARGEST_SHOWN).map(Share::text).collect(Collectors.joining(", "));
        return Optional.of("found settings that take " + mebibytes(bytes()) + " of memory outside the heap, allowed: "
                + mebibytes(limit) + "; the largest: " + largest + "; ask for less, or give the process more with "
                + "TICKBRIDGE_JAVA_OPTS=-XX:MaxDirectMemorySize=" + roundedUp(bytes()) + "m");
    }

    /** Bytes that this virtual machine may take outside its heap. */
    static long limit() {
        final HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        final long set = machine == null ? 0 : Long.parseLong(machine.getVMOption("MaxDirectMemorySize").getValue());
        // Left alone it stands at 0, and the limit is that of the heap.
        return set == 0 ? Runtime.getRuntime().maxMemory() : set;
    }

    private static String mebibytes(final long bytes) {
        return roundedUp(bytes) + " MiB";
    }

    private static long roundedUp(final long bytes) {
        return (bytes + MIB - 1) / MIB;
    }
}
