package io.tickbridge.gateway.capture.burst;

import static io.tickbridge.gateway.capture.burst.DpdkPort.LIMIT;
import static io.tickbridge.gateway.capture.burst.DpdkPort.NOTHING;
import static io.tickbridge.gateway.capture.burst.DpdkPort.assertSame;
import static io.tickbridge.gateway.capture.burst.DpdkPort.device;
import static io.tickbridge.gateway.capture.burst.DpdkPort.framesOf;
import static io.tickbridge.gateway.capture.burst.DpdkPort.index;
import static io.tickbridge.gateway.capture.burst.DpdkPort.open;
import static io.tickbridge.gateway.capture.burst.DpdkPort.refusal;
import static io.tickbridge.gateway.capture.burst.DpdkPort.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.udp.Subscription;
import io.tickbridge.gateway.capture.udp.UdpMulticastSource;
import io.tickbridge.gateway.capture.udp.UdpSettings;
import io.tickbridge.gateway.config.ReceiveTimestamps;
import java.io.IOException;
import java.util.List;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device belongs to one gateway at a time, whichever way each receives and whatever name it goes by. */
class DpdkClaimTest {
    @BeforeAll
    static void isBuilt() {
        DpdkPort.requireBackend();
    }

    @Test
    void aDeviceBelongsToOneGatewayUntilThatEndsInWhateverWay() throws IOException, InterruptedException {
        try (VethPair veth = new VethPair("tbc")) {
            final String device = "net_af_packet0,iface=" + veth.right();
            for (int way = 0; way < 3; way++) {
                final DpdkChild other = new DpdkChild("device=" + device, "huge-pages=never");
                assertTrue(other.outcome().startsWith("open: "), other.outcome());
                assertEquals("DPDK: interface " + veth.right() + ": another gateway receives from it already; stop that one "
                        + "(`ss -xlp | grep \"tickbridge.*interface " + index(veth.right()) + "\"` shows it) or name another device",
                        refusal(device(device)));
                switch (way) {
                    case 0 -> other.kill();
                    case 1 -> other.terminate();
                    default -> other.close();
                }
                try (BurstSource source = open(device); BurstSource sender = open("net_af_packet9,iface=" + veth.left())) {
                    final byte[] sent = send(sender, 100);
                    assertSame(List.of(sent), framesOf(source, 1));
                }
            }
        }
    }

    @Test
    void anInterfaceBelongsToOneBackendWhateverNameItGoesBy() {
        try {
            BurstSource.requireLibrary(Backend.AFXDP);
        } catch (final CaptureException e) {
            Requirement.is(false, "the AF_XDP backend (libxdp-dev)");
        }
        try (VethPair veth = new VethPair("tby")) {
            VethPair.ip("link property add dev " + veth.right() + " altname x" + veth.right());
            final BurstSettings afXdp = new BurstSettings().with("groups", "224.0.31.1:14310@" + veth.right());
            try (BurstSource source = open("net_af_packet0,iface=" + veth.right())) {
                final String refusal = refusal(device("net_af_xdp0,iface=x" + veth.right()));
                assertTrue(refusal.startsWith("DPDK: interface " + veth.right() + ": another gateway receives from it already; stop "
                        + "that one"), refusal);
                final String message = assertThrows(CaptureException.class,
                        () -> BurstSource.open(Backend.AFXDP, afXdp, SystemEpochNanoClock.INSTANCE).close()).getMessage();
                assertTrue(message.contains(veth.right() + ": another gateway receives from it already; stop that one"), message);
                assertEquals(0, source.poll(NOTHING, LIMIT));
            }
            try (BurstSource source = BurstSource.open(Backend.AFXDP, afXdp, SystemEpochNanoClock.INSTANCE)) {
                assertTrue(refusal(device("net_af_packet0,iface=" + veth.right()))
                        .contains(veth.right() + ": another gateway receives from it already; stop that one"));
                assertEquals(0, source.poll(NOTHING, LIMIT));
            }
            open("net_af_packet0,iface=" + veth.right()).close();
        }
    }

    private static UdpMulticastSource udp(final VethPair veth) {
        return UdpMulticastSource.open(List.of(new Subscription("224.0.31.1", 14310, veth.right())),
                new UdpSettings(0, ReceiveTimestamps.BURST, 0), SystemEpochNanoClock.INSTANCE);
    }

    /** What takes frames from the kernel starves a udp gateway in silence: whoever comes second is refused, and told why. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTakesFramesFromTheKernelAndItsSocketsExcludeEachOther(final boolean itself) {
        try (VethPair veth = new VethPair("tbc")) {
            final Backend backend = itself ? Backend.AFXDP : Backend.DPDK;
            final BurstSettings settings = itself ? new BurstSettings().with("groups", "224.0.31.1:14310@" + veth.right())
                    : device("net_af_xdp0,iface=" + veth.right());
            final String shows = "; stop that one (`ss -xlp | grep \"tickbridge.*interface " + index(veth.right())
                    + "\"` shows it) or name another device";
            final String starved = veth.right() + ": a gateway with `source: udp` receives from it already, and frames taken from the "
                    + "kernel would not reach it any more" + shows;
            try (UdpMulticastSource first = udp(veth); UdpMulticastSource second = udp(veth)) {
                final String refusal = assertThrows(CaptureException.class,
                        () -> BurstSource.open(backend, settings, SystemEpochNanoClock.INSTANCE).close()).getMessage();
                assertTrue(refusal.endsWith(starved), refusal);
                open("net_af_packet0,iface=" + veth.right()).close(); // which copies
                assertEquals(0, first.poll(NOTHING, LIMIT) + second.poll(NOTHING, LIMIT));
            }
            try (BurstSource source = BurstSource.open(backend, settings, SystemEpochNanoClock.INSTANCE)) {
                assertEquals(veth.right() + ": another gateway (process " + ProcessHandle.current().pid() + ") takes frames from it "
                        + "before the kernel sees them, none would reach a socket" + shows,
                        assertThrows(CaptureException.class, () -> udp(veth).close()).getMessage());
                assertEquals(0, source.poll(NOTHING, LIMIT));
            }
            udp(veth).close();
        }
    }
}
