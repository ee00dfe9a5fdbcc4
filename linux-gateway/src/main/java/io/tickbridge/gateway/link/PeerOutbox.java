package io.tickbridge.gateway.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.tickbridge.protocol.FrameHeaderEncoder;
import io.tickbridge.protocol.Link;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes that wait for one peer. Frames are encoded straight into one buffer while Netty writes the other; a flush
 * swaps them, so that everything encoded since the last one leaves in one write. One thread.
 *
 * <p>Netty releases a buffer once it is written. This class holds one more reference, so a count of 1 says
 * that the write is over, with no promise or listener made for it.
 */
final class PeerOutbox {
    private final Channel channel;
    private final int limit;
    private ByteBuf filling;
    private ByteBuf writing;
    private UnsafeBuffer fillingView;
    private UnsafeBuffer writingView;
    private int filled;
    private long sequence;
    private final int version;
    private FrameTag seal;
    private long handedOver;

    /**
     * Takes its memory.
     *
     * @param channel to the peer
     * @param limit   bytes that may wait
     * @param version of the definition, in whose name frames are sent
     */
    PeerOutbox(final Channel channel, final int limit, final int version) {
        this.version = version;
        this.channel = channel;
        this.limit = limit;
        filling = channel.alloc().directBuffer(limit, limit);
        writing = channel.alloc().directBuffer(limit, limit);
        fillingView = view(filling);
        writingView = view(writing);
    }

    private static UnsafeBuffer view(final ByteBuf buffer) {
        return new UnsafeBuffer(buffer.nioBuffer(0, buffer.capacity()));
    }

    /** Where the frame claimed last is encoded. Ask after {@link #claim}: it may have changed the buffer. */
    MutableDirectBuffer buffer() {
        return fillingView;
    }

    /**
     * Room for one frame. When there is none, what waits is first offered to the operating system: a peer is slow only
     * when that will not take it.
     *
     * @param frameLength bytes, without a tag
     * @return where to encode it in {@link #buffer}, or -1 when more would wait than may
     */
    int claim(final int frameLength) {
        final int length = frameLength + tagLength();
        if (waiting() + length > limit) {
            flush();
            if (waiting() + length > limit) {
                return -1;
            }
        }
        final int offset = filled;
        filled += length;
        return offset;
    }

    /** Forgets what Netty has not been given yet, and with it the numbers of the frames that now will not be sent. */
    void discard() {
        filled = 0;
        sequence = handedOver;
    }

    /** Room for the one frame that says goodbye, always found after {@link #discard}. */
    int claimLast(final int frameLength) {
        final int offset = filled;
        filled += frameLength + tagLength();
        return offset;
    }

    private int tagLength() {
        return seal == null ? 0 : Link.TAG_LENGTH;
    }

    /** Seals every frame that is claimed from now on; before the first one. */
    void seal(final FrameTag with) {
        seal = with;
    }

    /** Bytes not yet taken by the operating system. */
    int waiting() {
        return filled + (isWriting() ? writing.readableBytes() : 0);
    }

    boolean isEmpty() {
        return filled == 0 && !isWriting();
    }

    private boolean isWriting() {
        // Under TLS the bytes are free once encrypted; what is encrypted and not yet taken counts too.
        final ChannelOutboundBuffer encrypted = channel.unsafe().outboundBuffer();
        return writing.refCnt() > 1 || encrypted != null && encrypted.totalPendingWriteBytes() > 0;
    }

    /** Frames are encoded once for all peers, in the newest version's name and without a tag. */
    private void makePeersOwn() {
        for (int frame = 0; frame < filled;) {
            fillingView.putShort(frame + FrameHeaderEncoder.versionEncodingOffset(), (short) version, ByteOrder.LITTLE_ENDIAN);
            frame += seal == null ? fillingView.getInt(frame, ByteOrder.LITTLE_ENDIAN) : seal.close(fillingView, frame);
        }
    }

    /** The last number given to this peer: of a sequenced frame, or the end of a gap. */
    long sequence() {
        return sequence;
    }

    void sequence(final long number) {
        sequence = number;
    }

    /**
     * Hands what was claimed to Netty, unless the last write is still going on: then it waits for the next flush.
     *
     * @return bytes handed over
     */
    int flush() {
        if (filled == 0 || isWriting()) {
            return 0;
        }
        if (version != LinkVersion.NEWEST || seal != null) {
            makePeersOwn();
        }
        final ByteBuf full = filling;
        final UnsafeBuffer fullView = fillingView;
        filling = writing;
        fillingView = writingView;
        writing = full;
        writingView = fullView;
        final int length = filled;
        filled = 0;
        handedOver = sequence;
        full.setIndex(0, length);
        channel.writeAndFlush(full.retain(), channel.voidPromise());
        return length;
    }

    /** Gives the memory back; what Netty still writes is given back when it is written. */
    void release() {
        filled = 0;
        filling.release();
        writing.release();
    }
}
