package io.tickbridge.gateway.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.doctor.ethernet.EthtoolNetlink;
import io.tickbridge.gateway.placement.SystemTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each of the doctor's answers about this machine, beside what the command says that a person would use. The configuration receives
 * by sockets on the first interface that is hardware, on core 0.
 */
final class DoctorBesideCommandsTest {
    private static final String INTERFACE = new SystemTree(Path.of("/")).names("sys/class/net").stream()
            .filter(name -> Files.exists(Path.of("/sys/class/net", name, "device"))).findFirst().orElse("lo");
    /** Of the device below: the shell's own way, by the longest path that has such a name in it. */
    private static final String ADDRESS = "$(readlink -f /sys/class/net/" + INTERFACE
            + "/device | grep -oE '[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}[.][0-7]' | tail -n 1)";
    private static final Map<String, Claim> CLAIMS = Stream.of(
            claim("governor", "cat /sys/devices/system/cpu/cpufreq/policy*/scaling_governor 2>/dev/null | sort -u",
                    (out, seen) -> out.isEmpty() ? isAbsent(seen) : out.lines().allMatch(text(seen)::contains)),
            claim("idle-states", "cat /sys/devices/system/cpu/cpu0/cpuidle/state*/name 2>/dev/null",
                    (out, seen) -> out.isEmpty() ? isAbsent(seen) || text(seen).contains("idle=poll")
                            : out.lines().anyMatch(text(seen)::startsWith)),
            claim("smt", "lscpu | sed -n 's/^Thread(s) per core: *//p'",
                    (out, seen) -> out.equals("1") == !text(seen).contains("shares its units")),
            claim("isolated-cores", "cat /sys/devices/system/cpu/isolated",
                    (out, seen) -> out.isEmpty() == text(seen).endsWith("isolated: none")),
            claim("tickless-cores", "cat /sys/devices/system/cpu/nohz_full 2>/dev/null",
                    (out, seen) -> out.matches("|[(]null[)]") == text(seen).equals("core 0 has the tick")),
            claim("rcu-callbacks", "grep -oE 'rcu_nocbs=|nohz_full=' /proc/cmdline",
                    (out, seen) -> !out.isEmpty() || text(seen).equals("callbacks of core 0 run on it")),
            claim("irqbalance", "pgrep -x irqbalance", (out, seen) -> out.isEmpty() == isFine(seen)),
            claim("nic-interrupts", "ls /sys/bus/pci/devices/" + ADDRESS + "/msi_irqs 2>/dev/null | wc -l",
                    (out, seen) -> out.equals("0") ? isAbsent(seen) : text(seen).startsWith(INTERFACE + ": " + out + " interrupts")),
            claim("numa", "lscpu | sed -n 's/^NUMA node(s): *//p'", (out, seen) -> out.equals("1") == text(seen).equals("one NUMA node")),
            claim("clock-source", "cat /sys/devices/system/clocksource/clocksource0/current_clocksource",
                    (out, seen) -> text(seen).startsWith(out)),
            claim("mitigations", "lscpu | grep -c 'Mitigation;'", (out, seen) -> out.equals("0") ? !text(seen).contains(" active: ")
                    : text(seen).startsWith(out + " active: ")),
            claim("huge-pages", "sed -n 's/^HugePages_Total: *//p' /proc/meminfo",
                    (out, seen) -> out.equals("0") || text(seen).contains(" of " + out + " free of ")),
            claim("transparent-huge-pages", "sed 's/.*\\[\\(.*\\)].*/\\1/' /sys/kernel/mm/transparent_hugepage/enabled 2>/dev/null",
                    (out, seen) -> out.isEmpty() ? isAbsent(seen) : text(seen).equals(out)),
            claim("swap", "swapon --show=NAME --noheadings",
                    (out, seen) -> text(seen).equals(out.isEmpty() ? "none" : String.join(", ", out.lines().toList()))),
            // Bit 14 is CAP_IPC_LOCK, which lifts the limit; ulimit counts in KiB.
            claim("locked-memory", "[ $((0x$(sed -n 's/^CapEff:[[:space:]]*//p' /proc/self/status) >> 14 & 1)) = 1 ] && echo unlimited"
                    + " || ulimit -l", (out, seen) -> text(seen).startsWith(
                            out.equals("unlimited") ? "without limit (" : Long.parseLong(out) / 1024 + " MiB (")),
            setting("net.core.rmem_max"), setting("net.core.busy_read"), setting("net.core.netdev_max_backlog"),
            setting("kernel.numa_balancing"), setting("kernel.nmi_watchdog"), setting("vm.stat_interval"),
            claim("interfaces", "ip link show dev " + INTERFACE, (out, seen) -> out.contains("LOWER_UP") == isFine(seen)),
            claim("iommu", "ls /sys/class/iommu 2>/dev/null", (out, seen) -> out.isEmpty() == text(seen).startsWith("none")),
            claim("device-driver", "ethtool -i " + INTERFACE + " | sed -n 's/^driver: //p'",
                    (out, seen) -> isAbsent(seen) || text(seen).equals(INTERFACE + " is driven by " + out)),
            claim("sr-iov", "lspci -vv -s " + ADDRESS + " 2>/dev/null | sed -n 's/.*Total VFs: \\([0-9]*\\).*/\\1/p'",
                    (out, seen) -> out.isEmpty() || out.equals("0") ? !text(seen).contains(" has made ")
                            : text(seen).contains(" of " + out + " virtual functions")),
            claim("pcie-link", "lspci -vv -s " + ADDRESS + " 2>/dev/null | sed -n 's/.*LnkSta:.*Width x\\([0-9]*\\).*/\\1/p'",
                    (out, seen) -> out.isEmpty() || out.equals("0") ? isAbsent(seen) : text(seen).endsWith(" x" + out)),
            claim("pcie-requests", "lspci -vv -s " + ADDRESS + " 2>/dev/null | sed -n 's/.*MaxReadReq \\([0-9]*\\).*/\\1/p'",
                    (out, seen) -> out.isEmpty() ? !text(seen).contains("reads of") : text(seen).contains("reads of " + out + " bytes")),
            claim("nic-firmware", "ethtool -i " + INTERFACE + " | sed -n 's/^driver: //p'",
                    (out, seen) -> out.isEmpty() || text(seen).startsWith(INTERFACE + ": " + out + " ")),
            claim("rings", "ethtool -g " + INTERFACE + " 2>/dev/null | sed -n 's/^RX:[[:space:]]*//p' | tail -n 1",
                    (out, seen) -> out.matches("|0|n/a") ? isAbsent(seen) : text(seen).contains("receive ring " + out + " of ")),
            claim("coalescing", "ethtool -c " + INTERFACE + " 2>/dev/null | sed -n 's/^rx-usecs:[[:space:]]*//p'",
                    (out, seen) -> out.matches("|n/a") ? isAbsent(seen) : text(seen).startsWith(INTERFACE + ": " + out + " us")),
            claim("offloads", "ethtool -k " + INTERFACE + " | grep -cE '^(generic-receive-offload|large-receive-offload|rx-gro-hw): on$'",
                    (out, seen) -> out.equals("0") == isFine(seen)),
            claim("onload", "lsmod | grep -c '^onload '", (out, seen) -> out.equals("1") == text(seen).startsWith("driver loaded")),
            claim("io-uring", "uname -r", (out, seen) -> text(seen).endsWith(out) || !isFine(seen)),
            // 5 is TIME_ERROR of adjtimex(2), what it answers of a clock that nobody has set.
            claim("clock-synchronisation", "python3 -c 'import ctypes; print(ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(208)))'",
                    (out, seen) -> out.equals("5") == text(seen).contains("the kernel's clock is not synchronised")),
            claim("journal-volume", "findmnt -no FSTYPE -T . && df -BG --output=avail . | tail -n 1 | tr -d ' G'",
                    DoctorBesideCommandsTest::isTheVolume),
            claim("open-files", "ulimit -Hn", (out, seen) -> text(seen).startsWith(out + " (")),
            claim("java", "\"" + System.getProperty("java.home") + "/bin/java\" -version 2>&1",
                    (out, seen) -> out.contains(text(seen).substring(0, text(seen).indexOf(' ')))),
            claim("link-security", "python3 -c 'import ipaddress; print(ipaddress.ip_address(\"192.0.2.1\").is_loopback)'",
                    (out, seen) -> out.equals("True") == isFine(seen)))
            .collect(Collectors.toMap(Claim::check, claim -> claim));

