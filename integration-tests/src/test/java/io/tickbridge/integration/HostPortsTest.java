package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports that are taken from the kernel and given to DPDK, and those that are not, because somebody uses them. */
final class HostPortsTest {
    private static final String DEVICE = "sys/bus/pci/devices/0000:41:00.0";
    private static final String SETTINGS = "VFIO_DEVICES=0000:41:00.0\n";
    private static final String UNBIND = "sys/bus/pci/drivers/i40e/unbind";
    private static final String PROBE = "sys/bus/pci/drivers_probe";

    @TempDir
    private Path directory;
    private HostTree host;

    @BeforeEach
    void aPortOfTheKernels() throws IOException {
        host = new HostTree(directory);
        host.put(DEVICE + "/driver_override", "(null)");
        host.put(DEVICE + "/net/eth9/ifindex", "9");
        host.put("sys/bus/pci/drivers/vfio-pci/new_id", "");
        host.put("sys/kernel/iommu_groups/17/type", "DMA");
        host.link(DEVICE + "/iommu_group", "../../../../kernel/iommu_groups/17");
        host.put(UNBIND, "");
        host.put(PROBE, "");
        host.link(DEVICE + "/driver", "../../drivers/i40e");
    }

    @Test
    void aPortIsTakenFromItsDriverAndGivenToVfio() throws Exception {
        final CompletableFuture<String> kernel = kernelThatBinds("vfio-pci");
        final Launcher.Result result = host.run("apply", SETTINGS);
        assertEquals(0, result.exit(), result.err());
        assertEquals("vfio-pci", host.text(DEVICE + "/driver_override"));
        assertEquals("0000:41:00.0 0000:41:00.0", kernel.get());
        assertEquals("nothing to change\n", host.run("apply", SETTINGS).out());
    }

    @Test
    void aPortThatVfioDidNotGetIsSaid() throws Exception {
        final CompletableFuture<String> kernel = kernelThatBinds("i40e");
        final Launcher.Result result = host.run("apply", SETTINGS);
        assertEquals(1, result.exit(), result.out());
        assertTrue(result.err().contains("0000:41:00.0 is held by i40e after all"), result.err());
        kernel.get();
    }

    @Test
    void aPortWithAnAddressIsLeftAlone() throws Exception {
        host.answer("eth9.address", "9: eth9    inet 192.0.2.10/24 brd 192.0.2.255 scope global eth9\\       valid_lft forever\n");
        leftAlone("eth9 has an address");
    }

    @Test
    void aPortBelowABridgeOrBondIsLeftAlone() throws Exception {
        host.link(DEVICE + "/net/eth9/master", "../../../../virtual/net/br0");
        leftAlone("eth9 is part of br0");
    }

    @Test
    void aPortBelowAVlanIsLeftAlone() throws Exception {
        host.link(DEVICE + "/net/eth9/upper_eth9.100", "../../../../virtual/net/eth9.100");
        leftAlone("eth9 is part of eth9.100");
    }

    @Test
    void aPortWithTheDefaultRouteIsLeftAlone() throws Exception {
        host.answer("eth9.route", "default via 192.0.2.1 proto static\n");
        leftAlone("eth9 has the default route");
    }

    /** At boot no port has an address yet: what its configuration says counts. */
    @Test
    void aPortThatTheNetworksConfigurationNamesIsLeftAlone() throws Exception {
        host.put("etc/network/interfaces", "auto br0\niface br0 inet dhcp\n    bridge_ports eth9\n");
        leftAlone("eth9 is configured in /etc/network/interfaces");
    }

    @Test
    void anAddressThatEveryInterfaceGivesItselfCountsForNothing() throws Exception {
        host.answer("eth9.address", "9: eth9    inet6 fe80::1/64 scope link \\       valid_lft forever\n");
        final Launcher.Result result = host.run("check", SETTINGS);
        assertTrue(result.out().contains("would: give 0000:41:00.0 to vfio-pci"), result.out() + result.err());
    }

    @Test
    void aPortWithoutIommuIsLeftAlone() throws Exception {
        Files.delete(host.path(DEVICE + "/iommu_group"));
        final Launcher.Result result = host.run("apply", SETTINGS);
        assertEquals(1, result.exit(), result.out());
        assertTrue(result.err().contains("0000:41:00.0 is in no IOMMU group"), result.err());
        assertEquals("", host.text(UNBIND));
        // vfio's unsafe mode does without, for whoever has switched it on.
        host.put("sys/module/vfio/parameters/enable_unsafe_noiommu_mode", "Y\n");
        assertTrue(host.run("check", SETTINGS).out().contains("would: give 0000:41:00.0 to vfio-pci"));
    }

    private void leftAlone(final String reason) throws Exception {
        final Launcher.Result result = host.run("apply", SETTINGS);
        assertEquals(1, result.exit(), result.out());
        assertTrue(result.err().contains("VFIO_DEVICES: 0000:41:00.0 stays with i40e: " + reason), result.err());
        assertEquals("", host.text(UNBIND));
        assertEquals("(null)", host.text(DEVICE + "/driver_override"));
    }

    /**
     * What the kernel does: takes a device from its driver when told so, and gives it to one when told to look. Both files are pipes:
     * the script's writes wait for this side to open them, so that nothing depends on who is faster.
     */
    private CompletableFuture<String> kernelThatBinds(final String driver) throws Exception {
        for (final String pipe : new String[] {UNBIND, PROBE}) {
            Files.delete(host.path(pipe));
            assertEquals(0, new ProcessBuilder("mkfifo", host.path(pipe).toString()).start().waitFor());
        }
        return CompletableFuture.supplyAsync(() -> {
            try {
                final String taken = host.text(UNBIND);
                host.link(DEVICE + "/driver", "../../drivers/" + driver);
                return taken + " " + host.text(PROBE);
            } catch (final IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }
}
