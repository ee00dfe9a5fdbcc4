package io.tickbridge.gateway.recovery;

import java.util.List;

/**
 * How one feed asks for snapshots.
 *
 * @param feed               its name
 * @param servers            asked in turn, by TCP; at least one
 * @param timeout            ns of silence, or without a connection, after which a server is given up
 * @param pause              ns between one attempt and the next
 * @param attempts           after so many in a row that did not help, nobody is asked any more until the feed is whole again
 * @param destinationAddress of the snapshot line, IPv4, first octet highest
 * @param destinationPort    of the snapshot line
 */
public record SnapshotSettings(String feed, List<RecoveryServer> servers, long timeout, long pause, int attempts,
        int destinationAddress, int destinationPort) {
}
