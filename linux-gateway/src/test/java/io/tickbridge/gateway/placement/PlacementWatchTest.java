package io.tickbridge.gateway.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.PlacementConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rising count of preemptions is told as. */
class PlacementWatchTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path directory;
    private final List<String> log = new ArrayList<>();

    private RecordedTree machine() throws IOException {
        final RecordedTree machine = new RecordedTree(directory, "two-node-server.tree");
        Files.createSymbolicLink(directory.resolve("proc/thread-self"), Path.of("4000/task/4010"));
        return preempted(machine, 7);
    }

    private static RecordedTree preempted(final RecordedTree machine, final long times) throws IOException {
        return machine.with("proc/self/task/4010/stat",
                        "4010 (receive) R 1 1 1 0 -1 64 0 0 0 0 9 0 0 0 20 0 1 0 1" + " 0".repeat(16) + " 3 0 0")
                .with("proc/self/task/4010/status",
                        "Tgid:\t4000\nCpus_allowed_list:\t3\nnonvoluntary_ctxt_switches:\t" + times);
    }

    private PlacementWatch watch(final RecordedTree machine, final CpuSet watched) {
        final ThreadPlacement placement = new ThreadPlacement(new PlacementConfig(OptionalInt.empty(), OptionalInt.empty(),
                PlacementConfig.Numa.WARN, PlacementConfig.MemoryLock.OFF), false, machine.tree());
        placement.onReceiveThread();
        return new PlacementWatch(placement, watched, machine.tree(), log::add);
    }

    @Test
    void saysWhoRanOnTheCore() throws IOException {
        final RecordedTree machine = machine();
        final PlacementWatch watch = watch(machine, CpuSet.of(3));
        watch.look(0);
        assertEquals(3, watch.receiveCore());
        assertEquals(7, watch.preempted());
        watch.look(SECOND);
        assertEquals(List.of(), log, "what happened before it was on its core is no news");

        preempted(machine, 12);
        watch.look(2 * SECOND);
        machine.with("proc/900/task/900/stat", "900 (postgres) S 1 1 1 0 -1 64 0 0 0 0 99 0 0 0 20 0 1 0 1"
                + " 0".repeat(16) + " 3 0 0");
        watch.look(3 * SECOND);
        assertEquals(List.of("receive thread was taken off core 3 5 times since the last report (12 in all), frames waited "
                + "meanwhile; there ran just now postgres (thread 900 of process 900); isolate the core, and keep "
                + "interrupts off it"), log);
    }

    @Test
    void doesNotRepeatItselfEverySecond() throws IOException {
        final RecordedTree machine = machine();
        final PlacementWatch watch = watch(machine, CpuSet.of(3));
        for (int second = 0; second < 100; second++) {
            preempted(machine, 7 + second);
            watch.look(second * SECOND);
        }
        // At 2, then after pauses of 10, 20 and 40 seconds.
        assertEquals(4, log.size(), log.toString());
        assertTrue(log.get(0).contains("nobody else was seen there"), log.get(0));
    }

    @Test
    void onlyCountsWhereNoCoreIsWatched() throws IOException {
        final RecordedTree machine = machine();
        final PlacementWatch watch = watch(machine, CpuSet.of());
        for (int second = 0; second < 30; second++) {
            preempted(machine, 7 + 100L * second);
            watch.look(second * SECOND);
        }
        assertEquals(List.of(), log);
        assertEquals(7 + 2900, watch.preempted());
    }
}
