package io.tickbridge.gateway.placement;

import java.util.OptionalInt;

/** What the kernel tells about the machine's cores. */
public final class Cores {
    private static final String CPU = "sys/devices/system/cpu/";
    private static final String NODE = "sys/devices/system/node/";

    private final SystemTree tree;

    /**
     * A look at a machine.
     *
     * @param tree its files
     */
    public Cores(final SystemTree tree) {
        this.tree = tree;
    }

    /**
     * Cores that are switched on.
     *
     * @return all that could run something
     */
    public CpuSet online() {
        return list(CPU + "online");
    }

    /**
     * Cores that the scheduler leaves to those who ask for them: by the boot parameter isolcpus, or by an isolated cpuset
     * partition.
     *
     * @return all of them
     */
    public CpuSet isolated() {
        return list(CPU + "isolated").or(list("sys/fs/cgroup/cpuset.cpus.isolated"));
    }

    /**
     * Cores whose timer tick stops while one thread runs alone (boot parameter nohz_full).
     *
     * @return all of them
     */
    public CpuSet tickless() {
        return list(CPU + "nohz_full");
    }

    /**
     * Hardware threads of a core, this one included.
     *
     * @param core one of them
     * @return all that share its execution units
     */
    public CpuSet siblings(final int core) {
        return list(CPU + "cpu" + core + "/topology/thread_siblings_list").or(CpuSet.of(core));
    }

    /**
     * The NUMA node that a core belongs to.
     *
     * @param core which
     * @return its number; empty when the kernel does not tell
     */
    public OptionalInt node(final int core) {
        return tree.names(NODE.substring(0, NODE.length() - 1)).stream().filter(name -> name.matches("node\\d+"))
                .filter(name -> list(NODE + name + "/cpulist").contains(core))
                .mapToInt(name -> Integer.parseInt(name.substring("node".length()))).findFirst();
    }

    private CpuSet list(final String path) {
        return CpuSet.parse(tree.read(path).orElse(""));
    }
}
