package io.tickbridge.protocol;

import org.agrona.DirectBuffer;

/** Spells out a frame for logs and tests, by the flyweights' own printing. Cold path. */
public final class FrameText {
    private FrameText() {
    }

    /**
     * One line for one frame.
     *
     * @param buffer    bytes received or about to be sent
     * @param offset    where the frame begins
     * @param available bytes there are
     * @return header fields, then the block's; what {@link FrameCheck} says where the frame cannot be read
     */
    public static String of(final DirectBuffer buffer, final int offset, final int available) {
        final FrameCheck check = FrameCheck.of(buffer, offset, available);
        if (check == FrameCheck.INCOMPLETE || check.isError()) {
            return check + " after " + available + " bytes";
        }
        final FrameHeaderDecoder header = new FrameHeaderDecoder().wrap(buffer, offset);
        final StringBuilder text = new StringBuilder(256)
                .append((header.flags() & Link.FLAG_SEQUENCED) != 0 ? "sequenced " : "after ")
                .append(Long.toUnsignedString(header.sequence()))
                .append(" sent ").append(header.sendTime()).append(' ');
        return check == FrameCheck.SKIP
                ? text.append("unknown template ").append(header.templateId()).toString()
                : appendBlock(text, buffer, offset, header).toString();
    }

    private static StringBuilder appendBlock(
            final StringBuilder text, final DirectBuffer buffer, final int offset, final FrameHeaderDecoder header) {
        return switch (header.templateId()) {
            case ChallengeDecoder.TEMPLATE_ID ->
                new ChallengeDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case LogonDecoder.TEMPLATE_ID ->
                new LogonDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case LogonAcceptedDecoder.TEMPLATE_ID ->
                new LogonAcceptedDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case LogonRejectedDecoder.TEMPLATE_ID ->
                new LogonRejectedDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case LogoutDecoder.TEMPLATE_ID ->
                new LogoutDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case HeartbeatDecoder.TEMPLATE_ID ->
                new HeartbeatDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case ClockProbeDecoder.TEMPLATE_ID ->
                new ClockProbeDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case ClockReplyDecoder.TEMPLATE_ID ->
                new ClockReplyDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case InstrumentDefinitionDecoder.TEMPLATE_ID ->
                new InstrumentDefinitionDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case SignalDefinitionDecoder.TEMPLATE_ID ->
                new SignalDefinitionDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case InstrumentStateDecoder.TEMPLATE_ID ->
                new InstrumentStateDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case SignalDecoder.TEMPLATE_ID ->
                new SignalDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case QuoteDecoder.TEMPLATE_ID ->
                new QuoteDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case TradeDecoder.TEMPLATE_ID ->
                new TradeDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case OrderEventDecoder.TEMPLATE_ID ->
                new OrderEventDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case ExecutionEventDecoder.TEMPLATE_ID ->
                new ExecutionEventDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case PositionEventDecoder.TEMPLATE_ID ->
                new PositionEventDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case RiskDecisionDecoder.TEMPLATE_ID ->
                new RiskDecisionDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case ReportStreamDecoder.TEMPLATE_ID ->
                new ReportStreamDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case ReportAcknowledgementDecoder.TEMPLATE_ID ->
                new ReportAcknowledgementDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            case LinkTermsDecoder.TEMPLATE_ID ->
                new LinkTermsDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
            default -> new SequenceGapDecoder().wrapAndApplyHeader(buffer, offset, header).appendTo(text);
        };
    }
}
