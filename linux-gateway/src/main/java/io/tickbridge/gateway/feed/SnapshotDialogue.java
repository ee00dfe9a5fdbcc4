package io.tickbridge.gateway.feed;

import java.net.ProtocolException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * How one venue is asked over a connection for a snapshot of all books: bytes alone, no sockets. Used by one thread, not the
 * receive thread.
 */
public interface SnapshotDialogue {

    /**
     * Bytes of the largest packet that a server sends, or that is sent to it.
     *
     * @return bytes
     */
    int largestPacket();

    /**
     * Begins anew, on a connection that was just made.
     *
     * @param target  where the first packet for the server is written to, from its beginning
     * @param stream  as {@link GapWatch#onSnapshotWanted} was told
     * @param session as {@link GapWatch#onSnapshotWanted} was told
     * @return the packet's bytes
     */
    int login(MutableDirectBuffer target, long stream, long session);

    /**
     * Finds the end of a packet in what the server has sent.
     *
     * @param buffer holds it
     * @param length bytes there, from its beginning
     * @return bytes of the packet, which may be more than there are; 0 when it cannot be told yet
     */
    int packetLength(DirectBuffer buffer, int length);

    /**
     * Takes the server's next packet.
     *
     * @param buffer holds it, from its beginning
     * @param length its bytes
     * @param sink   takes datagrams for the receive thread
     * @return whether it was the last one, so that the snapshot is complete
     * @throws ProtocolException saying in what way the server refuses, or contradicts its own rules
     */
    boolean onPacket(DirectBuffer buffer, int length, GapFill.Sink sink) throws ProtocolException;

    /**
     * Writes what a client has to send at least once a second.
     *
     * @param target where to, from its beginning
     * @return its bytes
     */
    int heartbeat(MutableDirectBuffer target);

    /**
     * Writes what a client sends before it closes the connection.
     *
     * @param target where to, from its beginning
     * @return its bytes
     */
    int logout(MutableDirectBuffer target);
}
