package io.tickbridge.gateway.recovery;

/**
 * One server that re-sends.
 *
 * @param byStream whether by TCP; by UDP otherwise
 * @param host     IPv4 address
 * @param port     its port
 */
public record RecoveryServer(boolean byStream, String host, int port) {
    @Override
    public String toString() {
        return (byStream ? "tcp " : "udp ") + host + ":" + port;
    }
}
