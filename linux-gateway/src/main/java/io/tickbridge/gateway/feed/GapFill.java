package io.tickbridge.gateway.feed;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** How one venue is asked for what was missed: bytes alone, no sockets. Used by one thread, not the receive thread. */
public interface GapFill {
    /** What {@link #answer} returns for a packet that is no answer to the request. */
    long REFUSED = -1;

    /**
     * Most units that one request by datagram may ask for.
     *
     * @return at least 1
     */
    int mostByDatagram();

    /**
     * Whether a server answers each request with one packet, which may hold less than was asked for: the rest must be asked
     * for again then.
     *
     * @return false when it sends as many packets as it takes
     */
    default boolean answersInOnePacket() {
        return false;
    }

    /**
     * Bytes of the largest packet of an answer.
     *
     * @return bytes
     */
    int largestPacket();

    /**
     * Writes a request.
     *
     * @param target  where to, from its beginning
     * @param stream  as {@link GapWatch#onMissing} was told
     * @param session as {@link GapWatch#onMissing} was told
     * @param from    first number
     * @param to      last number
     * @return its bytes
     */
    int request(MutableDirectBuffer target, long stream, long session, long from, long to);

    /**
     * Finds the end of a packet in a byte stream.
     *
     * @param buffer holds it
     * @param length bytes there, from its beginning
     * @return bytes of the packet, which may be more than there are; 0 when it cannot be told yet
     */
    int packetLength(DirectBuffer buffer, int length);

    /**
     * Checks a packet and makes datagrams of it, as a line would have delivered them, with nothing but what was asked for.
     *
     * @param buffer  holds it, from its beginning
     * @param length  its bytes
     * @param stream  as it was asked for
     * @param session as it was asked for
     * @param from    first number that is still missing
     * @param to      last number that was asked for
     * @param sink    takes the datagrams
     * @return the first number that is missing now; {@link #REFUSED} when the packet is no answer
     */
    long answer(DirectBuffer buffer, int length, long stream, long session, long from, long to, Sink sink);

    /** Takes datagrams. */
    @FunctionalInterface
    interface Sink {
        /**
         * One datagram.
         *
         * @param buffer memory that holds it, valid until this method returns
         * @param length its bytes, from the buffer's beginning
         */
        void onDatagram(DirectBuffer buffer, int length);
    }
}
