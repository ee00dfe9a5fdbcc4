package io.tickbridge.gateway.placement;

import java.util.Optional;

/**
 * The CPUs that this process's control group may use at all (cpusets, cgroups(7) and cpuset(7)). The mask that a process
 * was started with is no such bound: a thread may be moved off it, onto isolated cores above all.
 */
public final class ControlGroup {
    private final SystemTree tree;

    /**
     * A look at a machine.
     *
     * @param tree its files
     */
    public ControlGroup(final SystemTree tree) {
        this.tree = tree;
    }

    /**
     * What may be used.
     *
     * @return the CPUs; empty when no cpuset bounds this process
     */
    public Optional<CpuSet> cpus() {
        final String groups = tree.read("proc/self/cgroup").orElse("");
        Optional<CpuSet> found = Optional.empty();
        for (final String line : groups.split("\n")) {
            // hierarchy:controllers:path
            final String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].matches("(.*,)?cpuset(,.*)?")) {
                found = upwards("sys/fs/cgroup/cpuset", parts[2], "cpuset.effective_cpus");
            } else if (parts.length == 3 && parts[1].isEmpty() && found.isEmpty()) {
                found = upwards("sys/fs/cgroup", parts[2], "cpuset.cpus.effective");
            }
        }
        return found;
    }

    /** The nearest group that has the file: a group for which the controller is off is bound by those above it. */
    private Optional<CpuSet> upwards(final String mount, final String group, final String file) {
        for (String path = group.equals("/") ? "" : group;; path = path.substring(0, path.lastIndexOf('/'))) {
            final Optional<String> cpus = tree.read(mount + path + '/' + file);
            if (cpus.isPresent() || path.isEmpty()) {
                return cpus.map(CpuSet::parse).filter(set -> !set.isEmpty());
            }
        }
    }
}
