package io.tickbridge.gateway.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every finding there is, on a server with two nodes of four cores with two hardware threads each: 0-3 and 8-11, 4-7 and
 * 12-15, of which 2-3 and 6-7 are isolated, 15 is off, and the gateway's cpuset leaves out 14.
 */
class PlacementCheckTest {
    private static final long GIB = 1L << 30;

    @TempDir
    private Path directory;
    private RecordedTree machine;

    @BeforeEach
    void putDown() throws IOException {
        machine = new RecordedTree(directory, "two-node-server.tree");
    }

    private List<Finding> findings(final String placement, final String device) {
        return new PlacementCheck(machine.tree(), ConfigReader.parse("""
                capture: {source: udp}
                feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310, interface: %s}]}]
                link: {enabled: false}
                """.formatted("\"" + device + "\"") + placement, Path.of(""), "x.yaml")).run(GIB);
    }

    private List<Finding> findings(final String placement) {
        return findings(placement + "memory: {lock: off}\n", "lo");
    }

    private static List<Finding> warnings(final String key, final String... texts) {
        return List.of(texts).stream().map(text -> Finding.warning(key, text)).toList();
    }

    @Test
    void aCoreThatIsIsolatedWholeAndNear() throws IOException {
        // 6 is isolated and tickless; its sibling 14 is online, so switch that off.
        machine.with("sys/devices/system/cpu/online", "0-13");
        assertEquals(List.of(), findings("receive: {core: 6, numa: require}\nmemory: {lock: off}\n", "enp129s0f0"));
        assertEquals(List.of(), findings("receive: {core: 6, numa: require}\nmemory: {lock: off}\n", "0000:81:00.0"));
    }

    @Test
    void nothingIsLookedAtUnlessItIsConfigured() {
        assertEquals(List.of(), findings(""));
    }

    @Test
    void aCoreThatIsOffOrNotThere() {
        assertEquals(List.of(Finding.refusal("receive.core", "found 15, which is not online, allowed: 0-13")),
                findings("receive: {core: 15}\n"));
        assertEquals(List.of(Finding.refusal("journal.core", "found 99, which is not online, allowed: 0-13")),
                findings("journal: {core: 99}\n"));
    }

    @Test
    void aCoreOutsideOfTheCpuset() throws IOException {
        assertEquals(List.of(Finding.refusal("receive.core",
                "found 14, which this process's cpuset leaves out, allowed: 0-13")), findings("receive: {core: 14}\n"));
        // The group's own file bounds it before its parent's.
        machine.with("sys/fs/cgroup/system.slice/tickbridge.service/cpuset.cpus.effective", "4-5");
        assertEquals(List.of(Finding.refusal("receive.core",
                "found 6, which this process's cpuset leaves out, allowed: 4-5")), findings("receive: {core: 6}\n"));
        // Version 1 of control groups has a hierarchy of its own for cpusets.
        machine.with("proc/self/cgroup", "4:memory:/a\n3:cpuset:/b\n0::/\n")
                .with("sys/fs/cgroup/cpuset/cpuset.effective_cpus", "0-7");
        assertEquals(List.of(Finding.refusal("receive.core",
                "found 8, which this process's cpuset leaves out, allowed: 0-7")), findings("receive: {core: 8}\n"));
    }

    @Test
    void aCoreThatIsNotIsolated() {
        final String siblings = "core 4 shares its execution units with hardware thread 12, which other threads may use: "
                + "isolate it too, or switch it off with echo 0 > /sys/devices/system/cpu/cpu12/online";
        assertEquals(warnings("receive.core", "core 4 is not isolated: the scheduler also puts other threads there, which "
                        + "adds microseconds to milliseconds now and then; boot with isolcpus=4 nohz_full=4 rcu_nocbs=4",
                siblings), findings("receive: {core: 4}\n"));
    }

    @Test
    void aCoreIsolatedByACpusetPartition() throws IOException {
        machine.with("sys/fs/cgroup/cpuset.cpus.isolated", "4,12").with("sys/devices/system/cpu/nohz_full", "4")
                .with("proc/900/task/901/status", "Tgid:\t900\nCpus_allowed_list:\t0-1");
        assertEquals(List.of(), findings("receive: {core: 4}\n"));
    }

    @Test
    void aCoreThatTicksAndIsSharedAndHasATenant() {
        assertEquals(warnings("receive.core",
                "core 3 is isolated but keeps its timer tick, which interrupts the thread 100 to 1000 times a second; "
                        + "boot with nohz_full=3 rcu_nocbs=3",
                "core 3 and core 11, which the gateway's other thread has, are hardware threads of one core: each slows the "
                        + "other; choose another core",
                "core 3 has been given to postgres (thread 900 of process 900) too: move it with taskset -pc, or choose "
                        + "another core"),
                findings("receive: {core: 3}\njournal: {core: 11}\n").stream()
                        .filter(finding -> finding.key().equals("receive.core")).toList());
    }

    @Test
    void threadsThatMayRunOnAnIsolatedCoreWereMeantTo() throws IOException {
        machine.with("sys/devices/system/cpu/online", "0-13")
                .with("proc/900/task/901/status", "Tgid:\t900\nCpus_allowed_list:\t0-7");
        assertEquals(warnings("receive.core", "core 6 has been given to postgres: a) b (thread 901 of process 900) too: move "
                + "it with taskset -pc, or choose another core"), findings("receive: {core: 6}\n"));
    }

