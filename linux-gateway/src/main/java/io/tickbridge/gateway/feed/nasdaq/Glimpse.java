package io.tickbridge.gateway.feed.nasdaq;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.feed.SnapshotDialogue;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The client's side of GLIMPSE ("Nasdaq GLIMPSE Version 5.0") over SoupBinTCP ("SoupBinTCP Version 3.00"): logs in for
 * sequence number 1, as GLIMPSE demands, and takes messages until the End of Snapshot.
 *
 * <p>What it hands over are datagrams that look like MoldUDP64's: the session is the one that the snapshot was wanted for,
 * the sequence number counts the snapshot's own messages from 1, the End of Snapshot Message is the last. So a journal can
 * hold them, and a replay begins and ends a snapshot where the gateway did.
 *
 * <p>One thread, not the receive thread.
 */
public final class Glimpse implements SnapshotDialogue {
    private static final int LARGEST_PACKET = SoupBinPacket.LENGTH_SIZE + 0xffff;
    private static final long FIRST = 1;
    /** Bytes after which a datagram is ended: with all headers it fits an Ethernet frame of 1,500 bytes. */
    private static final int FULL = 1400;

    private final String username;
    private final String password;
    private final UnsafeBuffer datagram = new UnsafeBuffer(ByteBuffer.allocateDirect(FULL));
    private boolean accepted;
    /** The session of the lines, and the one before it; null when there was none. */
    private String lineSession;
    private String earlierSession;
    /** Servers were seen to name their sessions as the lines do. GLIMPSE does not say that they have to. */
    private boolean namesAlike;
    private long next;
    private int end;
    private int count;

    /**
     * For one feed.
     *
     * @param username up to 6 ASCII characters
     * @param password up to 10 ASCII characters
     */
    public Glimpse(final String username, final String password) {
        this.username = username;
        this.password = password;
    }

    @Override
    public int largestPacket() {
        return LARGEST_PACKET;
    }

    @Override
    public int login(final MutableDirectBuffer target, final long stream, final long session) {
        accepted = false;
        next = FIRST;
        MoldPacket.putSession(datagram, session, (short) stream);
        final String name = datagram.getStringWithoutLengthAscii(0, MoldPacket.SESSION_LENGTH).strip();
        if (!name.equals(lineSession)) {
            earlierSession = lineSession;
            lineSession = name;
        }
        clear();
        return SoupBinPacket.login(target, username, password, FIRST);
    }

    @Override
    public int packetLength(final DirectBuffer buffer, final int length) {
        return SoupBinPacket.length(buffer, length);
    }

    @Override
    public boolean onPacket(final DirectBuffer buffer, final int length, final GapFill.Sink sink) throws ProtocolException {
        if (length < SoupBinPacket.HEADER_LENGTH) {
            throw new ProtocolException("sent a packet without a type");
        }
        final int type = SoupBinPacket.type(buffer);
        if (type == SoupBinPacket.DEBUG || type == SoupBinPacket.SERVER_HEARTBEAT) {
            return false;
        }
        if (!accepted) {
            onLoginAnswer(buffer, length, type);
            return false;
        }
        if (type == SoupBinPacket.END_OF_SESSION) {
            throw new ProtocolException("ended the session before the snapshot was complete");
        }
        if (type != SoupBinPacket.SEQUENCED_DATA) {
            throw new ProtocolException("sent a packet of type " + ItchNames.text(type) + " in a snapshot");
        }
        return onMessage(buffer, length, sink);
    }

    private void onLoginAnswer(final DirectBuffer buffer, final int length, final int type) throws ProtocolException {
        if (type == SoupBinPacket.LOGIN_REJECTED && length >= SoupBinPacket.LOGIN_REJECTED_LENGTH) {
            final int reason = buffer.getByte(SoupBinPacket.HEADER_LENGTH) & 0xff;
            throw new ProtocolException("refused the login (" + ItchNames.text(reason) + ": "
                    + (reason == SoupBinPacket.NOT_AUTHORIZED
                            ? "user name and password are not authorized" : "session not available") + ")");
        }
        if (type != SoupBinPacket.LOGIN_ACCEPTED || length < SoupBinPacket.LOGIN_ACCEPTED_LENGTH) {
            throw new ProtocolException("answered the login with a packet of type " + ItchNames.text(type) + " and "
                    + length + " bytes");
        }
        final String sequence = SoupBinPacket.sequence(buffer);
        if (!sequence.equals(Long.toString(FIRST))) {
            throw new ProtocolException("begins its session " + SoupBinPacket.session(buffer) + " with message " + sequence
                    + " instead of 1");
        }
        checkSession(SoupBinPacket.session(buffer));
        accepted = true;
    }

    /** As far as a name tells: what is of another session shows by its content in the end. */
    private void checkSession(final String name) throws ProtocolException {
        if (name.equals(lineSession)) {
            namesAlike = true;
        } else if (namesAlike || name.equals(earlierSession)) {
            throw new ProtocolException("is in session " + name + ", and the lines are in " + lineSession);
        }
    }

    private boolean onMessage(final DirectBuffer buffer, final int length, final GapFill.Sink sink) throws ProtocolException {
        final int messageLength = length - SoupBinPacket.HEADER_LENGTH;
        final int blockLength = MoldPacket.BLOCK_LENGTH_SIZE + messageLength;
        if (MoldPacket.HEADER_LENGTH + blockLength > FULL) {
            throw new ProtocolException("sent a message of " + messageLength + " bytes");
        }
        if (end + blockLength > FULL) {
            hand(sink);
        }
        datagram.putShort(end, (short) messageLength, BIG_ENDIAN);
        datagram.putBytes(end + MoldPacket.BLOCK_LENGTH_SIZE, buffer, SoupBinPacket.HEADER_LENGTH, messageLength);
        end += blockLength;
        count++;
        if (messageLength == 0 || (buffer.getByte(SoupBinPacket.HEADER_LENGTH) & 0xff) != EndOfSnapshot.TYPE) {
            return false;
        }
        if (EndOfSnapshot.sequence(buffer, SoupBinPacket.HEADER_LENGTH, messageLength) == EndOfSnapshot.INVALID) {
            throw new ProtocolException("ended the snapshot with \"" + buffer.getStringWithoutLengthAscii(
                    SoupBinPacket.HEADER_LENGTH, messageLength) + "\", which names no sequence number");
        }
        hand(sink);
        return true;
    }

    private void hand(final GapFill.Sink sink) {
        MoldPacket.putNumbers(datagram, next, count);
        sink.onDatagram(datagram, end);
        next += count;
        clear();
    }

    private void clear() {
        end = MoldPacket.HEADER_LENGTH;
        count = 0;
    }

    @Override
    public int heartbeat(final MutableDirectBuffer target) {
        return SoupBinPacket.clientHeartbeat(target);
    }

    @Override
    public int logout(final MutableDirectBuffer target) {
        return SoupBinPacket.logout(target);
    }
}
