package io.tickbridge.gateway.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.tickbridge.protocol.FrameCheck;
import io.tickbridge.protocol.FrameHeaderEncoder;
import io.tickbridge.protocol.Link;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes that wait for one peer. Frames are encoded straight into one buffer while Netty writes the other; a flush
 * swaps them, so that everything encoded since the last one leaves in one write. One thread.
 *
 * <p>Frames are sealed one by one as the next is claimed, never all at once in a flush: what waited for a slow peer would hold up
 * the receive thread for tens of ms.
 *
 * <p>Netty releases a buffer once it is written. This class holds one more reference, so a count of 1 says
 * that the write is over, with no promise or listener made for it.
 */
final class PeerOutbox {
    /** A tag takes a µs or two of the receive thread. */
    private static final int SEALED_FRAMES_PER_STEP = 16;

    private final Channel channel;
    private final int limit;
    private ByteBuf filling;
    private ByteBuf writing;
    private UnsafeBuffer fillingView;
    private UnsafeBuffer writingView;
    private int filled;
    /** Up to here frames are as the peer gets them. */
    private int finished;
    private int sealedWaiting;
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
     * Room for one frame; the one claimed before must be encoded. When there is none, what waits is first offered to the operating system: a peer is slow only
     * when that will not take it.
     *
     * @param frameLength bytes, without a tag
     * @return where to encode it in {@link #buffer}, or -1 when more would wait than may
     */
    int claim(final int frameLength) {
        finish();
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

    /** Forgets what Netty has not been given yet, and with it the numbers of the frames and tags that now will not be sent. */
    void discard() {
        if (seal != null) {
            seal.takeBack(sealedWaiting);
        }
        sealedWaiting = 0;
        finished = 0;
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

    /** Most frames that may be claimed in one go where none of them is urgent. */
    int framesPerStep() {
        return seal == null ? Integer.MAX_VALUE : SEALED_FRAMES_PER_STEP;
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
    private void finish() {
        if (version == LinkVersion.NEWEST && seal == null) {
            return;
        }
        while (finished < filled) {
            fillingView.putShort(finished + FrameHeaderEncoder.versionEncodingOffset(), (short) version, ByteOrder.LITTLE_ENDIAN);
            if (seal == null) {
                finished += fillingView.getInt(finished, ByteOrder.LITTLE_ENDIAN);
            } else {
                finished += seal.close(fillingView, finished);
                sealedWaiting++;
            }
        }
    }

    /** A frame that was claimed and encoded, as the peer will get it. */
    byte[] copy(final int offset) {
        finish();
        final byte[] frame = new byte[(int) FrameCheck.frameLength(fillingView, offset)];
        fillingView.getBytes(offset, frame);
        return frame;
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
        finish();
        final ByteBuf full = filling;
        final UnsafeBuffer fullView = fillingView;
        filling = writing;
        fillingView = writingView;
        writing = full;
        writingView = fullView;
        final int length = filled;
        filled = 0;
        finished = 0;
        sealedWaiting = 0;
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
