package io.tickbridge.gateway.capture.udp;

import io.tickbridge.gateway.config.ReceiveTimestamps;

/**
 * How sockets receive.
 *
 * @param receiveBuffer receive buffer of each socket, bytes; 0 leaves the system's default
 * @param timestamps    whose clock frames' receive times are read from
 * @param busyPoll      µs for which the kernel may poll the NIC's queue when a socket is asked for data; 0 leaves that to
 *                      the system's default
 */
public record UdpSettings(int receiveBuffer, ReceiveTimestamps timestamps, int busyPoll) {
}
