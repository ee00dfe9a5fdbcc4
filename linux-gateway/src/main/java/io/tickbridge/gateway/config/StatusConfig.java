package io.tickbridge.gateway.config;

/**
 * The operations endpoint: status page, metrics, health.
 *
 * @param listen  IPv4 address to listen on
 * @param port    TCP port; 0 for no endpoint
 * @param pages   status pages open at once
 * @param examine ns between two examinations of the machine
 */
public record StatusConfig(String listen, int port, int pages, long examine) {

    /**
     * Whether there is an endpoint.
     *
     * @return false with port 0
     */
    public boolean enabled() {
        return port != 0;
    }
}
