package io.tickbridge.gateway.doctor;

import java.util.List;

/** How many files and sockets the gateway may have open (getrlimit(2), RLIMIT_NOFILE). */
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
        final Examined examined = host.examined();
        // The virtual machine raises soft to hard.
        final String hard = examined.limit("Max open files", 2).orElse("");
        if (hard.isEmpty()) {
            return List.of(Observation.unknown("the kernel does not tell", "ulimit -Hn"));
        }
        final String found = hard + " (" + examined.whose() + ")";
        return List.of(hard.equals("unlimited") || Long.parseLong(hard) >= ENOUGH ? Observation.ok(found)
                : Observation.advice(found, ENOUGH + " or more", "LimitNOFILE=" + ENOUGH + " in the systemd unit"));
    }
}
