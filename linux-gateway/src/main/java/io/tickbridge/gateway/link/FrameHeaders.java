package io.tickbridge.gateway.link;

import io.tickbridge.protocol.FrameHeaderEncoder;
import io.tickbridge.protocol.Link;
import org.agrona.MutableDirectBuffer;

/** Begins frames: SPECIFICATION.md, "Frame header". Little-endian. One thread. */
final class FrameHeaders {
    private final FrameHeaderEncoder header = new FrameHeaderEncoder();

    /**
     * Writes a header and clears the block, so that padding is 0 whatever the memory held.
     *
     * @param sequence the frame's own number, or the last given to the peer
     * @param flags    {@link Link#FLAG_SEQUENCED} or 0
     * @param sendTime ns since the Unix epoch
     */
    void write(
            final MutableDirectBuffer buffer, final int offset, final int templateId, final int blockLength,
            final int flags, final long sequence, final long sendTime) {
        header.wrap(buffer, offset)
                .frameLength(Link.HEADER_LENGTH + blockLength)
                .blockLength(blockLength)
                .templateId(templateId)
                .schemaId(FrameHeaderEncoder.SCHEMA_ID)
                .version(FrameHeaderEncoder.SCHEMA_VERSION)
                .flags(flags)
                .sequence(sequence)
                .sendTime(sendTime);
        buffer.setMemory(offset + Link.HEADER_LENGTH, blockLength, (byte) 0);
    }

    /** Restates when a frame was written, for one that is sent again. */
    void sendTime(final MutableDirectBuffer buffer, final int offset, final long sendTime) {
        header.wrap(buffer, offset).sendTime(sendTime);
    }
}
