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

    @TempDir
    private Path directory;
    private HostTree host;

    @BeforeEach
    void aServer() throws IOException {
        host = new HostTree(directory);
        host.put(GOVERNOR.formatted(0), "powersave");
        host.put(GOVERNOR.formatted(1), "performance");
        host.put(PAGES, "0");
        host.put("sys/class/net/eth9/device/msi_irqs/88", "msix");
        host.put("sys/class/net/eth9/device/sriov_numvfs", "0");
        host.put("proc/irq/88/smp_affinity_list", "0-7");
    }

    @Test
    void eachSettingIsPutInForceOnceAndSaid() throws Exception {
        final String settings = "GOVERNOR=performance\nHUGEPAGES_2M=0:512\nVFS=eth9:2\nIRQ_CORES=0-1\nIRQ_INTERFACES=eth9\n";
        final Launcher.Result first = host.run("apply", settings);
        assertEquals(0, first.exit(), first.err());
        assertEquals("performance", host.text(GOVERNOR.formatted(0)));
        assertEquals("512", host.text(PAGES));
        assertEquals("2", host.text("sys/class/net/eth9/device/sriov_numvfs"));
        assertEquals("0-1", host.text("proc/irq/88/smp_affinity_list"));
        assertEquals(4, first.out().lines().filter(line -> line.startsWith("done: ")).count(), first.out());
        final Launcher.Result second = host.run("apply", settings);
        assertEquals("nothing to change\n", second.out());
        assertEquals(0, second.exit(), second.err());
    }

    @Test
    void aCheckSaysWhatItWouldDoAndDoesNothing() throws Exception {
        final Launcher.Result check = host.run("check", "GOVERNOR=performance\nHUGEPAGES_2M=0:512\n");
        assertEquals(1, check.exit(), check.err());
        assertEquals(List.of("would: /" + GOVERNOR.formatted(0) + ": powersave -> performance", "would: /" + PAGES + ": 0 -> 512"),
                check.out().lines().toList());
        assertEquals("powersave", host.text(GOVERNOR.formatted(0)));
    }

    @Test
    void pagesOfOneGibibyteAreReservedByNode() throws Exception {
        final String pages = "sys/devices/system/node/node1/hugepages/hugepages-1048576kB/nr_hugepages";
        host.put(pages, "0");
        assertEquals(0, host.run("apply", "HUGEPAGES_1G=1:2\n").exit());
        assertEquals("2", host.text(pages));
        assertEquals("nothing to change\n", host.run("apply", "HUGEPAGES_1G=1:2\n").out());
    }

    @Test
    void coresAreComparedAsASetSinceTheKernelWritesRanges() throws Exception {
        // Asked for 0,1 it shows 0-1: nothing is left to do.
        host.put("proc/irq/88/smp_affinity_list", "0-1");
        final Launcher.Result same = host.run("check", "IRQ_CORES=0,1\nIRQ_INTERFACES=eth9\n");
        assertEquals("nothing to change\n", same.out());
        assertEquals(0, same.exit(), same.err());
        assertEquals(1, host.run("check", "IRQ_CORES=0,2\nIRQ_INTERFACES=eth9\n").exit());
    }

    @Test
    void interruptsOfAVirtioInterfaceAreThoseOfItsPciDevice() throws Exception {
        host.put("sys/devices/pci0/msi_irqs/31", "msix");
        host.put("sys/devices/pci0/virtio2/vendor", "0x1af4");
        host.put("proc/irq/31/smp_affinity_list", "0-7");
        host.link("sys/class/net/eth8/device", "../../../devices/pci0/virtio2");
        assertEquals(0, host.run("apply", "IRQ_CORES=0-1\nIRQ_INTERFACES=eth8\n").exit());
        assertEquals("0-1", host.text("proc/irq/31/smp_affinity_list"));
    }

    @Test
    void virtualFunctionsInUseAreNotTakenAway() throws Exception {
        host.put("sys/class/net/eth9/device/sriov_numvfs", "4");
        final Launcher.Result result = host.run("apply", "VFS=eth9:2\n");
        assertEquals(1, result.exit(), result.out());
        assertTrue(result.err().contains("eth9 has 4 virtual functions, 2 are wanted"), result.err());
        assertEquals("4", host.text("sys/class/net/eth9/device/sriov_numvfs"));
    }

    @Test
    void whatCannotBeHadIsSaidAndTheRestIsDone() throws Exception {
        final Launcher.Result result = host.run("apply", "VFIO_DEVICES=0000:99:00.0\nHUGEPAGES_2M=7:512\nGOVERNOR=performance\n");
        assertEquals(1, result.exit(), result.out());
        assertTrue(result.err().contains("there is no PCI device 0000:99:00.0"), result.err());
        assertTrue(result.err().contains("node7/hugepages/hugepages-2048kB/nr_hugepages does not exist"), result.err());
        assertTrue(result.err().contains("2 settings could not be had"), result.err());
        assertEquals("performance", host.text(GOVERNOR.formatted(0)));
    }

    @Test
    void aMistakeInTheFileIsNamedWithItsLineAndNothingIsRun() throws Exception {
        final Launcher.Result wrong = host.run("apply", "# fine\nGOVERNER=performance\n");
        assertEquals(2, wrong.exit());
        assertTrue(wrong.err().contains("host.conf:2: `GOVERNER=performance`: allowed are"), wrong.err());
        // The file is read, never executed.
        final Launcher.Result trick = host.run("apply", "GOVERNOR=$(touch " + directory + "/tricked)\n");
        assertEquals(0, trick.exit(), trick.err());
        assertTrue(Files.notExists(directory.resolve("tricked")));
    }

    @Test
    void theExampleIsReadAsItIs() throws Exception {
        final Path example = Installation.root().resolve("vps-deploy/host/host.conf.example");
        final Launcher.Result result = host.run("check", Files.readString(example));
        assertEquals(1, result.exit(), result.err());
        assertTrue(result.out().contains("powersave -> performance"), result.out());
    }
}
