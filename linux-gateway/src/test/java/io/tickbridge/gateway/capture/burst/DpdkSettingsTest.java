package io.tickbridge.gateway.capture.burst;

import static io.tickbridge.gateway.capture.burst.DpdkPort.LIMIT;
import static io.tickbridge.gateway.capture.burst.DpdkPort.NOTHING;
import static io.tickbridge.gateway.capture.burst.DpdkPort.device;
import static io.tickbridge.gateway.capture.burst.DpdkPort.framesOf;
import static io.tickbridge.gateway.capture.burst.DpdkPort.open;
import static io.tickbridge.gateway.capture.burst.DpdkPort.refusal;
import static io.tickbridge.gateway.capture.burst.DpdkPort.sendUntilTaken;
import static io.tickbridge.gateway.capture.burst.DpdkPort.udp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import io.tickbridge.gateway.Requirement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong in the settings of DPDK is named, with what would be right. */
class DpdkSettingsTest {
    @BeforeAll
    static void isBuilt() {
        DpdkPort.requireBackend();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "net_pcap0,rx_pcap=/no/such.pcap; net_pcap0: cannot read /no/such.pcap: No such file or directory; "
            + "name a readable pcap or pcapng file",
        "net_af_packet0,iface=nosuch0; net_af_packet0: this machine has no network interface nosuch0; `ip link` lists those it has",
        "ffff:1f:1f.7; this machine has no PCI device ffff:1f:1f.7; `dpdk-devbind.py --status-dev net` lists those it has",
        "ff:1f.7; this machine has no PCI device 0000:ff:1f.7; `dpdk-devbind.py --status-dev net` lists those it has"})
    void aDeviceThatIsNotThereIsNamed(final String device, final String first, final String second) {
        assertEquals("DPDK: " + first + "; " + second, refusal(device(device)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"net_nosuch0", "net_null0,nosuch=1"})
    void aSoftwareDeviceThatDpdkDoesNotKnowIsNamedWithWhatDpdkSays(final String device) {
        final String message = refusal(device(device));
        assertTrue(message.startsWith("DPDK: DPDK cannot use " + device.split(",")[0] + ": ") && message.contains("EAL: ")
                && message.contains("librte-net-"), message);
    }

    @Test
    void aPciDeviceThatTheKernelDrivesIsLeftToItAndNamed() throws IOException {
        final Path devices = Path.of("/sys/bus/pci/devices");
        Requirement.is(Files.isDirectory(devices), "a PCI bus");
        try (Stream<Path> all = Files.list(devices)) {
            final Path driven = all.filter(device -> Files.exists(device.resolve("driver")))
                    .filter(device -> driver(device).startsWith("virtio")).findAny().orElse(null);
            Requirement.is(driven != null, "a PCI device that the kernel's virtio-pci drives");
            final String message = refusal(device(driven.getFileName().toString()));
            assertTrue(message.startsWith("DPDK: PCI device " + driven.getFileName())
                    && message.contains(" is still driven by the kernel's " + driver(driven) + "; give it to DPDK")
                    && message.endsWith("dpdk-devbind.py --bind=vfio-pci " + driven.getFileName()), message);
            assertTrue(Files.exists(driven.resolve("driver")));
        }
    }

    private static String driver(final Path device) {
        try {
            return device.resolve("driver").toRealPath().getFileName().toString();
        } catch (final IOException e) {
            return "";
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "huge-pages; sometimes; auto, require or never", "queues; 0; 1 to 65535", "steering; yes; 0 or 1",
        "buffers; -1; 0 to 16777216", "buffers; 16777217; 0 to 16777216",
        "groups; 224.0.31.1; IPv4 addresses with a port, 224.0.31.1:14310, separated by commas",
        "groups; 224.0.31:1; IPv4 addresses with a port, 224.0.31.1:14310, separated by commas"})
    void aSettingThatIsWrongIsNamedWithWhatIsAllowed(final String key, final String value, final String allowed) {
        assertEquals("DPDK: " + key + ": found \"" + value + "\", allowed: " + allowed,
                refusal(device("net_null0").with(key, (Object) value)));
    }

    @Test
    void aSettingThatThereIsNotIsNamed() {
        assertEquals("DPDK: wings: there is no such setting", refusal(device("net_null0").with("wings", 2)));
    }

    @Test
    void moreGroupsThanCanBeSteeredAreRefusedOnlyWhereSteeringIsOn() {
        final List<String> groups = IntStream.range(0, 1025).mapToObj(i -> "224.0." + i / 256 + '.' + i % 256 + ":14310").toList();
        assertEquals("DPDK: groups: 1025 of them, at most 1024 can be steered by a NIC; set steering: false",
                refusal(device("net_null0").with("groups", groups)));
        try (BurstSource source = open(device("net_null0").with("groups", groups).with("steering", false))) {
            assertEquals("", source.notices());
            assertEquals(LIMIT, source.poll(NOTHING, LIMIT));
        }
        open(device("net_null0").with("groups", groups.subList(0, 1024))).close();
    }

    @Test
    void tooManyBuffersForTheMemoryAreRefusedAndTheNextSourceOpens() {
        final String message = refusal(device("net_null0").with("buffers", 16_000_000));
        // By DPDK where it runs already, before it starts otherwise.
        assertTrue(message.contains("16000000 packet buffers (39062 MB) do not fit into DPDK's memory")
                || message.contains("39078 MB of ordinary memory are needed for packet buffers"), message);
        open("net_null0").close();
    }

    @Test
    void startsWithoutHugePages() throws IOException {
        try (DpdkChild child = new DpdkChild("device=net_null0", "huge-pages=never")) {
            assertEquals("open: DPDK: net_null0, driver net_null, 1 queue", child.outcome());
        }
    }

    @Test
    void refusesToStartWithoutHugePagesWhereTheyAreRequired() throws IOException {
        // 16 million buffers are 40 GB.
        try (DpdkChild child = new DpdkChild("device=net_null0", "huge-pages=require", "buffers=16000000")) {
            assertTrue(child.outcome().matches("refused: DPDK: huge-pages: require, but \\d+ MB of huge pages are free and 39078 MB "
                    + "are needed; reserve more: sysctl -w vm.nr_hugepages=N, or set huge-pages: auto"), child.outcome());
        }
    }

    @Test
    void refusesMoreOrdinaryMemoryThanIsFree() throws IOException {
        final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Assumptions.assumeTrue(machine.getTotalMemorySize() < 40_000_000_000L, "no setting asks for more than this machine has");
        try (DpdkChild child = new DpdkChild("device=net_null0", "huge-pages=never", "buffers=16777216")) {
            assertTrue(child.outcome().matches("refused: DPDK: 40976 MB of ordinary memory are needed for packet buffers and \\d+ MB "
                    + "are free \\(.*\\); set buffers or descriptors lower, or free memory"), child.outcome());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "--hel", "-v", "--version"})
    void anEalArgumentThatWouldEndTheProcessIsRefused(final String argument) throws IOException {
        try (DpdkChild child = new DpdkChild("device=net_null0", "huge-pages=never", "eal=" + argument)) {
            assertEquals("refused: DPDK: eal-arguments: " + argument + " would end the gateway; dpdk-testpmd -h lists the arguments",
                    child.outcome());
        }
    }

    @Test
    void tooManyEalArgumentsAreRefused() throws IOException {
        try (DpdkChild child = new DpdkChild("device=net_null0", "huge-pages=never", "eal=" + "-r 1 ".repeat(80))) {
            assertEquals("refused: DPDK: eal-arguments: more than 128 words; leave some out", child.outcome());
        }
    }

    @Test
    void aDeviceOfAnotherKindIsRefusedAndNotKept() {
        for (int i = 0; i < 2; i++) {
            final String message = refusal(device("baseband_null0"));
            Requirement.is(!message.contains("failed to parse device"), "DPDK's baseband_null (librte-baseband-null23)");
            assertTrue(message.startsWith("DPDK: DPDK cannot use baseband_null0: it is no network device"), message);
        }
    }

    @Test
    void anEalArgumentThatDpdkRefusesIsNamed() throws IOException {
        try (DpdkChild child = new DpdkChild("device=net_null0", "huge-pages=never", "eal=--no-such-thing")) {
            assertTrue(child.outcome().startsWith("refused: DPDK: DPDK does not start: ")
                    && child.outcome().contains("unrecognized option '--no-such-thing'"), child.outcome());
        }
    }

    @Test
    void asksTheNicForSteeringAndDoesWithoutWhereItHasNone() {
        try (BurstSource source = open(device("net_null0").with("groups", "224.0.31.1:14310"))) {
            assertFalse(source.describe().contains("steered"), source.describe());
            assertTrue(source.notices().contains("steering: the port does not offer it"), source.notices());
            assertEquals(LIMIT, source.poll(NOTHING, LIMIT));
        }
    }

    @Test
    void aPortThatRefusesARuleAndStaysIsolatedIsOpenedAnewWithout() {
        Requirement.root();
        Requirement.is(Files.exists(Path.of("/dev/net/tun")), "/dev/net/tun");
        final String name = "tbi" + ProcessHandle.current().pid();
        // More groups than net_tap takes rules, so that it refuses one whatever the kernel can do.
        final List<String> groups = IntStream.range(0, 1024).mapToObj(i -> "224.1." + i / 256 + '.' + i % 256 + ":14310").toList();
        try (BurstSource source = open(device("net_tap0,iface=" + name).with("groups", groups))) {
            assertFalse(source.describe().contains("steered"), source.describe());
            assertTrue(source.notices().contains("steering: the port refuses rule "), source.notices());
            VethPair.ip("link set " + name + " addrgenmode none up");
            // What the kernel sends out of it comes in here; of a group that no rule names.
            try (BurstSource kernel = open("net_af_packet9,iface=" + name)) {
                final byte[] frame = udp(7);
                sendUntilTaken(kernel, frame);
                // Among what the kernel says on a new interface of its own accord.
                final List<byte[]> received = new ArrayList<>();
                do {
                    received.addAll(framesOf(source, 1));
                    assertTrue(received.size() < LIMIT);
                } while (!Arrays.equals(frame, received.get(received.size() - 1)));
            }
        }
    }
}
