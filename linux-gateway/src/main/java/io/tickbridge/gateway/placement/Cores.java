package io.tickbridge.gateway.placement;

import java.util.List;
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
     * Cores that the calling thread may run on.
     *
     * @return their numbers, ascending
     */
    public List<Integer> allowed() {
        return ThreadStatus.read(tree, "self", tree.callingThread()).map(ThreadStatus::allowed).orElse(online()).cpus();
    }

    /**
     * Keeps the calling thread, and threads that it starts from now on, on some cores.
     *
     * @param cores their numbers
     * @throws IllegalArgumentException when there is no such core, or this process may not use it
     */
    public void pin(final List<Integer> cores) {
        final CpuSet wanted = CpuSet.of(cores.stream().mapToInt(Integer::intValue).toArray());
        final int error = online().cpus().containsAll(cores) ? LibC.loaded().place(LibC.CALLER, wanted) : LibC.EINVAL;
        if (error != 0) {
            throw new IllegalArgumentException("cores " + cores + " cannot be had (error " + error + "); allowed: " + allowed());
        }
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
