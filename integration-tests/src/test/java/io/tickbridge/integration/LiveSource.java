package io.tickbridge.integration;

import java.util.List;
import java.util.Set;

/**
 * Every way in which a gateway can receive what comes out of a namespace's NIC. A new one is one line here. Where ef_vi's NIC
 * cannot replicate, a group belongs to one program, and a dead one's must be free again.
 *
 * <p>Each says how many packets it holds that the gateway has not asked for yet, with room to spare: no more may be on their
 * way at a time, or a gateway that gets no turn on a busy machine loses them.
 */
enum LiveSource {
    UDP(4_000, "{source: udp, receive-buffer: 16MiB}"),
    UDP_KERNEL_TIMES(4_000, "{source: udp, receive-buffer: 16MiB, timestamps: kernel}"),
    AFXDP(PortionedReplay.PORTION, "{source: afxdp, afxdp: {frames: 16384, ring: 16384, huge-pages: never}}"),
    DPDK_AF_PACKET(8_000, "{source: dpdk, dpdk: {device: \"net_af_packet0,iface=NIC,framecnt=16384\", huge-pages: never}}"),
    DPDK_AF_XDP(PortionedReplay.PORTION, "{source: dpdk, dpdk: {device: \"net_af_xdp0,iface=NIC,start_queue=0,queue_count=1\", "
            + "descriptors: 2048, huge-pages: never}}"),
    /**
     * libpcap's ring has eight blocks of 256 KiB, whatever the device is told, and the kernel closes one that is not full after
     * some milliseconds: 250 packets fill two, and a sender is not interrupted six times while it sends them.
     */
    DPDK_PCAP(250, "{source: dpdk, dpdk: {device: \"net_pcap0,rx_iface_in=NIC\", huge-pages: never}}"),
    EFVI_RX(8_000, "{source: efvi, efvi: {interface: NIC, rx-ring: 4096, huge-pages: never}}", "arch=x2,replication=0"),
    EFVI_RX_MULTI(8_000, "{source: efvi, efvi: {interface: NIC, rx-ring: 4096, event-merge: true, huge-pages: never}}",
            "arch=x2,replication=0"),
    EFVI_RX_REF(8_000, "{source: efvi, efvi: {interface: NIC, huge-pages: never}}", "arch=x3,replication=0");

    private static final boolean IS_THERE_TIME = System.getenv("TICKBRIDGE_WHOLE_SESSIONS") != null;
    private static final Set<LiveSource> HOLD_MUCH = Set.of(UDP, DPDK_AF_PACKET, EFVI_RX_REF);
    /** Take the same way as another but for one setting, which has tests of its own. */
    private static final Set<LiveSource> VARIANTS = Set.of(UDP_KERNEL_TIMES, EFVI_RX_MULTI);

    private final int holds;
    private final String capture;
    private final String adapter;

    LiveSource(final int holds, final String capture) {
        this(holds, capture, null);
    }

    /** Through ef_vi, on an emulated adapter. */
    LiveSource(final int holds, final String capture, final String adapter) {
        this.holds = holds;
        this.capture = capture.replace("NIC", NetworkNamespace.NIC);
        this.adapter = adapter;
    }

    /** How many packets may be on their way at a time. */
    int holds() {
        return holds;
    }

    /**
     * What of IEX DEEP is sent: all of it through some sources that hold much, through all when whole sessions are asked for,
     * but where a portion is so small that it would take minutes.
     */
    Session deep() {
        final boolean whole = IS_THERE_TIME || HOLD_MUCH.contains(this);
        return whole && holds >= PortionedReplay.PORTION ? Session.DEEP : Session.DEEP_BEGINNING;
    }

    /** Whether it is to be tried: what holds little takes long, and comes when there is time, as do variants of another. */
    boolean isQuick() {
        return IS_THERE_TIME || holds >= PortionedReplay.PORTION && !VARIANTS.contains(this);
    }

    /** The configuration's section of that name. */
    String capture() {
        return capture;
    }

    /** The adapter that the emulator is to be, before a gateway is started. */
    void setUp(final NetworkNamespace namespace) throws Exception {
        if (adapter != null) {
            namespace.must("ip", "link", "set", NetworkNamespace.NIC, "alias", "efvi:" + adapter);
        }
    }

    /** Options of the gateway's Java virtual machine. */
    List<String> javaOptions() throws Exception {
        return adapter == null ? List.of() : List.of("-Dtickbridge.native=" + EfViEmulator.directory());
    }
}
