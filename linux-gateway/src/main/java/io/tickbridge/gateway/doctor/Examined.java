package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.placement.Capability;
import io.tickbridge.gateway.placement.SystemTree;
import java.util.Optional;

/**
 * Whose limits and rights are looked at: those of the gateway that runs as a service where there is one, else those of whoever asks,
 * which say little about a service.
 *
 * @param tree    the machine's files
 * @param process its directory in /proc
 */
record Examined(SystemTree tree, String process) {
    private static final String SELF = "self";
    /** As vps-deploy names it. */
    private static final String UNIT = "/tickbridge-gateway.service";

    static Examined of(final SystemTree tree) {
        // Names of programs first: of others' processes nothing else is read, or recorded.
        return new Examined(tree, tree.names("proc").stream().filter(name -> name.matches("\\d+"))
                .filter(process -> tree.read("proc/" + process + "/comm").filter("java"::equals).isPresent())
                .filter(process -> tree.read("proc/" + process + "/cgroup").orElse("").lines().anyMatch(line -> line.endsWith(UNIT)))
                .findFirst().orElse(SELF));
    }

    /** Whether a gateway runs as a service. */
    boolean isGateway() {
        return !process.equals(SELF);
    }

    /** For people. */
    String whose() {
        return isGateway() ? "of the gateway that runs, process " + process : "of whoever asks; no gateway runs as a service";
    }

    /** A limit of getrlimit(2) by the kernel's name: soft is column 1, hard 2. Empty when it is not told. */
    Optional<String> limit(final String name, final int column) {
        // Name, soft limit, hard limit, unit; at least two blanks between.
        return tree.read("proc/" + process + "/limits").orElse("").lines().filter(line -> line.startsWith(name))
                .map(line -> line.split("\\s{2,}")).filter(columns -> columns.length > column).map(columns -> columns[column])
                .findFirst();
    }

    boolean holds(final Capability right) {
        return right.isHeldBy(tree, process);
    }
}
