package io.tickbridge.gateway.config;

import java.nio.file.Path;

/**
 * Where frames come from.
 *
 * @param source       kind of source
 * @param file         capture file, for {@link Source#PCAP}; otherwise null
 * @param pace         for {@link Source#PCAP}: multiple of the recorded pace; 0 plays as fast as possible
 * @param transport    for {@link Source#UDP}: which Netty transport
 * @param receiveBuffer for {@link Source#UDP}: socket receive buffer, bytes
 */
public record CaptureConfig(Source source, Path file, double pace, Transport transport, int receiveBuffer) {

    /** Kind of source. */
    public enum Source {
        /** A pcap or pcapng file. */
        PCAP,
        /** Multicast through the kernel's UDP sockets. */
        UDP
    }
}
