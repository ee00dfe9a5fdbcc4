package io.tickbridge.gateway.recovery;

import java.util.List;

/**
 * How one feed recovers.
 *
 * @param feed               its name
 * @param servers            asked in this order, each for what the ones before did not deliver; at least one.
 *                           Where the venue has them take turns, each hole begins with the next
 * @param delay              ns for which a hole is left to the other line
 * @param timeout            ns without progress after which a server is given up
 * @param largestGap         units that are asked for at most in one hole
 * @param requestsPerSecond  requests sent at most in a second; 0 for no limit
 * @param staysWithLastGood  whether the server that filled the last hole is asked first, and those behind it next; else the
 *                           first of the list is
 * @param destinationAddress of the recovery line, IPv4, first octet highest
 * @param destinationPort    of the recovery line
 */
public record RecoverySettings(String feed, List<RecoveryServer> servers, long delay, long timeout, int largestGap,
        int requestsPerSecond, boolean staysWithLastGood, int destinationAddress, int destinationPort) {

    /**
     * Without a limit on requests, and with the first server of the list asked first each time.
     *
     * @param feed               as above
     * @param servers            as above
     * @param delay              as above
     * @param timeout            as above
     * @param largestGap         as above
     * @param destinationAddress as above
     * @param destinationPort    as above
     */
    public RecoverySettings(final String feed, final List<RecoveryServer> servers, final long delay, final long timeout,
            final int largestGap, final int destinationAddress, final int destinationPort) {
        this(feed, servers, delay, timeout, largestGap, 0, false, destinationAddress, destinationPort);
    }
}
