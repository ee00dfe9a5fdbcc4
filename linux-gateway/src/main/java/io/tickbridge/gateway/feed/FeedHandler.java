package io.tickbridge.gateway.feed;

import org.agrona.DirectBuffer;

/** One configured feed: takes the UDP payloads of all its lines, arbitrates, decodes, tells its listener. */
public interface FeedHandler {

    /**
     * One UDP payload.
     *
     * @param buffer      memory that holds it, valid until this method returns
     * @param offset      where the payload begins
     * @param length      bytes of payload
     * @param receiveTime ns since the Unix epoch when its frame arrived
     * @param line        which line of the feed it came in on, from 0 (A)
     */
    void onDatagram(DirectBuffer buffer, int offset, int length, long receiveTime, int line);

    /**
     * No more datagrams will come: release what was held back for reordering. Called at the end of a file or
     * before a clean stop.
     */
    void onEndOfInput();

    /**
     * What the feed counted. Safe to read from any thread.
     *
     * @return the same object for the life of the feed
     */
    FeedCounts counts();

    /**
     * What each line delivered, of the datagrams that could be read. Safe to read from any thread.
     *
     * @return the same object for the life of the feed
     */
    LineCounts lineCounts();
}
