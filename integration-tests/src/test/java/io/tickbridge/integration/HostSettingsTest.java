package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings that a boot forgets, put in force in a tree of files that stands for a server's /sys and /proc. */
final class HostSettingsTest {
    private static final String GOVERNOR = "sys/devices/system/cpu/cpufreq/policy%d/scaling_governor";
    private static final String PAGES = "sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages";
    private static final String DEVICE = "sys/bus/pci/devices/0000:41:00.0";

    @TempDir
    private Path directory;
    private Path tree;

    @BeforeEach
    void aServer() throws IOException {
        tree = directory.resolve("tree");
        put(GOVERNOR.formatted(0), "powersave");
        put(GOVERNOR.formatted(1), "performance");
        put(PAGES, "0");
        put(DEVICE + "/driver_override", "(null)");
        put("sys/bus/pci/drivers/vfio-pci/new_id", "");
        put("sys/bus/pci/drivers/i40e/unbind", "");
        put("sys/bus/pci/drivers_probe", "");
        Files.createSymbolicLink(tree.resolve(DEVICE + "/driver"), Path.of("../../drivers/i40e"));
        put("sys/class/net/eth9/device/msi_irqs/88", "msix");
        put("sys/class/net/eth9/device/sriov_numvfs", "0");
        put("proc/irq/88/smp_affinity_list", "0-7");
    }

    @Test
    void eachSettingIsPutInForceOnceAndSaid() throws Exception {
        final String settings = "GOVERNOR=performance\nHUGEPAGES_2M=0:512\nVFS=eth9:2\nIRQ_CORES=0-1\nIRQ_INTERFACES=eth9\n";
        final Launcher.Result first = run("apply", settings);
        assertEquals(0, first.exit(), first.err());
        assertEquals("performance", text(GOVERNOR.formatted(0)));
        assertEquals("512", text(PAGES));
        assertEquals("2", text("sys/class/net/eth9/device/sriov_numvfs"));
        assertEquals("0-1", text("proc/irq/88/smp_affinity_list"));
        assertEquals(4, first.out().lines().filter(line -> line.startsWith("done: ")).count(), first.out());
        final Launcher.Result second = run("apply", settings);
        assertEquals("nothing to change\n", second.out());
        assertEquals(0, second.exit(), second.err());
    }

    @Test
    void aCheckSaysWhatItWouldDoAndDoesNothing() throws Exception {
        final Launcher.Result check = run("check", "GOVERNOR=performance\nHUGEPAGES_2M=0:512\n");
        assertEquals(1, check.exit(), check.err());
        assertEquals(List.of("would: /" + GOVERNOR.formatted(0) + ": powersave -> performance", "would: /" + PAGES + ": 0 -> 512"),
                check.out().lines().toList());
        assertEquals("powersave", text(GOVERNOR.formatted(0)));
    }

    @Test
    void aPortIsTakenFromItsDriverAndGivenToVfio() throws Exception {
        final Launcher.Result result = run("apply", "VFIO_DEVICES=0000:41:00.0\n");
        assertEquals(0, result.exit(), result.err());
        assertEquals("vfio-pci", text(DEVICE + "/driver_override"));
        assertEquals("0000:41:00.0", text("sys/bus/pci/drivers/i40e/unbind"));
        assertEquals("0000:41:00.0", text("sys/bus/pci/drivers_probe"));
    }

    @Test
    void aPortWhoseInterfaceHasAnAddressIsLeftAlone() throws Exception {
        // Loopback has one on every machine: it stands for the interface by which somebody is logged on.
        put(DEVICE + "/net/lo/ifindex", "1");
        final Launcher.Result result = run("apply", "VFIO_DEVICES=0000:41:00.0\n");
        assertEquals(1, result.exit(), result.out());
        assertTrue(result.err().contains("0000:41:00.0 is in use (lo)"), result.err());
        assertEquals("", text("sys/bus/pci/drivers/i40e/unbind"));
    }

    @Test
    void virtualFunctionsInUseAreNotTakenAway() throws Exception {
        put("sys/class/net/eth9/device/sriov_numvfs", "4");
        final Launcher.Result result = run("apply", "VFS=eth9:2\n");
        assertEquals(1, result.exit(), result.out());
        assertTrue(result.err().contains("eth9 has 4 virtual functions, 2 are wanted"), result.err());
        assertEquals("4", text("sys/class/net/eth9/device/sriov_numvfs"));
    }

    @Test
    void whatCannotBeHadIsSaidAndTheRestIsDone() throws Exception {
        final Launcher.Result result = run("apply", "VFIO_DEVICES=0000:99:00.0\nHUGEPAGES_2M=7:512\nGOVERNOR=performance\n");
        assertEquals(1, result.exit(), result.out());
        assertTrue(result.err().contains("there is no PCI device 0000:99:00.0"), result.err());
        assertTrue(result.err().contains("node7/hugepages/hugepages-2048kB/nr_hugepages does not exist"), result.err());
        assertTrue(result.err().contains("2 settings could not be had"), result.err());
        assertEquals("performance", text(GOVERNOR.formatted(0)));
    }

    @Test
    void aMistakeInTheFileIsNamedWithItsLineAndNothingIsRun() throws Exception {
        final Launcher.Result wrong = run("apply", "# fine\nGOVERNER=performance\n");
        assertEquals(2, wrong.exit());
        assertTrue(wrong.err().contains("host.conf:2: `GOVERNER=performance`: allowed are"), wrong.err());
        // The file is read, never executed.
        final Launcher.Result trick = run("apply", "GOVERNOR=$(touch " + directory + "/tricked)\n");
        assertEquals(0, trick.exit(), trick.err());
        assertTrue(Files.notExists(directory.resolve("tricked")));
    }

    @Test
    void theExampleIsReadAsItIs() throws Exception {
        final Path example = Installation.root().resolve("vps-deploy/host/host.conf.example");
        final Launcher.Result result = run("check", Files.readString(example));
        assertEquals(1, result.exit(), result.err());
        assertTrue(result.out().contains("powersave -> performance"), result.out());
    }

    private Launcher.Result run(final String mode, final String settings) throws IOException, InterruptedException {
        final Path file = Files.writeString(directory.resolve("host.conf"), settings);
        return Launcher.run(directory, Map.of("TICKBRIDGE_HOST_ROOT", tree.toString()), List.of(
                Installation.root().resolve("vps-deploy/host/tickbridge-host").toString(), mode, file.toString()));
    }

    private void put(final String path, final String text) throws IOException {
        Files.createDirectories(tree.resolve(path).getParent());
        Files.writeString(tree.resolve(path), text);
    }

    private String text(final String path) throws IOException {
        return Files.readString(tree.resolve(path)).strip();
    }
}
