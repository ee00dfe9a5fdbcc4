package io.tickbridge.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * What a reader makes of the bytes at the start of a stream: the checks of SPECIFICATION.md, section 2, in their order.
 */
public enum FrameCheck {
    /** More bytes are needed before anything can be said. */
    INCOMPLETE,
    /** A whole frame of a known message. */
    ACCEPT,
    /** A whole frame of a message that this version does not know. */
    SKIP,
    /** frameLength below the header's own 32 bytes. */
    LENGTH_TOO_SMALL,
    /** frameLength above {@link Link#MAX_FRAME_LENGTH}. */
    LENGTH_TOO_LARGE,
    /** frameLength breaks the alignment. */
    LENGTH_NOT_MULTIPLE_OF_8,
    /** schemaId is not this protocol's. */
    WRONG_SCHEMA,
    /** The block reaches beyond the frame. */
    BLOCK_TOO_LONG,
    /** The block of a known message is shorter than any version of it. */
    BLOCK_TOO_SHORT;

    private static final int UNKNOWN = -1;

    /**
     * Judges the frame that begins here. Allocates nothing.
     *
     * @param buffer    bytes received
     * @param offset    where the frame begins
     * @param available bytes received from there on; no more are looked at
     * @return {@link #INCOMPLETE} until the first rule that fails, or the whole frame, is there
     */
    public static FrameCheck of(final DirectBuffer buffer, final int offset, final int available) {
        if (available < Integer.BYTES) {
            return INCOMPLETE;
        }
        final long length = frameLength(buffer, offset);
        if (length < Link.HEADER_LENGTH) {
            return LENGTH_TOO_SMALL;
        }
        if (length > Link.MAX_FRAME_LENGTH) {
            return LENGTH_TOO_LARGE;
        }
        if ((length & 7) != 0) {
            return LENGTH_NOT_MULTIPLE_OF_8;
        }
        return available < Link.HEADER_LENGTH ? INCOMPLETE : ofHeader(buffer, offset, available, (int) length);
    }

    private static FrameCheck ofHeader(
            final DirectBuffer buffer, final int offset, final int available, final int frameLength) {
        if (uint16(buffer, offset + FrameHeaderDecoder.schemaIdEncodingOffset()) != FrameHeaderDecoder.SCHEMA_ID) {
            return WRONG_SCHEMA;
        }
        final int blockLength = uint16(buffer, offset + FrameHeaderDecoder.blockLengthEncodingOffset());
        if (Link.HEADER_LENGTH + blockLength > frameLength) {
            return BLOCK_TOO_LONG;
        }
        if (available < frameLength) {
            return INCOMPLETE;
        }
        final int known = blockLength(uint16(buffer, offset + FrameHeaderDecoder.templateIdEncodingOffset()));
        if (known == UNKNOWN) {
            return SKIP;
        }
        return blockLength < known ? BLOCK_TOO_SHORT : ACCEPT;
    }

    /**
     * Whether the stream cannot be read on.
     *
     * @return true for the errors, false for INCOMPLETE, ACCEPT and SKIP
     */
    public boolean isError() {
        return ordinal() > SKIP.ordinal();
    }

    /**
     * Whether the frame's length is right, so that the frame, with its seal, can be waited for.
     *
     * @return false for INCOMPLETE and the errors of the length
     */
    public boolean hasLength() {
        return isError() ? ordinal() > LENGTH_NOT_MULTIPLE_OF_8.ordinal() : this != INCOMPLETE;
    }

    /**
     * The length that a frame claims, not yet checked.
     *
     * @param buffer memory that holds at least its first 4 bytes
     * @param offset where it begins
     * @return bytes, 0 to 2^32 - 1
     */
    public static long frameLength(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    private static int uint16(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private static int blockLength(final int templateId) {
        return switch (templateId) {
            case ChallengeDecoder.TEMPLATE_ID -> ChallengeDecoder.BLOCK_LENGTH;
            case LogonDecoder.TEMPLATE_ID -> LogonDecoder.BLOCK_LENGTH;
            case LogonAcceptedDecoder.TEMPLATE_ID -> LogonAcceptedDecoder.BLOCK_LENGTH;
            case LogonRejectedDecoder.TEMPLATE_ID -> LogonRejectedDecoder.BLOCK_LENGTH;
            case LogoutDecoder.TEMPLATE_ID -> LogoutDecoder.BLOCK_LENGTH;
            case HeartbeatDecoder.TEMPLATE_ID -> HeartbeatDecoder.BLOCK_LENGTH;
            case ClockProbeDecoder.TEMPLATE_ID -> ClockProbeDecoder.BLOCK_LENGTH;
            case ClockReplyDecoder.TEMPLATE_ID -> ClockReplyDecoder.BLOCK_LENGTH;
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> InstrumentDefinitionDecoder.BLOCK_LENGTH;
            case SignalDefinitionDecoder.TEMPLATE_ID -> SignalDefinitionDecoder.BLOCK_LENGTH;
            case InstrumentStateDecoder.TEMPLATE_ID -> InstrumentStateDecoder.BLOCK_LENGTH;
            case SignalDecoder.TEMPLATE_ID -> SignalDecoder.BLOCK_LENGTH;
            case QuoteDecoder.TEMPLATE_ID -> QuoteDecoder.BLOCK_LENGTH;
            case TradeDecoder.TEMPLATE_ID -> TradeDecoder.BLOCK_LENGTH;
            case SequenceGapDecoder.TEMPLATE_ID -> SequenceGapDecoder.BLOCK_LENGTH;
            case OrderEventDecoder.TEMPLATE_ID -> OrderEventDecoder.BLOCK_LENGTH;
            case ExecutionEventDecoder.TEMPLATE_ID -> ExecutionEventDecoder.BLOCK_LENGTH;
            case PositionEventDecoder.TEMPLATE_ID -> PositionEventDecoder.BLOCK_LENGTH;
            case RiskDecisionDecoder.TEMPLATE_ID -> RiskDecisionDecoder.BLOCK_LENGTH;
            case ReportStreamDecoder.TEMPLATE_ID -> ReportStreamDecoder.BLOCK_LENGTH;
            case ReportAcknowledgementDecoder.TEMPLATE_ID -> ReportAcknowledgementDecoder.BLOCK_LENGTH;
            case LinkTermsDecoder.TEMPLATE_ID -> LinkTermsDecoder.BLOCK_LENGTH;
            default -> UNKNOWN;
        };
    }
}