    @Test
    void aCoreOnTheFarNode() throws IOException {
        machine.with("sys/devices/system/cpu/online", "0-13");
        for (final String device : List.of("enp3s0f0", "0000:03:00.0", "03:00.0")) {
            final String text = "core 6 is on NUMA node 1 and " + device + " on node 0: every packet crosses between them; "
                    + "choose a core of node 0: 0-3,8-11";
            assertEquals(List.of(Finding.warning("receive.core", text)),
                    findings("receive: {core: 6}\nmemory: {lock: off}\n", device));
            assertEquals(List.of(Finding.refusal("receive.core", text)),
                    findings("receive: {core: 6, numa: require}\nmemory: {lock: off}\n", device));
        }
        final List<Finding> bond = findings("receive: {core: 10}\nmemory: {lock: off}\n", "bond0");
        assertTrue(bond.stream().anyMatch(finding -> finding.text().startsWith(
                "core 10 is on NUMA node 0 and bond0 on node 1: ")), bond.toString());
    }

    /** Its lines name no interface: the source does. */
    @Test
    void aSourcesOwnInterfaceOnTheFarNode() throws IOException {
        machine.with("sys/devices/system/cpu/online", "0-13");
        for (final String capture : List.of("{source: efvi, efvi: {interface: enp3s0f0}}",
                "{source: dpdk, dpdk: {device: \"net_af_packet0,iface=enp3s0f0\"}}")) {
            final List<Finding> findings = new PlacementCheck(machine.tree(), ConfigReader.parse("capture: " + capture + """

                    receive: {core: 6, numa: require}
                    memory: {lock: off}
                    feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310}]}]
                    link: {enabled: false}
                    """, Path.of(""), "x.yaml")).run(GIB);
            assertEquals(List.of(Finding.refusal("receive.core", "core 6 is on NUMA node 1 and enp3s0f0 on node 0: every "
                    + "packet crosses between them; choose a core of node 0: 0-3,8-11")), findings, capture);
        }
    }

    @Test
    void anInterfaceWhoseNodeIsNotKnown() throws IOException {
        machine.with("sys/devices/system/cpu/online", "0-13");
        for (final String device : List.of("lo", "enp4s0", "nosuch0", "..")) {
            assertEquals(List.of(), findings("receive: {core: 6, numa: require}\nmemory: {lock: off}\n", device));
        }
    }

    @Test
    void memoryThatMayNotBeLocked() {
        final String text = "this process may lock 8 MiB, and its address space, which the kernel counts, is 3072 MiB and "
                + "grows; nothing is locked, so memory can be paged out and a packet then waits for the disk; set "
                + "LimitMEMLOCK=infinity in the systemd unit, or `USER - memlock unlimited` in "
                + "/etc/security/limits.d/tickbridge.conf";
        assertEquals(List.of(Finding.warning("memory.lock", text)), findings("", "lo"));
        assertEquals(List.of(Finding.refusal("memory.lock", text)), findings("memory: {lock: require}\n", "lo"));
    }

    @Test
    void aLimitThatHoldsWhatIsThereHoldsNotWhatComes() throws IOException {
        machine.with("proc/self/limits", "Max locked memory         4294967296           unlimited            bytes");
        final List<Finding> findings = findings("memory: {lock: require}\n", "lo");
        assertEquals(1, findings.size());
        assertTrue(findings.get(0).isRefusal());
        assertTrue(findings.get(0).text().contains("may lock 4096 MiB") && findings.get(0).text().contains(
                "; what comes later stays unlocked; set LimitMEMLOCK=infinity"), findings.get(0).text());
    }

    @Test
    void memoryThatMayBeLocked() throws IOException {
        machine.with("proc/self/limits", "Max locked memory         unlimited            unlimited            bytes");
        assertEquals(List.of(), findings("memory: {lock: require}\n", "lo"));
        machine.with("proc/self/limits", "Max locked memory         8388608              8388608              bytes")
                .with("proc/self/status", "Tgid:\t4000\nCapEff:\t0000000000004000\n"); // CAP_IPC_LOCK
        assertEquals(List.of(), findings("memory: {lock: require}\n", "lo"));
    }

    @Test
    void aMachineTooSmallForIt() throws IOException {
        machine.with("proc/self/limits", "Max locked memory         unlimited            unlimited            bytes")
                .with("proc/meminfo", "MemAvailable:   524288 kB");
        assertEquals(List.of(Finding.warning("memory.lock", "locking needs up to 1024 MiB of memory and the machine has "
                + "512 MiB left; stop something, ask for less, or set `memory.lock: off`")), findings("", "lo"));
    }

    @Test
    void aKernelThatTellsNothing(@TempDir final Path empty) {
        final List<Finding> findings = new PlacementCheck(new SystemTree(empty), ConfigReader.parse("""
                capture: {source: udp}
                receive: {core: 1}
                feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310, interface: lo}]}]
                """, Path.of(""), "x.yaml")).run(GIB);
        assertEquals("found 1, which is not online, allowed: ", findings.get(0).text());
    }
}
