package io.tickbridge.gateway.doctor;

import java.util.List;

/** Whether the link may use io_uring (kernel documentation, admin-guide/sysctl/kernel, io_uring_disabled). */
final class IoUring implements Check {
    private static final int FIRST_MAJOR = 5;
    private static final int FIRST_MINOR = 10; // what Netty's transport asks for at the least

    @Override
    public String name() {
        return "io-uring";
    }

    @Override
    public String why() {
        return "without it the link takes epoll, which on a busy machine costs some us a signal more; nothing is lost";
    }

    @Override
    public List<Observation> look(final Host host) {
        final String release = host.tree().read("proc/sys/kernel/osrelease").orElse("");
        final String[] numbers = release.split("[^0-9]+");
        if (numbers.length < 2 || numbers[0].isEmpty()) {
            return List.of(Observation.unknown("the kernel does not tell its version", "uname -r"));
        }
        final int major = Integer.parseInt(numbers[0]);
        if (major < FIRST_MAJOR || major == FIRST_MAJOR && Integer.parseInt(numbers[1]) < FIRST_MINOR) {
            return List.of(Observation.advice("kernel " + release, FIRST_MAJOR + "." + FIRST_MINOR + " or later", "a newer kernel"));
        }
        final String disabled = host.tree().read("proc/sys/kernel/io_uring_disabled").orElse("0");
        return List.of(switch (disabled) {
            case "0" -> Observation.ok("kernel " + release);
            case "1" -> Observation.advice("only for members of kernel.io_uring_group", "for the gateway's user",
                    "sysctl -w kernel.io_uring_group=GID of the gateway");
            default -> Observation.advice("switched off", "on", "sysctl -w kernel.io_uring_disabled=0");
        });
    }
}