    @TempDir
    private Path directory;

    /** What a command says, and whether the doctor says the same. */
    private record Claim(String check, String command, BiPredicate<String, List<Observation>> agrees) {
    }

    @ParameterizedTest
    @MethodSource("names")
    void saysWhatTheCommandSays(final String check) throws Exception {
        for (final String program : List.of("lscpu", "lspci", "ethtool", "ip", "sysctl", "python3", "findmnt")) {
            Requirement.program(program);
        }
        final Claim claim = CLAIMS.get(check);
        final String out = output(claim.command());
        final List<Observation> seen = Doctor.examine(host()).stream().filter(finding -> finding.check().equals(check))
                .map(finding -> new Observation(finding.verdict(), finding.found(), finding.wanted(), finding.mend())).toList();
        assertTrue(claim.agrees().test(out, seen), () -> claim.command() + "\nsays: " + out + "\nthe doctor: " + seen);
    }

    @Test
    void everyCheckIsBesideACommand() {
        assertEquals(new HashSet<>(Doctor.names()), CLAIMS.keySet());
    }

    static List<String> names() {
        return Doctor.names();
    }

    private static Claim claim(final String check, final String command, final BiPredicate<String, List<Observation>> agrees) {
        return new Claim(check, command, agrees);
    }

    private static Claim setting(final String name) {
        return claim(name, "sysctl -n " + name + " 2>/dev/null", (out, seen) ->
                out.isEmpty() ? isAbsent(seen) : text(seen).matches(out + "([,;].*)?"));
    }

