package io.tickbridge.gateway.link;

import io.netty.buffer.ByteBuf;
import io.tickbridge.protocol.FrameCheck;
import io.tickbridge.protocol.Link;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts a peer's byte stream into frames. Holds at most one unfinished frame, whatever a length field claims. Allocates
 * nothing per frame. One thread.
 */
final class FrameDecoder {

    /** Takes what was found. */
    interface Sink {
        /**
         * A whole frame is there. Asked before its tag is computed, which costs more than all else that is done with it.
         *
         * @return false when it is one too many: nothing further is wanted
         */
        boolean admits();

        /** A whole frame of a known message, valid until this returns. */
        void onFrame(DirectBuffer buffer, int offset);

        /** A whole frame of a message that this version does not know. */
        void onUnknown();

        /**
         * The stream cannot be read on.
         *
         * @param error  what is wrong
         * @param buffer holds at least the 4 bytes of the claimed length
         * @param offset where the frame begins
         */
        void onMalformed(FrameCheck error, DirectBuffer buffer, int offset);

        /** A frame that is not the one that the peer sent next, or was altered: the stream cannot be read on. */
        void onBrokenSeal();

        /** Whether frames are still wanted. */
        boolean isOpen();
    }

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(2 * Link.MAX_FRAME_LENGTH);
    private final UnsafeBuffer view = new UnsafeBuffer(bytes);
    private FrameTag seal;

    /** Every further frame must be sealed. */
    void seal(final FrameTag with) {
        seal = with;
    }

    /**
     * Takes received bytes and tells the sink of every frame that is now whole. Once the sink is not open any
     * more, bytes are discarded.
     */
    void onBytes(final ByteBuf received, final Sink sink) {
        while (received.isReadable() && sink.isOpen()) {
            bytes.limit(bytes.position() + Math.min(bytes.capacity() - bytes.position(), received.readableBytes()));
            received.readBytes(bytes);
            takeFrames(sink);
        }
    }

    private void takeFrames(final Sink sink) {
        final int end = bytes.position();
        int offset = 0;
        while (sink.isOpen()) {
            final FrameCheck check = FrameCheck.of(view, offset, end - offset);
            if (check == FrameCheck.INCOMPLETE) {
                break;
            }
            if (seal != null && check.hasLength()) {
                // Nothing else that the frame says is looked at before its seal.
                if (end - offset < FrameCheck.frameLength(view, offset)) {
                    break;
                }
                if (!sink.admits()) {
                    break;
                }
                if (!seal.isIntact(view, offset)) {
                    sink.onBrokenSeal();
                    break;
                }
            } else if (!check.isError() && !sink.admits()) {
                break;
            }
            if (check.isError()) {
                sink.onMalformed(check, view, offset);
                break;
            }
            if (check == FrameCheck.SKIP) {
                sink.onUnknown();
            } else {
                sink.onFrame(view, offset);
            }
            offset += (int) FrameCheck.frameLength(view, offset);
        }
        bytes.position(offset).limit(end);
        bytes.compact();
    }
}
