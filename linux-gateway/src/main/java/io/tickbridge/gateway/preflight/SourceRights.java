package io.tickbridge.gateway.preflight;

import io.tickbridge.gateway.config.AfXdpConfig;
import io.tickbridge.gateway.config.CaptureConfig;
import io.tickbridge.gateway.placement.Capability;
import io.tickbridge.gateway.placement.MemoryLimits;
import io.tickbridge.gateway.placement.SystemTree;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Whether this process may do what the configured source does. The gateway may run as another user: the check is worth what
 * the user is under whom it runs.
 */
final class SourceRights {
    private static final long KIB = 1024;
    /** Bytes below which no driver's rings and buffers fit: what distributions let everybody lock. */
    private static final long LITTLE = 8L << 20;

    private final SystemTree tree;

    SourceRights(final SystemTree tree) {
        this.tree = tree;
    }

    /**
     * Looks.
     *
     * @param capture what is configured
     * @param finding takes each finding: key, text
     */
    void run(final CaptureConfig capture, final BiConsumer<String, String> finding) {
        switch (capture.source()) {
            case PCAP -> { }
            case UDP -> {
                if (capture.busyPoll() > 0) {
                    lacking(EnumSet.of(Capability.CAP_NET_ADMIN), "capture.busy-poll", finding);
                }
            }
            case DPDK -> dpdk(DpdkDevice.parse(capture.dpdk().device()), finding);
            case AFXDP -> {
                lacking(EnumSet.of(Capability.CAP_NET_RAW, Capability.CAP_NET_ADMIN, Capability.CAP_BPF), "capture.source", finding);
                memory(capture.afXdp(), finding);
            }
            case EFVI -> lacking(EnumSet.of(Capability.CAP_NET_RAW), "capture.source", finding);
        }
    }

    private void dpdk(final DpdkDevice device, final BiConsumer<String, String> finding) {
        final Optional<SoftwareDriver> driver = SoftwareDriver.of(device);
        if (driver.isPresent() && driver.get().networkInterface(device).isPresent()) {
            lacking(driver.get().rights(), "capture.dpdk.device", finding);
            lockable(LITTLE, "capture.dpdk.device", "drivers lock their rings", finding);
        }
        if (driver.isEmpty() && tree.link("sys/bus/pci/devices/" + device.name() + "/driver").filter("vfio-pci"::equals).isPresent()) {
            final Optional<String> group = tree.link("sys/bus/pci/devices/" + device.name() + "/iommu_group");
            group.filter(number -> tree.has("dev/vfio/" + number) && !tree.isWritable("dev/vfio/" + number)).ifPresent(number ->
                    finding.accept("capture.dpdk.device", "this process may not open /dev/vfio/" + number
                            + ", by which the NIC is driven; run as root, or chown USER /dev/vfio/" + number));
            lockable(LITTLE, "capture.dpdk.device", "VFIO locks the memory that a NIC writes to", finding);
        }
    }

    private void memory(final AfXdpConfig config, final BiConsumer<String, String> finding) {
        lockable((long) config.frames() * config.frameSize() * Math.max(1, config.queues().size()), "capture.afxdp.frames",
                "each queue's frames are locked", finding);
    }

    private void lacking(final Collection<Capability> needed, final String key, final BiConsumer<String, String> finding) {
        final Set<Capability> lacking = needed.stream().filter(right -> right.isLacking(tree)).filter(right ->
                right != Capability.CAP_BPF || Capability.CAP_SYS_ADMIN.isLacking(tree)).collect(Collectors.toSet());
        if (!lacking.isEmpty()) {
            final List<String> names = lacking.stream().sorted().map(Enum::name).toList();
            finding.accept(key, "this process lacks the right to receive this way: " + String.join(" ", names)
                    + "; run as root, or give it the capabilities (systemd: AmbientCapabilities=" + String.join(" ", names)
                    + "), and check as the user under whom the gateway runs");
        }
    }

    private void lockable(final long needed, final String key, final String why, final BiConsumer<String, String> finding) {
        final OptionalLong limit = new MemoryLimits(tree).lockable();
        if (limit.isPresent() && limit.getAsLong() < needed && tree.has("proc/self/limits")) {
            finding.accept(key, "this process may lock " + limit.getAsLong() / KIB + " KiB of memory and needs " + needed / KIB
                    + " or more: " + why + "; set LimitMEMLOCK=infinity in the systemd unit (shell: ulimit -l unlimited), or "
                    + "give it CAP_IPC_LOCK");
        }
    }
}
