package io.tickbridge.integration;

import java.util.List;

/**
 * Every way in which a gateway can receive what comes out of a namespace's NIC. A new one is one line here. Rings hold more
 * than the portions in which {@link PortionedReplay} sends. Where ef_vi's NIC cannot replicate, a group belongs to one
 * program, and a dead one's must be free again.
 */
enum LiveSource {
    UDP("{source: udp, receive-buffer: 16MiB}"),
    UDP_KERNEL_TIMES("{source: udp, receive-buffer: 16MiB, timestamps: kernel}"),
    AFXDP("{source: afxdp, afxdp: {frames: 16384, ring: 16384, huge-pages: never}}"),
    DPDK_AF_PACKET("{source: dpdk, dpdk: {device: \"net_af_packet0,iface=NIC,framecnt=16384\", huge-pages: never}}"),
    DPDK_AF_XDP("{source: dpdk, dpdk: {device: \"net_af_xdp0,iface=NIC,start_queue=0,queue_count=1\", descriptors: 2048, huge-pages: never}}"),
    DPDK_PCAP("{source: dpdk, dpdk: {device: \"net_pcap0,rx_iface_in=NIC\", huge-pages: never}}"),
    EFVI_RX("{source: efvi, efvi: {interface: NIC, rx-ring: 4096, huge-pages: never}}", "arch=x2,replication=0"),
    EFVI_RX_MULTI("{source: efvi, efvi: {interface: NIC, rx-ring: 4096, event-merge: true, huge-pages: never}}", "arch=x2,replication=0"),
    EFVI_RX_REF("{source: efvi, efvi: {interface: NIC, huge-pages: never}}", "arch=x3,replication=0");

    private final String capture;
    private final String adapter;

    LiveSource(final String capture) {
        this(capture, null);
    }

    /** Through ef_vi, on an emulated adapter. */
    LiveSource(final String capture, final String adapter) {
        this.capture = capture.replace("NIC", NetworkNamespace.NIC);
        this.adapter = adapter;
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
