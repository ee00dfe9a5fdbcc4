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
     * Most units that one request by stream may ask for, and so the largest hole that is asked for there.
     *
     * @return at least 1
     */
    default int mostByStream() {
        return Integer.MAX_VALUE;
    }

    /**
     * Whether the servers take turns in being asked first, a hole each; if not, the first one always is.
     *
     * @return true where the venue wants its servers to share the work
     */
    default boolean takesTurns() {
        return false;
    }

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
     * Writes what a connection must begin with, which the server answers before it takes a request.
     *
     * @param target where to, from its beginning
     * @return its bytes; 0 where a connection begins with the request
     */
    default int logon(final MutableDirectBuffer target) {
        return 0;
    }

    /**
     * Whether a packet lets us in.
     *
     * @param buffer holds it, from its beginning
     * @param length its bytes
     * @return false for anything else, which ends the connection
     */
    default boolean isLoggedOn(final DirectBuffer buffer, final int length) {
        return true;
    }

    /**
     * Writes what a connection should end with.
     *
     * @param target where to, from its beginning
     * @return its bytes; 0 for nothing
     */
    default int logout(final MutableDirectBuffer target) {
        return 0;
    }

    /**
     * Whether a packet says that the server will send nothing more.
     *
     * @param buffer holds it, from its beginning
     * @param length its bytes
     * @return the reason that it gives; null for any other packet
     */
    default String refusal(final DirectBuffer buffer, final int length) {
        return null;
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
     * @return the first number that is missing now, {@code from} for a packet that is passed over; {@link #REFUSED} when it
     *         is no answer
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
