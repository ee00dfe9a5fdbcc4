package io.tickbridge.gateway.config;

import java.util.List;

/**
 * One feed: a stream of packets with one sequence, carried on one line or more.
 *
 * @param name          for logs and counters
 * @param protocol      what the datagrams carry
 * @param lines         where they arrive; the first is line A
 * @param marketDepth   levels a side that the exchange maintains for instruments that do not say otherwise; 0 not known
 * @param maxOrders     live orders at most, where the protocol tells of single orders
 * @param staleAfter    ns of silence after which the feed counts as stale
 * @param reorderWindow packets held back at most while an earlier one is missing
 * @param reorderTimeout ns of exchange time after which a missing packet is given up
 * @param reorderWait   ns by receive time after which a missing packet is given up
 */
public record FeedConfig(String name, Protocol protocol, List<Line> lines, int marketDepth, int maxOrders,
        long staleAfter, int reorderWindow, long reorderTimeout, long reorderWait) {

    /** What the datagrams of a feed carry. */
    public enum Protocol {
        /** CME Globex MDP 3.0, market by price. */
        CME_MDP3,
        /** IEX TOPS 1.6 over IEX-TP. */
        IEX_TOPS,
        /** IEX DEEP 1.0 over IEX-TP. */
        IEX_DEEP,
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
    }

    /** What a line of a channel carries. */
    public enum Carries {
        /** Every change as it happens. */
        INCREMENTAL,
        /** The state of each instrument, over and over. */
        SNAPSHOT,
        /** The definition of each instrument, over and over. */
        DEFINITIONS
    }
}
