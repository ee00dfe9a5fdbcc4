package io.tickbridge.gateway.config;

import java.nio.file.Path;
import java.util.List;

/**
 * One feed: a stream of packets with one sequence, carried on one line or more.
 *
 * @param name          for logs and counters
 * @param protocol      what the datagrams carry
 * @param lines         where they arrive; the first is line A
 * @param marketDepth   levels a side that the exchange maintains for instruments that do not say otherwise; 0 not known
 * @param orders        whether single orders are followed beside price levels
 * @param maxOrders     live orders at most, where single orders are followed
 * @param staleAfter    ns of silence after which the feed counts as stale
 * @param reorderWindow packets held back at most while an earlier one is missing
 * @param reorderTimeout ns of exchange time after which a missing packet is given up
 * @param reorderWait   ns by receive time after which a missing packet is given up
 * @param recovery      who is asked for what no line delivered
 */
public record FeedConfig(String name, Protocol protocol, List<Line> lines, int marketDepth, boolean orders, int maxOrders,
        long staleAfter, int reorderWindow, long reorderTimeout, long reorderWait, Recovery recovery) {

    /** What the datagrams of a feed carry. */
    public enum Protocol {
        /** CME Globex MDP 3.0. */
        CME_MDP3,
        /** IEX TOPS 1.6 over IEX-TP. */
        IEX_TOPS,
        /** IEX DEEP 1.0 over IEX-TP. */
        IEX_DEEP,
        /** IEX DEEP+ 1.0 over IEX-TP. */
        IEX_DEEP_PLUS,
        /** Nasdaq TotalView-ITCH 5.0 over MoldUDP64. */
        NASDAQ_ITCH50
    }

    /**
     * One line of a feed.
     *
     * @param group            IPv4 address the datagrams are sent to, multicast as a rule
     * @param port             UDP port
     * @param networkInterface interface on which the group is joined; null for file sources
     * @param carries          which of the channel's feeds
     */
    public record Line(String group, int port, String networkInterface, Carries carries) {

        /**
         * A line that carries every change as it happens, as most do.
         *
         * @param group            as above
         * @param port             as above
         * @param networkInterface as above
         */
        public Line(final String group, final int port, final String networkInterface) {
            this(group, port, networkInterface, Carries.INCREMENTAL);
        }
    }

    /**
     * Who is asked for what no line delivered.
     *
     * @param servers           in the order in which they are asked; none turns re-requests off
     * @param delay             ns for which a hole is left to the other line
     * @param timeout           ns without progress after which the next server is asked
     * @param largestGap        units that are asked for at most in one hole
     * @param requestsPerSecond requests sent at most in a second
     * @param logon             what a server of CME's is told first
     * @param snapshots         who is asked for all books when that did not help, or at the start
     */
    public record Recovery(List<Server> servers, long delay, long timeout, int largestGap, int requestsPerSecond, Logon logon,
            Snapshots snapshots) {
        /** Requests in a second where nothing else is said. */
        public static final int USUAL_REQUESTS = 1000;

        /**
         * Without logon and snapshots, and with the usual number of requests.
         *
         * @param servers    as above
         * @param delay      as above
         * @param timeout    as above
         * @param largestGap as above
         */
        public Recovery(final List<Server> servers, final long delay, final long timeout, final int largestGap) {
            this(servers, delay, timeout, largestGap, USUAL_REQUESTS, Logon.USUAL, Snapshots.NONE);
        }

        /**
         * Whether anybody is asked to re-send.
         *
         * @return true when there is a server
         */
        public boolean enabled() {
            return !servers.isEmpty();
        }
    }

    /**
     * Who is asked for all books.
     *
     * @param servers      asked in turn, by TCP; none turns it off
     * @param username     to log in with
     * @param passwordFile holds the password and nothing else; null with none
     * @param timeout      ns of silence after which the next server is asked
     * @param pause        ns between one attempt and the next
     * @param attempts     that may fail in a row
     * @param buffer       bytes of packets that are kept while a snapshot is on its way
     */
    public record Snapshots(
            List<Server> servers, String username, Path passwordFile, long timeout, long pause, int attempts, int buffer) {
        /** Nobody is asked. */
        public static final Snapshots NONE = new Snapshots(List.of(), "", null, 0, 0, 0, 0);

        /**
         * Whether anybody is asked.
         *
         * @return true when there is a server
         */
        public boolean enabled() {
            return !servers.isEmpty();
        }
    }

    /**
     * A server that re-sends.
     *
     * @param transport how it is asked
     * @param host      IPv4 address
     * @param port      its port
     */
    public record Server(ServerTransport transport, String host, int port) {
    }

    /**
     * What CME's replay servers are told.
     *
     * @param channel  number of the channel; 0 not known
     * @param user     name to log on with
     * @param password goes with it
     */
    public record Logon(int channel, String user, String password) {
        /** What CME hands out where nothing was agreed. */
        public static final Logon USUAL = new Logon(0, "CME", "CME");
    }

    /** How a server is asked. */
    public enum ServerTransport {
        /** By datagrams. */
        UDP,
        /** By a connection for each hole. */
        TCP
    }

    /** What a line of a channel carries. */
    public enum Carries {
        /** Every change as it happens. */
        INCREMENTAL,
        /** The state of each instrument, over and over. */
        SNAPSHOT,
        /** The single orders of each instrument, over and over. */
        SNAPSHOT_ORDERS,
        /** The definition of each instrument, over and over. */
        DEFINITIONS
    }
}
