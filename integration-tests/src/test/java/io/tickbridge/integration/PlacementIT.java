package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.placement.Cores;
import io.tickbridge.gateway.placement.CpuSet;
import io.tickbridge.gateway.placement.SystemTree;
import io.tickbridge.integration.exchange.SessionPackets;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a real gateway's threads run and what of its memory is locked, as the kernel tells it to anyone. */
@Tag("alone")
final class PlacementIT {
    private static final long HEAP = 64 << 10; // kB that the launcher asks for at once

    @TempDir
    private Path directory;

    /** Ones on a machine with two cores as well: every other thread then keeps the journal company. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void everyThreadRunsWhereItBelongs(final int receive, final int journal) throws Exception {
        final CpuSet online = new Cores(SystemTree.MACHINE).online();
        Requirement.is(online.contains(0) && online.contains(1), "cores 0 and 1");
        final List<byte[]> packets = SessionPackets.of(13, 400);
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, GatewayText.changed(
                    GatewayText.changed(feed.configuration(0, 0), "receive: {", "receive: {core: " + receive + ", "),
                    "journal: {", "journal: {core: " + journal + ", ") + "memory: {lock: off}\n");
            try (GatewayProcess gateway = GatewayProcess.start(directory)) {
                gateway.port();
                feed.sendInPortionsTo(gateway);
                gateway.awaitCount("journal.core", core -> core == journal);
                feed.send(0, packets);
                gateway.awaitCount("feed.cme.datagrams", count -> count == packets.size());
                gateway.awaitCount("receive.core", core -> core == receive);
                Await.until("only the receive thread on its core", () -> strangers(gateway, receive).isEmpty(),
                        () -> strangers(gateway, receive).toString());

                final Map<String, String> allowed = allowedByName(gateway.pid());
                assertEquals(Integer.toString(receive), allowed.get("receive"), allowed::toString);
                assertEquals(Integer.toString(journal), allowed.get("journal"), allowed::toString);
                // The virtual machine's own, by the names it gives them.
                for (final String name : List.of("VM Thread", "C2 CompilerThre", "status", "java")) {
                    assertEquals(online.minus(CpuSet.of(receive)).minus(online.size() > 2 ? CpuSet.of(journal) : CpuSet.of())
                            .toString(), allowed.getOrDefault(name, "no thread of this name"), name + " in " + allowed);
                }
                gateway.awaitLog("receive thread \\d+ on core " + receive + " \\((not )?isolated");
                gateway.stop();
                assertTrue(gateway.log().contains("receive.core: core " + receive + " is not isolated")
                        != new Cores(SystemTree.MACHINE).isolated().contains(receive), gateway.log());
            }
            Signals.assertSame(feed.signals(packets), Signals.ofJournal(GatewayFiles.journal(directory)), "the journal's");
        }
    }

    private static Map<String, String> strangers(final GatewayProcess gateway, final int core) {
        final Map<String, String> strangers = allowedByName(gateway.pid());
        strangers.remove("receive");
        strangers.values().removeIf(cpus -> !CpuSet.parse(cpus).contains(core));
        return strangers;
    }

    /** Name of each thread and its Cpus_allowed_list; of several with one name, the widest in text's order. */
    private static Map<String, String> allowedByName(final long process) {
        final Map<String, String> result = new TreeMap<>();
        final String tasks = "proc/" + process + "/task";
        for (final String thread : SystemTree.MACHINE.names(tasks)) {
            final String status = SystemTree.MACHINE.read(tasks + "/" + thread + "/status").orElse("");
            if (!status.isEmpty()) {
                final String name = field(status, "Name");
                // The first thread is the launcher's own and carries the program's name.
                result.merge(name, field(status, "Cpus_allowed_list"), (a, b) -> a.equals(b) ? a : a + "," + b);
            }
        }
        return result;
    }

    private static String field(final String status, final String name) {
        return status.lines().filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse("");
    }

    private static long lockedKilobytes(final long process) {
        return Long.parseLong(field(SystemTree.MACHINE.read("proc/" + process + "/status").orElse(""), "VmLck")
                .replace(" kB", ""));
    }

    @Test
    void memoryIsLockedAndStaysSoWhileTheJournalGrows() throws Exception {
        Requirement.root();
        final List<byte[]> packets = SessionPackets.of(13, 400);
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, feed.configuration(0, 0) + "memory: {lock: require}\n");
            try (GatewayProcess gateway = GatewayProcess.start(directory)) {
                gateway.port();
                feed.sendInPortionsTo(gateway);
                feed.send(0, packets);
                gateway.awaitCount("feed.cme.datagrams", count -> count == packets.size());
                gateway.awaitCount("memory.locked", bytes -> bytes > 0);
                assertTrue(lockedKilobytes(gateway.pid()) > HEAP, () -> lockedKilobytes(gateway.pid()) + " kB");
                gateway.awaitLog("memory is locked, ");
                gateway.stop();
            }
            Signals.assertSame(feed.signals(packets), Signals.ofJournal(GatewayFiles.journal(directory)), "the journal's");
        }
    }

    @Test
    void nothingIsLockedUnlessAsked() throws Exception {
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, feed.configuration(0, 0) + "memory: {lock: off}\n");
            try (GatewayProcess gateway = GatewayProcess.start(directory)) {
                gateway.port();
                assertEquals(0, lockedKilobytes(gateway.pid()));
                gateway.stop();
            }
        }
    }

    @Test
    void aRequiredLockThatIsNotAllowedIsRefused() throws Exception {
        final Launcher.Result result = withLittleToLock("require");
        ClearError.assertOne(result, "memory.lock: this process may lock 8 MiB", "set LimitMEMLOCK=infinity");
    }

    /** Root has the right to lock whatever the limit says, until it is taken away. */
    private Launcher.Result withLittleToLock(final String mode) throws IOException, InterruptedException {
        Requirement.root();
        Requirement.program("prlimit");
        Requirement.program("setpriv");
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, feed.configuration(0, 0) + "memory: {lock: " + mode + "}\n");
        }
        final List<String> command = new ArrayList<>(List.of("prlimit", "--memlock=8388608:8388608",
                "setpriv", "--inh-caps=-ipc_lock", "--bounding-set=-ipc_lock"));
        command.addAll(Installation.tickbridge("run", "--config", GatewayFiles.config(directory).toString()));
        return Launcher.run(directory, Map.of("JAVA_HOME", System.getProperty("java.home")), command);
    }

    @Test
    void aCoreThatIsNotThereIsRefused() throws Exception {
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, GatewayText.changed(
                    feed.configuration(0, 0), "receive: {", "receive: {core: 4095, "));
        }
        final String expected = "receive.core: found 4095, which is not online, allowed: ";
        ClearError.assertOne(
                Launcher.tickbridge(directory, "run", "--config", GatewayFiles.config(directory).toString()), expected);
        assertTrue(!Files.exists(GatewayFiles.journal(directory)), "a journal of a gateway that never ran");
        final Launcher.Result check =
                Launcher.tickbridge(directory, "check-config", GatewayFiles.config(directory).toString());
        assertEquals(0, check.exit());
        assertTrue(check.err().contains("warning: ") && check.err().contains(expected), check.err());
    }
}
