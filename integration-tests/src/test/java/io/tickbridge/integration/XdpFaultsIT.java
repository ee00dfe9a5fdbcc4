package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with AF_XDP: one clear message each, and an interface that is as it was before, however a process ends. */
final class XdpFaultsIT {
    private static final String NIC = NetworkNamespace.NIC;
    private static final String NO_HUGE_PAGES = "huge-pages=never";

    @TempDir
    private Path directory;

    @BeforeEach
    void needsAfXdp() {
        XdpReceiver.require();
    }

    @Test
    void theProgramGoesWithTheSource() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                XdpReceiver receiver = XdpReceiver.open(namespace, directory, XdpReceiver.CME_GROUPS, NO_HUGE_PAGES)) {
            assertTrue(hasProgram(namespace));
            assertEquals("closed", receiver.ask("close"));
            assertFalse(hasProgram(namespace));
            assertTrue(receiver.log().isEmpty() || !receiver.log().contains("libxdp"), receiver.log());
        }
    }

    @Test
    void theProgramGoesWithAKilledProcessAndTheNextOneWorks() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            try (XdpReceiver receiver = XdpReceiver.open(namespace, directory, XdpReceiver.CME_GROUPS, NO_HUGE_PAGES)) {
                assertTrue(hasProgram(namespace));
                receiver.signal("KILL");
                receiver.awaitEnd();
            }
            // The kernel clears up behind a process after it is gone.
            Await.until("the XDP program is taken off", () -> !hasProgram(namespace), () -> "it is still there");
            try (XdpReceiver receiver = XdpReceiver.open(namespace, directory, XdpReceiver.CME_GROUPS, NO_HUGE_PAGES)) {
                assertEquals("closed", receiver.ask("close"));
            }
        }
    }

    @Test
    void aSecondGatewayIsRefusedAndTheFirstGoesOn() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                XdpReceiver first = XdpReceiver.open(namespace, directory, XdpReceiver.CME_GROUPS, NO_HUGE_PAGES)) {
            assertRefused(namespace, List.of(), List.of(XdpReceiver.CME_GROUPS, NO_HUGE_PAGES),
                    NIC + ": another gateway receives from it already", "stop that one");
            assertTrue(hasProgram(namespace));
            assertEquals(0, first.counts().get("dropped"));
        }
    }

    @Test
    void aRemovedInterfaceEndsTheSource() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                XdpReceiver receiver = XdpReceiver.open(namespace, directory, XdpReceiver.CME_GROUPS, NO_HUGE_PAGES)) {
            receiver.order("fault");
            assertEquals(0, namespace.run("ip", "link", "delete", NIC).exit());
            final String message = receiver.answer();
            assertTrue(message.contains(NIC + ": the network interface is gone"), message);
            assertEquals(0, receiver.counts().get("dropped"), "counts can be had after it");
        }
    }

    /** The receive thread never asks the kernel about its interface, which others may hold locked; who counts does. */
    @Test
    void pollingDoesNotLookAtTheInterface() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                XdpReceiver receiver = XdpReceiver.open(namespace, directory, XdpReceiver.CME_GROUPS, NO_HUGE_PAGES)) {
            assertEquals(0, namespace.run("ip", "link", "delete", NIC).exit());
            assertEquals("polled", receiver.ask("poll 200000"));
            final String message = receiver.ask("fault");
            assertTrue(message.contains(NIC + ": the network interface is gone"), message);
        }
    }

    @Test
    void anInterfaceThatIsMovedAwayEndsTheSource() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                NetworkNamespace other = NetworkNamespace.create(directory);
                XdpReceiver receiver = XdpReceiver.open(namespace, directory, XdpReceiver.CME_GROUPS, NO_HUGE_PAGES)) {
            receiver.order("fault");
            assertEquals(0, namespace.run("ip", "link", "set", NIC, "netns", other.name(), "name", "far0").exit());
            final String message = receiver.answer();
            assertTrue(message.contains(NIC + ": the network interface is gone"), message);
        }
    }

    @Test
    void framesThatNeedSeveralPiecesAreRefused() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            assertEquals(0, namespace.run("ip", "link", "set", NIC, "mtu", "9000").exit());
            assertRefused(namespace, List.of(), List.of(XdpReceiver.CME_GROUPS), NIC + ": its MTU of 9000 bytes exceeds the 3818",
                    "multi-buffer, jumbo", "ip link set dev " + NIC + " mtu 1500");
            assertEquals(0, namespace.run("ip", "link", "set", NIC, "mtu", "2000").exit());
            assertRefused(namespace, List.of(), List.of(XdpReceiver.CME_GROUPS, "frame-size=2048"),
                    "its MTU of 2000 bytes exceeds the 1770", "set frame-size: 4096");
            assertFalse(hasProgram(namespace));
        }
    }

    @Test
    void aDriverThatCannotFallsBackOnlyWhereItMay() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            // veth runs a program of this kind natively only when no frame of its peer can be too long for a page.
            assertEquals(0, namespace.run("ip", "link", "set", NetworkNamespace.WIRE, "mtu", "9000").exit());
            assertRefused(namespace, List.of(), List.of(XdpReceiver.CME_GROUPS, NO_HUGE_PAGES, "attach=native"),
                    NIC + ": the XDP program could not be attached in native mode", "attach: generic");
            try (XdpReceiver receiver = XdpReceiver.open(namespace, directory, XdpReceiver.CME_GROUPS, NO_HUGE_PAGES)) {
                assertTrue(receiver.description().contains("veth, generic XDP, queue 0 copy"), receiver.description());
                receiver.awaitLog("generic mode instead");
            }
            assertRefused(namespace, List.of(), List.of(XdpReceiver.CME_GROUPS, NO_HUGE_PAGES, "mode=zero-copy", "attach=auto"),
                    NIC + ": its driver (veth) offers no zero-copy for queue 0", "mode: auto or copy");
            assertFalse(hasProgram(namespace));
        }
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            assertRefused(namespace, List.of(), List.of("groups=224.0.31.64:14340@eth99"),
                    "eth99: there is no such network interface here", "ip link");
            assertRefused(namespace, List.of(), List.of(XdpReceiver.CME_GROUPS, "queues=1"),
                    NIC + " has no queue 1; its receive queues are 0 to 0");
            assertRefused(namespace, List.of(), List.of(XdpReceiver.CME_GROUPS, "quues=1"), "setting quues is not known");
            assertRefused(namespace, List.of(), List.of("groups=224.0.31.64@" + NIC), "IPv4 address:UDP port@network interface");
            assertFalse(hasProgram(namespace));
        }
    }

    @Test
    void missingRightsAreNamed() throws Exception {
        Requirement.program("setpriv");
        Requirement.program("prlimit");
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            final List<String> settings = List.of(XdpReceiver.CME_GROUPS, NO_HUGE_PAGES);
            assertRefused(namespace, List.of("setpriv", "--bounding-set=-net_raw"), settings,
                    "no permission for raw sockets", "CAP_NET_RAW, CAP_NET_ADMIN and CAP_BPF");
            assertRefused(namespace, List.of("setpriv", "--bounding-set=-bpf,-sys_admin"), settings,
                    "no permission to load an XDP program", "CAP_BPF");
            assertRefused(namespace, List.of("prlimit", "--memlock=65536", "setpriv", "--bounding-set=-ipc_lock"), settings,
                    NIC + " queue 0: 16384 KiB of frames may not be locked in memory, the limit is 64 KiB",
                    "LimitMEMLOCK=infinity", "CAP_IPC_LOCK");
            assertFalse(hasProgram(namespace));
        }
    }

    private void assertRefused(
            final NetworkNamespace namespace, final List<String> before, final List<String> settings, final String... parts)
            throws Exception {
        final String message = XdpReceiver.refusal(namespace, directory, before, settings.toArray(String[]::new));
        Stream.of(parts).forEach(part -> assertTrue(message.contains(part), () -> part + " is not in: " + message));
    }

    /** As anybody would look: `ip link` names the program of an interface that has one. */
    private static boolean hasProgram(final NetworkNamespace namespace) {
        try {
            final Launcher.Result result = namespace.run("ip", "link", "show", NIC);
            assertEquals(0, result.exit(), result.err());
            return result.out().contains("prog/xdp");
        } catch (final IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
