package io.tickbridge.gateway.capture.burst;

import static io.tickbridge.gateway.capture.burst.DpdkPort.LIMIT;
import static io.tickbridge.gateway.capture.burst.DpdkPort.MOST_EMPTY_POLLS;
import static io.tickbridge.gateway.capture.burst.DpdkPort.NOTHING;
import static io.tickbridge.gateway.capture.burst.DpdkPort.PATIENCE;
import static io.tickbridge.gateway.capture.burst.DpdkPort.assertSame;
import static io.tickbridge.gateway.capture.burst.DpdkPort.device;
import static io.tickbridge.gateway.capture.burst.DpdkPort.figure;
import static io.tickbridge.gateway.capture.burst.DpdkPort.framesOf;
import static io.tickbridge.gateway.capture.burst.DpdkPort.open;
import static io.tickbridge.gateway.capture.burst.DpdkPort.pollFor;
import static io.tickbridge.gateway.capture.burst.DpdkPort.sendUntilTaken;
import static io.tickbridge.gateway.capture.burst.DpdkPort.udp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.capture.CaptureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A kernel's interface under DPDK: left as it was, watched while it is used, and nobody else's at the same time. */
class DpdkInterfaceTest {
    @BeforeAll
    static void isBuilt() {
        DpdkPort.requireBackend();
    }

    /** Before, its driver refused it without a reason, and a missing package was blamed. */
    @ParameterizedTest
    @CsvSource({"net_af_packet0, -net_raw, CAP_NET_RAW", "net_pcap0, -net_raw, CAP_NET_RAW",
        "net_af_xdp0, '-net_raw,-net_admin,-bpf,-sys_admin', CAP_NET_RAW CAP_NET_ADMIN CAP_BPF"})
    void theRightThatIsMissingIsNamed(final String name, final String without, final String missing) throws IOException {
        Requirement.program("setpriv");
        try (VethPair veth = new VethPair("tbr");
                DpdkChild child = new DpdkChild(List.of("setpriv", "--bounding-set=" + without),
                        "device=" + name + ",iface=" + veth.right(), "huge-pages=never")) {
            assertEquals("refused: DPDK: " + name + ": this process lacks the right to receive from an interface this way: " + missing
                    + "; start it as root, or give it the capabilities (systemd: AmbientCapabilities=" + missing + ")", child.outcome());
        }
    }

    @Test
    void queuesOfTheInterfaceThatAreNotReceivedFromAreNamed() {
        try (VethPair veth = new VethPair("tbw", " numrxqueues 3 numtxqueues 3")) {
            Requirement.is(Files.isDirectory(Path.of("/sys/class/net", veth.right(), "queues/rx-2")), "/sys of this network namespace");
            try (BurstSource source = open("net_af_xdp0,iface=" + veth.right())) {
                assertTrue(source.notices().contains("interface " + veth.right() + " has 3 receive queues and the device takes 1 of "
                        + "them"), source.notices());
            }
        }
    }

    /** What must be as it was after a run: the interface's flags, and who holds it promiscuous. */
    private static String state(final VethPair veth) {
        return Stream.of(VethPair.ip("-d link show " + veth.right()).split("[\\s,<>]+(?=PROMISC|promiscuity|allmulti)|\n"))
                .filter(words -> words.matches("(PROMISC|promiscuity|allmulti).*"))
                .map(words -> words.replaceAll("^(PROMISC|promiscuity \\d+|allmulti \\d+).*", "$1")).toList().toString();
    }

