package io.tickbridge.integration.demo;

/**
 * The multicast groups of the simulated exchange. Each demonstration has its own, so that two on one machine do not
 * hear each other.
 *
 * @param groupA line A's address
 * @param groupB line B's address
 */
record SimulatedLines(String groupA, String groupB) {
    // By CME's numbering these are the incremental lines of a channel 310.
    static final int PORT_A = 14_310;
    static final int PORT_B = 15_310;
    // What the simulator adds to them for its other feeds.
    static final int SNAPSHOTS = 2_000;
    static final int DEFINITIONS = 6_000;

    /** Groups of the organization-local scope (RFC 2365, section 6.2), numbered by this process. */
    static SimulatedLines ofThisProcess() {
        final long process = ProcessHandle.current().pid();
        final String rest = "." + (process >> Byte.SIZE & 0xff) + "." + (process & 0xff);
        return new SimulatedLines("239.192" + rest, "239.193" + rest);
    }
}