    private static boolean isTheVolume(final String out, final List<Observation> seen) {
        final List<String> lines = out.lines().toList();
        final long free = Long.parseLong(seen.get(1).found().split(" ")[0]);
        // df rounds up, and others write to the disk meanwhile.
        return seen.get(0).found().startsWith(lines.get(0) + " on ") && Math.abs(Long.parseLong(lines.get(1)) - free) <= 2;
    }

    private static String text(final List<Observation> seen) {
        return seen.get(0).found();
    }

    private static boolean isFine(final List<Observation> seen) {
        return seen.stream().allMatch(observation -> observation.verdict() == Verdict.OK);
    }

    private static boolean isAbsent(final List<Observation> seen) {
        return seen.stream().allMatch(observation -> observation.verdict() == Verdict.NOT_HERE);
    }

    private Host host() throws IOException {
        final Path file = Files.writeString(directory.resolve("gateway.yaml"), """
                name: here
                capture: {source: udp}
                receive: {core: 0}
                feeds:
                  - name: es
                    protocol: cme-mdp3
                    market-depth: 10
                    lines: [{group: 224.0.31.1, port: 14310, interface: %s}]
                journal: {directory: %s}
                link: {listen: 192.0.2.1, security: plain}
                """.formatted(INTERFACE, directory));
        return new Host(SystemTree.MACHINE, new EthtoolNetlink(), JavaRuntime.current(), Volumes.MACHINE,
                Optional.of(ConfigReader.read(file)));
    }

    private String output(final String command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder("sh", "-c", command).directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.strip();
    }
}
