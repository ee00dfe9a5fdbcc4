package io.tickbridge.gateway.feed.arbitration;

import org.agrona.DirectBuffer;

/** Takes the packets of a feed in sequence, each sequence number once, on the receive thread. */
public interface ArbitratedPackets {

    /**
     * The count begins here: the first packet ever seen, wherever in the session that is. What came before is not
     * known and not a gap. Called before that packet is handed over.
     *
     * @param sequence the number expected first
     */
    void onStart(long sequence);

    /**
     * The sender began to count anew without saying so, so nothing that was learnt from its earlier packets is
     * sure. Called before the first packet of the new count is handed over. Comes of a packet with an old number and a new
     * event time alone, so never to a feed that offers no such packet because its restarts show otherwise.
     *
     * @param expected what would have come next in the old count
     * @param sequence the number expected first in the new count
     */
    default void onRestart(final long expected, final long sequence) {
        throw new IllegalStateException("packet " + sequence + " counts anew where " + expected + " was due");
    }

    /**
     * The next packet.
     *
     * @param buffer      memory that holds it, valid until this method returns
     * @param offset      where it begins, as it was offered
     * @param length      its bytes
     * @param sequence    number of its first unit, as it was offered
     * @param receiveTime ns since the Unix epoch when it arrived; a packet that was held back keeps its own
     * @param skipUnits   units at its head that were in an earlier packet and must not be processed again
     * @param late        it was held back longer than the limit, or nobody knows how long: true content, but no news
     */
    void onPacket(
            DirectBuffer buffer, int offset, int length, long sequence, long receiveTime, int skipUnits, boolean late);

    /**
     * No line delivered these, and they are waited for no longer.
     *
     * @param from first missing number
     * @param to   last missing number
     */
    void onGap(long from, long to);
}
