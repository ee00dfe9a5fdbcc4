package io.tickbridge.gateway.bench.rfc2544;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.bench.wire.FrameSender;
import io.tickbridge.gateway.bench.wire.Load;
import io.tickbridge.gateway.bench.wire.ReceiveSource;
import io.tickbridge.gateway.bench.wire.VethPair;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.placement.Cores;
import io.tickbridge.gateway.placement.SystemTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Over a real pair of interfaces: what the kernel says was sent is what was sent, and every frame was received, dropped
 * by the kernel at a full socket, or dropped by it before. How fast anything was is of no interest here.
 */
class WireDeviceTest {
    private static final long SETTLE = 2_000_000_000; // ns

    @ParameterizedTest
    @CsvSource({"64, 2000", "1518, 2000", "64, 100000"})
    void everyFrameSentIsReceivedOrLost(final int size, final int frames) throws Exception {
        Requirement.root();
        Requirement.program("ip");
        final int core = new Cores(SystemTree.MACHINE).allowed().get(0);
        try (VethPair pair = VethPair.create();
                FrameSender sender = FrameSender.open(pair.from());
                PacketSource source = ReceiveSource.UDP.open(pair.to());
                WireDevice device = new WireDevice(source, sender, core, SETTLE)) {
            device.run(Load.burst(size, 100)); // the groups are joined, and everything is awake
            final long sentBefore = figure(pair.from(), "tx_packets");
            final long droppedBefore = dropped(pair);
            source.refreshCounts();
            final long socketBefore = source.counts().dropped();

            final Trial trial = device.run(Load.burst(size, frames));

            source.refreshCounts();
            assertEquals(frames, trial.sent().frames());
            assertEquals(frames, figure(pair.from(), "tx_packets") - sentBefore + droppedAtSender(pair));
            assertEquals(trial.lost(), source.counts().dropped() - socketBefore + dropped(pair) - droppedBefore,
                    trial.toString());
            assertEquals(trial.arrivals().received(), trial.arrivals().latency().getTotalCount());
            assertEquals(0, trial.arrivals().duplicates());
            assertEquals(0, trial.arrivals().reordered());
            assertEquals(0, device.strays());
            assertTrue(trial.arrivals().received() > 0, trial.toString());
        }
    }

    /** The kernel's queue between the two ends was full: counted at the receiving end, or at the sending one. */
    private static long dropped(final VethPair pair) throws IOException {
        return figure(pair.to(), "rx_dropped") + droppedAtSender(pair);
    }

    private static long droppedAtSender(final VethPair pair) throws IOException {
        return figure(pair.from(), "tx_dropped");
    }

    private static long figure(final String networkInterface, final String name) throws IOException {
        return Long.parseLong(Files.readString(
                Path.of("/sys/class/net", networkInterface, "statistics", name)).strip());
    }
}
