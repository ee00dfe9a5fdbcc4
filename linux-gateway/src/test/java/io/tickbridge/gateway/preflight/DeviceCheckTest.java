package io.tickbridge.gateway.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    @ValueSource(strings = {"net_null0", "net_null0,size=128", "eth_pcap0", "net_ring", "auxiliary:mlx5_core.sf.2"})
    void softwareThatNeedsNothing(final String device) {
        assertEquals(Optional.empty(), dpdk(device));
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
