package io.tickbridge.gateway.config;

import java.nio.file.Path;

/**
 * Where frames come from.
 *
 * @param source       kind of source
 * @param file         capture file, for {@link Source#PCAP}; otherwise null
 * @param pace         for {@link Source#PCAP}: multiple of the recorded pace; 0 plays as fast as possible
 * @param receiveBuffer for {@link Source#UDP}: socket receive buffer, bytes
 * @param timestamps   for {@link Source#UDP}: whose clock receive times are read from
 * @param busyPoll     for {@link Source#UDP}: µs for which the kernel may poll the NIC when asked for data; 0 for its default
 * @param dpdk         for {@link Source#DPDK}
 * @param afXdp        for {@link Source#AFXDP}
 */
public record CaptureConfig(
        Source source, Path file, double pace, int receiveBuffer, ReceiveTimestamps timestamps, int busyPoll,
        DpdkConfig dpdk, AfXdpConfig afXdp) {

    /** Kind of source. */
    public enum Source {
        /** A pcap or pcapng file. */
        PCAP,
        /** Multicast through the kernel's UDP sockets. */
        UDP,
        /** A port driven by DPDK. */
        DPDK,
        /** AF_XDP sockets. */
        AFXDP,
        /** Solarflare's and AMD's ef_vi. */
        EFVI
    }
}
