package io.tickbridge.gateway.doctor;

import java.util.List;

/** How many files and sockets a process of this user may have open (getrlimit(2), RLIMIT_NOFILE). */
final class OpenFiles implements Check {
    private static final long ENOUGH = 4096;

    @Override
    public String name() {
        return "open-files";
    }

    @Override
    public String why() {
        return "each line, add-on, native library and journal file takes one; at the limit new add-ons are refused";
    }

    @Override
    public List<Observation> look(final Host host) {
        // Name, soft limit, hard limit, unit; at least two blanks between. The virtual machine raises soft to hard.
        final String hard = host.tree().read("proc/self/limits").orElse("").lines()
                .filter(line -> line.startsWith("Max open files")).map(line -> line.split("\\s{2,}"))
                .filter(columns -> columns.length > 2).map(columns -> columns[2]).findFirst().orElse("");
        if (hard.isEmpty()) {
            return List.of(Observation.unknown("the kernel does not tell", "ulimit -Hn"));
        }
        return List.of(hard.equals("unlimited") || Long.parseLong(hard) >= ENOUGH ? Observation.ok(hard)
                : Observation.advice(hard, ENOUGH + " or more", "LimitNOFILE=" + ENOUGH + " in the systemd unit"));
    }
}
