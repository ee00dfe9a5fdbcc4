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
 * @param destinationAddress of the recovery line, IPv4, first octet highest
 * @param destinationPort    of the recovery line
 */
public record RecoverySettings(String feed, List<RecoveryServer> servers, long delay, long timeout, int largestGap,
        int destinationAddress, int destinationPort) {
}
