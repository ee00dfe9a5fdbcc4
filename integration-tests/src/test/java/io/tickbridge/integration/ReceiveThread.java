package io.tickbridge.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A gateway's receive thread as the kernel accounts for it. It never has a reason to sleep: it polls the source again and again. Time
 * without it that the machine gave to others is not its fault and is told apart, so that load does not count.
 */
final class ReceiveThread {
    /** What the agent calls its thread. */
    private static final String NAME = "receive";

    private final Path schedstat;

    private ReceiveThread(final Path schedstat) {
        this.schedstat = schedstat;
    }

    /** Of a running gateway. */
    static ReceiveThread of(final long process) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(process), "task"))) {
            final List<Path> found = tasks.filter(ReceiveThread::isReceiving).toList();
            if (found.size() != 1) {
                throw new IllegalStateException("threads called " + NAME + ": " + found);
            }
            return new ReceiveThread(found.get(0).resolve("schedstat"));
        }
    }

    private static boolean isReceiving(final Path task) {
        try {
            return NAME.equals(Files.readString(task.resolve("comm")).strip());
        } catch (final IOException e) {
            return false; // ended meanwhile
        }
    }

    /**
     * Where its time went, ns.
     *
     * @param all     on the wall
     * @param running on a processor
     * @param ready   waiting for a processor
     * @param stolen  in which the host of a virtual machine ran others on any of its processors: in neither of the two before
     */
    record Time(long all, long running, long ready, long stolen) {
        Time since(final Time begin) {
            return new Time(all - begin.all, running - begin.running, ready - begin.ready, stolen - begin.stolen);
        }

        /** Neither ran nor could have: waited for a time, a lock, a disk, or for the collector. */
        long asleep() {
            return all - running - ready - stolen;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "ran %d ms, waited for a processor %d ms, slept %d ms",
                    millis(running), millis(ready), millis(asleep()));
        }

        private static long millis(final long nanos) {
            return TimeUnit.NANOSECONDS.toMillis(nanos);
        }
    }

    /** Until now; the kernel's documentation, scheduler/sched-stats, names the fields: running, ready, and how often. */
    Time time() throws IOException {
        final String[] fields = Files.readString(schedstat).strip().split(" ");
        return new Time(System.nanoTime(), Long.parseLong(fields[0]), Long.parseLong(fields[1]), stolen());
    }

    /** By proc(5), /proc/stat: the eighth figure of the line of all processors, in hundredths of a second. */
    private static long stolen() throws IOException {
        final String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +");
        return TimeUnit.MILLISECONDS.toNanos(10 * Long.parseLong(fields[8]));
    }
}