    @ParameterizedTest
    @CsvSource({"net_af_packet0, false", "net_af_packet0, true", "net_af_xdp0, false", "net_af_xdp0, true"})
    void theInterfaceIsLeftAsItWas(final String driver, final boolean promiscuous) throws IOException, InterruptedException {
        try (VethPair veth = new VethPair("tbs")) {
            final BurstSettings settings = device(driver + ",iface=" + veth.right()).with("promiscuous", promiscuous);
            final String before = state(veth);
            assertEquals("[promiscuity 0, allmulti 0]", before);
            try (BurstSource source = open(settings)) {
                assertEquals(promiscuous ? "[promiscuity 1, allmulti 1]" : "[promiscuity 0, allmulti 1]", state(veth));
                assertEquals(0, source.poll(NOTHING, LIMIT));
            }
            assertEquals(before, state(veth));
        }
        try (VethPair veth = new VethPair("tbp")) {
            VethPair.ip("link set " + veth.right() + " promisc on");
            final String chosen = state(veth);
            open(driver + ",iface=" + veth.right()).close();
            assertEquals(chosen, state(veth));
        }
        try (VethPair veth = new VethPair("tbk")) {
            final String before = state(veth);
            final DpdkChild killed = new DpdkChild("device=" + driver + ",iface=" + veth.right(), "huge-pages=never",
                    "promiscuous=" + (promiscuous ? 1 : 0));
            assertTrue(killed.outcome().startsWith("open: "), killed.outcome());
            killed.kill();
            assertEquals(before, state(veth));
        }
    }

    @Test
    void anInterfaceThatIsRenamedGoesOn() {
        try (VethPair veth = new VethPair("tbn"); BurstSource source = open("net_af_packet0,iface=" + veth.right());
                BurstSource sender = open("net_af_packet9,iface=" + veth.left())) {
            VethPair.ip("link set " + veth.right() + " down");
            VethPair.ip("link set " + veth.right() + " name " + veth.right() + "x");
            VethPair.ip("link set " + veth.right() + "x up");
            final byte[] frame = udp(1);
            sendUntilTaken(sender, frame);
            assertSame(List.of(frame), framesOf(source, 1));
            assertEquals(0, source.poll(NOTHING, LIMIT));
        }
    }

    @Test
    void aLinkThatIsDownOrGoesDownIsSeen() {
        try (VethPair veth = new VethPair("tbx")) {
            VethPair.ip("link set " + veth.left() + " down");
            try (BurstSource source = open("net_af_packet0,iface=" + veth.right() + ",framecnt=1024")) {
                assertEquals("the link is down: nothing arrives until it comes up (ethtool shows why)", source.notices().strip());
                awaitLinkDowns(source, 1);
                // The watch looks ten times a second; it must have seen the link up to see it go down again.
                VethPair.ip("link set " + veth.left() + " up");
                for (int i = 0; figure(source, "link-ups") == 0; i++) {
                    assertTrue(i < MOST_EMPTY_POLLS);
                }
                VethPair.ip("link set " + veth.left() + " down");
                awaitLinkDowns(source, 2);
            }
            VethPair.ip("link set " + veth.left() + " up");
        }
    }

    private static void awaitLinkDowns(final BurstSource source, final long downs) {
        for (int i = 0; figure(source, "link-downs") < downs; i++) {
            assertTrue(i < MOST_EMPTY_POLLS);
        }
        assertEquals(downs, figure(source, "link-downs"));
    }

    @Test
    void anInterfaceThatADriverMakesNeedNotBeThere() {
        Requirement.root();
        Requirement.is(Files.exists(Path.of("/dev/net/tun")), "/dev/net/tun");
        final String name = "tbt" + ProcessHandle.current().pid();
        try (BurstSource source = open("net_tap0,iface=" + name)) {
            assertTrue(VethPair.ip("link show " + name).contains(name));
            assertEquals("DPDK: net_tap0,iface=" + name + ", driver net_tap, 1 queue", source.describe());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"net_af_packet0", "net_af_xdp0"})
    void anInterfaceThatIsRemovedEndsTheRun(final String driver) {
        try (VethPair veth = new VethPair("tbr"); BurstSource source = open(driver + ",iface=" + veth.right())) {
            source.poll(NOTHING, LIMIT);
            veth.remove();
            final String message = assertThrows(CaptureException.class, () -> pollFor(source, PATIENCE)).getMessage();
            assertTrue(message.endsWith(": receives no more: interface " + veth.right() + ", beneath the port, was removed; bring it "
                    + "back and start the gateway again"), message);
            source.refreshCounts();
        }
    }
}
