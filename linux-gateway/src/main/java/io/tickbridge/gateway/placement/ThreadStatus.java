package io.tickbridge.gateway.placement;

import java.util.Optional;

/**
 * A thread as the kernel sees it (proc(5), /proc/PID/task/TID/stat and status).
 *
 * @param process   its process
 * @param thread    its identifier
 * @param name      at most 15 characters
 * @param isKernel  whether it belongs to the kernel
 * @param cpu       on which it ran last
 * @param ticks     processor time used, in clock ticks (10 ms)
 * @param allowed   CPUs that it may run on
 * @param preempted how often it was taken off a CPU although it could have run on
 */
public record ThreadStatus(
        int process, int thread, String name, boolean isKernel, int cpu, long ticks, CpuSet allowed, long preempted) {
    // Fields of stat counted from 1 as proc(5) does, less the two that end with the name's bracket and one for the array.
    private static final int FLAGS = 9 - 3;
    private static final int USER_TIME = 14 - 3;
    private static final int SYSTEM_TIME = 15 - 3;
    private static final int PROCESSOR = 39 - 3;
    private static final long KERNEL_THREAD = 0x0020_0000; // PF_KTHREAD, include/linux/sched.h

    /**
     * Reads one thread.
     *
     * @param tree    the machine's files
     * @param process its process, or "self"
     * @param thread  its identifier
     * @return what it is; empty when it is gone
     */
    public static Optional<ThreadStatus> read(final SystemTree tree, final String process, final int thread) {
        final String path = "proc/" + process + "/task/" + thread;
        final Optional<String> stat = tree.read(path + "/stat");
        final Optional<String> status = tree.read(path + "/status");
        if (stat.isEmpty() || status.isEmpty()) {
            return Optional.empty();
        }
        // The name stands in brackets and may hold any character, brackets too.
        final int nameEnd = stat.get().lastIndexOf(')');
        final int nameBegin = stat.get().indexOf('(');
        if (nameBegin < 0 || nameEnd < nameBegin) {
            return Optional.empty();
        }
        final String[] fields = stat.get().substring(nameEnd + 1).strip().split(" ");
        if (fields.length <= PROCESSOR) {
            return Optional.empty();
        }
        return Optional.of(new ThreadStatus(
                (int) number(field(status.get(), "Tgid")), thread, stat.get().substring(nameBegin + 1, nameEnd),
                (number(fields[FLAGS]) & KERNEL_THREAD) != 0, (int) number(fields[PROCESSOR]),
                number(fields[USER_TIME]) + number(fields[SYSTEM_TIME]),
                CpuSet.parse(field(status.get(), "Cpus_allowed_list")),
                number(field(status.get(), "nonvoluntary_ctxt_switches"))));
    }

    /** A line of a status file; what stands after the colon, or nothing. */
    static String field(final String status, final String name) {
        return status.lines().filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse("");
    }

    private static long number(final String text) {
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /** For people: name, thread and process. */
    String text() {
        return name + " (thread " + thread + " of process " + process + ")";
    }
}
