package io.tickbridge.gateway.preflight;

import io.tickbridge.gateway.config.AfXdpConfig;
import io.tickbridge.gateway.placement.SystemTree;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Whether an interface has the queues that {@code capture.afxdp} names, and an MTU that its frames hold. Says what the
 * source itself would say (src/main/c/afxdp/source.c).
 */
final class XdpDeviceCheck {
    private static final int HEADROOM = 256; // XDP_PACKET_HEADROOM (linux/bpf.h) before each frame
    private static final int HEADERS = 14 + 2 * 4; // Ethernet and two VLAN tags, which an MTU does not count
    private static final int LARGEST_FRAME = 4096;

    private final SystemTree tree;
    private final AfXdpConfig config;

    XdpDeviceCheck(final SystemTree tree, final AfXdpConfig config) {
        this.tree = tree;
        this.config = config;
    }

    /**
     * Looks.
     *
     * @param name    of the interface; one that is not there is somebody else's to notice
     * @param finding takes each finding: key, text
     */
    void run(final String name, final BiConsumer<String, String> finding) {
        final String place = "sys/class/net/" + name;
        final List<String> queues = tree.names(place + "/queues").stream().filter(queue -> queue.startsWith("rx-")).toList();
        for (int i = 0; !queues.isEmpty() && i < config.queues().size(); i++) {
            if (config.queues().get(i) >= queues.size()) {
                finding.accept("capture.afxdp.queues[" + i + "]", name + " has no queue " + config.queues().get(i)
                        + "; its receive queues are 0 to " + (queues.size() - 1) + " (ethtool -l " + name + ")");
            }
        }
        final int most = config.frameSize() - HEADROOM - HEADERS;
        final int mtu = tree.read(place + "/mtu").filter(text -> text.matches("\\d{1,9}")).map(Integer::valueOf).orElse(0);
        if (mtu > most) {
            finding.accept("capture.afxdp.frame-size", name + ": its MTU of " + mtu + " bytes exceeds the " + most
                    + " that fit a frame of " + config.frameSize() + " bytes, and frames in several pieces (multi-buffer, jumbo) "
                    + "are not supported; " + (mtu <= LARGEST_FRAME - HEADROOM - HEADERS ? "set frame-size: " + LARGEST_FRAME
                    : "lower it if the exchange sends none: ip link set dev " + name + " mtu 1500"));
        }
    }
}
