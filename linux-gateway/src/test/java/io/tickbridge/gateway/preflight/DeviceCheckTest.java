package io.tickbridge.gateway.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.placement.SystemTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that are there, are not, or are another's, on a machine made of files. */
class DeviceCheckTest {
    @TempDir
    private Path directory;

    private Optional<String> dpdk(final String device) {
        return new DpdkDeviceCheck(new SystemTree(directory)).run(device);
    }

    private Path make(final String path) throws IOException {
        return Files.createDirectories(directory.resolve(path));
    }

    private void driver(final String address, final String driver) throws IOException {
        Files.createSymbolicLink(make("sys/bus/pci/devices/" + address).resolve("driver"),
                make("sys/bus/pci/drivers/" + driver));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000:ff:1f.0", "ff:1f.0", "0000:FF:1f.0,some=thing"})
    void aPciDeviceThatIsNotThere(final String device) {
        assertEquals(Optional.of("this machine has no PCI device 0000:ff:1f.0; `dpdk-devbind.py --status-dev net` lists those "
                + "it has"), dpdk(device));
    }

    @Test
    void aPciDeviceOfTheKernels() throws IOException {
        make("sys/bus/pci/devices/0000:03:00.1");
        driver("0000:03:00.0", "ixgbe");
        make("sys/bus/pci/devices/0000:03:00.0/net/enp3s0");
        assertEquals(Optional.of("PCI device 0000:03:00.1 has no driver; give it to DPDK: driverctl set-override 0000:03:00.1 "
                + "vfio-pci, or dpdk-devbind.py --bind=vfio-pci 0000:03:00.1"), dpdk("3:0.1"));
        assertEquals(Optional.of("PCI device 0000:03:00.0 (interface enp3s0) is still driven by the kernel's ixgbe; give it to "
                + "DPDK, which takes it from the kernel: driverctl set-override 0000:03:00.0 vfio-pci, or "
                + "dpdk-devbind.py --bind=vfio-pci 0000:03:00.0"), dpdk("0000:03:00.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vfio-pci", "mlx5_core"})
    void aPciDeviceOfDpdks(final String driver) throws IOException {
        driver("0000:03:00.0", driver);
        assertEquals(Optional.empty(), dpdk("03:00.0"));
    }

    @ParameterizedTest
    @CsvSource({"'net_af_packet0,iface=nope0', net_af_packet0", "'net_af_xdp1,start_queue=0,iface=nope0', net_af_xdp1",
        "'net_pcap0,rx_iface_in=nope0', net_pcap0", "'net_tap0,iface=eth7,remote=nope0', net_tap0"})
    void anInterfaceThatIsNotThere(final String device, final String name) throws IOException {
        make("sys/class/net/eth7");
        assertEquals(Optional.of(name + ": this machine has no network interface nope0; `ip link` lists those it has"),
                dpdk(device));
        assertEquals(Optional.empty(), dpdk(device.replace("nope0", "eth7")));
    }

    @Test
    void aCaptureThatIsNotThere() throws IOException {
        final Path file = directory.resolve("day.pcap");
        assertEquals(Optional.of("net_pcap0: cannot read " + file + "; name a readable pcap or pcapng file"),
                dpdk("net_pcap0,rx_pcap=" + file + ",infinite_rx=1"));
        Files.createFile(file);
        assertEquals(Optional.empty(), dpdk("net_pcap0,rx_pcap=" + file + ",infinite_rx=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello world", "hello", "eth0", "0000:03:00", "net_af packet0"})
    void whatIsNoDevice(final String device) {
        assertEquals(Optional.of("\"" + device + "\" is neither a PCI address (0000:03:00.0) nor a software device, which is a "
                + "driver's name with a number (net_af_packet0)"), dpdk(device));
    }

    @ParameterizedTest
    @ValueSource(strings = {"net_null0", "net_null0,size=128", "net_ring", "virtio_user0,path=/x", "auxiliary:mlx5_core.sf.2"})
    void softwareThatNeedsNothing(final String device) {
        assertEquals(Optional.empty(), dpdk(device));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "net_af_pakcet0,iface=eth7 | net_af_pakcet0: DPDK has no driver net_af_pakcet; those that feeds are received by are "
            + "net_af_packet, net_af_xdp, net_pcap, net_null, net_tap",
        "net_af_packet0            | net_af_packet0: it does not say what to receive from; add ,iface=INTERFACE",
        "net_af_packet0,iface=     | net_af_packet0: it does not say what to receive from; add ,iface=INTERFACE",
        "net_af_xdp0,start_queue=0 | net_af_xdp0: it does not say what to receive from; add ,iface=INTERFACE",
        "net_pcap0,infinite_rx=1   | net_pcap0: it does not say what to receive from; add ,rx_pcap=FILE or ,rx_iface=INTERFACE or "
            + ",rx_iface_in=INTERFACE or ,iface=INTERFACE",
        "net_af_packet0,iface=eth7,framecount=9 | net_af_packet0: its driver has no argument \"framecount\"; it has blocksz, "
            + "fanout_mode, framecnt, framesz, iface, qdisc_bypass, qpairs",
        "net_pcap0,rx_pcap         | net_pcap0: it does not say what to receive from; add ,rx_pcap=FILE or ,rx_iface=INTERFACE or "
            + ",rx_iface_in=INTERFACE or ,iface=INTERFACE"})
    void softwareThatIsMisspeltOrIncomplete(final String device, final String complaint) throws IOException {
        make("sys/class/net/eth7");
        assertEquals(Optional.of(complaint), dpdk(device));
    }

    @Test
    void aDriverThatIsNotInstalled() throws IOException {
        make("sys/class/net/eth7");
        final Path drivers = make("usr/lib/x86_64-linux-gnu/dpdk/pmds-23.0");
        Files.createFile(drivers.resolve("librte_net_null.so.23"));
        Files.createFile(drivers.resolve("librte_net_new.so.23"));
        assertEquals(Optional.empty(), dpdk("net_null0"));
        assertEquals(Optional.empty(), dpdk("net_new0"), "of a later DPDK");
        assertEquals(Optional.of("net_af_packet0: its driver (librte_net_af_packet.so) is not installed; apt-get install "
                + "librte-meta-all"), dpdk("net_af_packet0,iface=eth7"));
    }

    @Test
    void aPacketSocketWithoutARingOfItsOwn() {
        assertEquals(Optional.empty(), DpdkDeviceCheck.note("net_af_packet0,iface=eth7,framecnt=16384"));
        assertEquals(Optional.empty(), DpdkDeviceCheck.note("net_null0"));
        assertEquals(Optional.of("net_af_packet0: without framecnt its ring holds 512 frames of 2 KB: at 10,000 packets a second it "
                + "is full, and frames are missed, when the receive thread is kept away for 50 ms; add framecnt=16384"),
                DpdkDeviceCheck.note("net_af_packet0,iface=eth7"));
    }

    private List<String> rights(final String capture) {
        final List<String> findings = new ArrayList<>();
        new SourceRights(new SystemTree(directory)).run(ConfigReader.parse("capture: " + capture + """

                feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310, interface: eth7}]}]
                link: {enabled: false}
                """, Path.of(""), "x.yaml").capture(), (key, text) -> findings.add(key + ": " + text));
        return findings;
    }

    private static String lacking(final String key, final String capabilities) {
        return key + ": this process lacks the right to receive this way: " + capabilities + "; run as root, or give it the "
                + "capabilities (systemd: AmbientCapabilities=" + capabilities + "), and check as the user under whom the gateway runs";
    }

    /** Capabilities as the kernel shows them of an ordinary user, of root, and of a service that was given some. */
    @Test
    void rightsThatASourceNeeds() throws IOException {
        assertEquals(List.of(), rights("{source: afxdp}"), "nothing is known");
        final Path status = make("proc/self").resolve("status");
        Files.writeString(status, "CapEff:\t0000000000000000\n");
        Files.writeString(make("proc/self").resolve("limits"), "Max locked memory         8388608              8388608              bytes\n");
        assertEquals(List.of(lacking("capture.source", "CAP_NET_ADMIN CAP_NET_RAW CAP_BPF"),
                "capture.afxdp.frames: this process may lock 8192 KiB of memory and needs 16384 or more: each queue's frames are "
                + "locked; set LimitMEMLOCK=infinity in the systemd unit (shell: ulimit -l unlimited), or give it CAP_IPC_LOCK"),
                rights("{source: afxdp, afxdp: {frames: 4096, frame-size: 4096}}"));
        assertEquals(List.of(lacking("capture.dpdk.device", "CAP_NET_RAW")),
                rights("{source: dpdk, dpdk: {device: 'net_af_packet0,iface=eth7'}}"));
        assertEquals(List.of(), rights("{source: dpdk, dpdk: {device: net_null0}}"));
        assertEquals(List.of(lacking("capture.source", "CAP_NET_RAW")), rights("{source: efvi, efvi: {interface: eth7}}"));
        assertEquals(List.of(), rights("{source: udp}"));
        assertEquals(List.of(lacking("capture.busy-poll", "CAP_NET_ADMIN")), rights("{source: udp, busy-poll: 50us}"));
        Files.writeString(status, "CapEff:\t0000008000007000\n"); // NET_ADMIN, NET_RAW, IPC_LOCK, BPF
        assertEquals(List.of(), rights("{source: afxdp}"));
        Files.writeString(status, "CapEff:\t0000000000207000\n"); // SYS_ADMIN for BPF
        assertEquals(List.of(), rights("{source: afxdp}"));
        Files.writeString(status, "CapEff:\t000001ffffffffff\n");
        assertEquals(List.of(), rights("{source: afxdp}"));
    }

    @Test
    void aNicOfVfioThatTheUserMayNotOpen() throws IOException {
        driver("0000:03:00.0", "vfio-pci");
        Files.createSymbolicLink(directory.resolve("sys/bus/pci/devices/0000:03:00.0/iommu_group"), make("sys/kernel/iommu_groups/17"));
        final String device = "{source: dpdk, dpdk: {device: '0000:03:00.0'}}";
        assertEquals(List.of(), rights(device));
        make("proc/self");
        Files.writeString(directory.resolve("proc/self/status"), "CapEff:\t0000000000000000\n");
        Files.writeString(directory.resolve("proc/self/limits"), "Max locked memory         65536                65536                bytes\n");
        assertEquals(1, rights(device).size());
        assertTrue(rights(device).get(0).startsWith("capture.dpdk.device: this process may lock 64 KiB of memory"), rights(device).get(0));
    }

    private List<String> afXdp(final String settings) {
        final List<String> findings = new ArrayList<>();
        new XdpDeviceCheck(new SystemTree(directory), ConfigReader.parse("capture: {source: afxdp, afxdp: {" + settings + """
                }}
                feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310, interface: eth7}]}]
                link: {enabled: false}
                """, Path.of(""), "x.yaml").capture().afXdp()).run("eth7", (key, text) -> findings.add(key + ": " + text));
        return findings;
    }

    @Test
    void queuesAndMtuOfAnInterface() throws IOException {
        assertEquals(List.of(), afXdp("queues: [9]"), "nothing is known of it");
        make("sys/class/net/eth7/queues/rx-0");
        make("sys/class/net/eth7/queues/rx-1");
        make("sys/class/net/eth7/queues/tx-0");
        make("sys/class/net/eth7/queues/tx-2");
        Files.writeString(directory.resolve("sys/class/net/eth7/mtu"), "1770\n");
        assertEquals(List.of(), afXdp("queues: [0, 1], frame-size: 2048"));
        assertEquals(List.of("capture.afxdp.queues[1]: eth7 has no queue 2; its receive queues are 0 to 1 (ethtool -l eth7)"),
                afXdp("queues: [1, 2]"));
        Files.writeString(directory.resolve("sys/class/net/eth7/mtu"), "3818\n");
        assertEquals(List.of(), afXdp(""));
        assertEquals(List.of("capture.afxdp.frame-size: eth7: its MTU of 3818 bytes exceeds the 1770 that fit a frame of 2048 "
                + "bytes, and frames in several pieces (multi-buffer, jumbo) are not supported; set frame-size: 4096"),
                afXdp("frame-size: 2048"));
        Files.writeString(directory.resolve("sys/class/net/eth7/mtu"), "9000\n");
        assertEquals(List.of("capture.afxdp.frame-size: eth7: its MTU of 9000 bytes exceeds the 3818 that fit a frame of 4096 "
                + "bytes, and frames in several pieces (multi-buffer, jumbo) are not supported; lower it if the exchange sends "
                + "none: ip link set dev eth7 mtu 1500"), afXdp(""));
    }
}
