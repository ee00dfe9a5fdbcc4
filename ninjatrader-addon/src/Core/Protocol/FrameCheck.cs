namespace Tickbridge.Core
{
    /// <summary>
    /// Decides whether bytes are a frame, before anything in it is believed. After an error nothing further in the
    /// stream can be trusted. SPECIFICATION.md section 2 gives the checks and their order.
    /// </summary>
    public static class FrameCheck
    {
        private const int LengthFieldLength = 4;

        /// <param name="buffer">holds the bytes</param>
        /// <param name="frame">where the frame begins</param>
        /// <param name="available">bytes received from there on</param>
        public static FrameStatus Check(byte[] buffer, int frame, int available)
        {
            if (available < LengthFieldLength)
            {
                return FrameStatus.Incomplete;
            }
            uint length = FrameHeader.FrameLength(buffer, frame);
            if (length < FrameHeader.Length)
            {
                return FrameStatus.LengthTooSmall;
            }
            if (length > LinkProtocol.MaxFrameLength)
            {
                return FrameStatus.LengthTooLarge;
            }
            if (length % LinkProtocol.Alignment != 0)
            {
                return FrameStatus.LengthNotMultipleOf8;
            }
            return available < FrameHeader.Length
                ? FrameStatus.Incomplete
                : CheckBlock(buffer, frame, available, (int)length);
        }

        /// <summary>Whether the frame's length is known and right, so that the frame, with its seal, can be waited for.</summary>
        internal static bool HasLength(FrameStatus status)
        {
            return status == FrameStatus.Accept || status == FrameStatus.Skip || status == FrameStatus.WrongSchema
                || status == FrameStatus.BlockTooLong || status == FrameStatus.BlockTooShort;
        }

        /// <summary>One clear sentence about an error, with what was found and what is allowed.</summary>
        public static string Describe(FrameStatus error, byte[] buffer, int frame)
        {
            switch (error)
            {
                case FrameStatus.LengthTooSmall:
                case FrameStatus.LengthTooLarge:
                case FrameStatus.LengthNotMultipleOf8:
                    return "frame length " + FrameHeader.FrameLength(buffer, frame) + ", allowed are multiples of "
                        + LinkProtocol.Alignment + " from " + FrameHeader.Length + " to " + LinkProtocol.MaxFrameLength;
                case FrameStatus.WrongSchema:
                    return "schema id " + FrameHeader.SchemaId(buffer, frame) + ", expected " + LinkProtocol.SchemaId
                        + ": is this port a Tickbridge gateway's?";
                case FrameStatus.BlockTooLong:
                case FrameStatus.BlockTooShort:
                    ushort templateId = FrameHeader.TemplateIdOf(buffer, frame);
                    return "template " + templateId + " with a block of " + FrameHeader.BlockLength(buffer, frame)
                        + " bytes in a frame of " + FrameHeader.FrameLength(buffer, frame) + ", expected at least "
                        + MinimumBlockLength(templateId) + " and no more than the frame holds";
                default:
                    return error.ToString();
            }
        }

        private static FrameStatus CheckBlock(byte[] buffer, int frame, int available, int length)
        {
            if (FrameHeader.SchemaId(buffer, frame) != LinkProtocol.SchemaId)
            {
                return FrameStatus.WrongSchema;
            }
            int blockLength = FrameHeader.BlockLength(buffer, frame);
            if (FrameHeader.Length + blockLength > length)
            {
                return FrameStatus.BlockTooLong;
            }
            if (available < length)
            {
                return FrameStatus.Incomplete;
            }
            int minimum = MinimumBlockLength(FrameHeader.TemplateIdOf(buffer, frame));
            if (minimum == 0)
            {
                return FrameStatus.Skip;
            }
            return blockLength < minimum ? FrameStatus.BlockTooShort : FrameStatus.Accept;
        }

        /// <summary>Block length of the version that brought it, below which no version goes; 0: type not known.</summary>
        private static int MinimumBlockLength(ushort templateId)
        {
            switch (templateId)
            {
                case TemplateId.Challenge: return Challenge.BlockLength;
                case TemplateId.Logon: return FrameWriter.LogonBlockLength;
                case TemplateId.LogonAccepted: return LogonAccepted.BlockLength;
                case TemplateId.LogonRejected: return LogonRejected.BlockLength;
                case TemplateId.Logout: return Logout.BlockLength;
                case TemplateId.Heartbeat: return Heartbeat.BlockLength;
                case TemplateId.ClockProbe: return FrameWriter.ProbeBlockLength;
                case TemplateId.ClockReply: return ClockReply.BlockLength;
                case TemplateId.InstrumentDefinition: return InstrumentDefinition.BlockLength;
                case TemplateId.SignalDefinition: return SignalDefinition.BlockLength;
                case TemplateId.InstrumentState: return InstrumentState.BlockLength;
                case TemplateId.Signal: return Signal.BlockLength;
                case TemplateId.Quote: return Quote.BlockLength;
                case TemplateId.Trade: return Trade.BlockLength;
                case TemplateId.SequenceGap: return SequenceGap.BlockLength;
                case TemplateId.OrderEvent: return OrderEvent.BlockLength;
                case TemplateId.ExecutionEvent: return ExecutionEvent.BlockLength;
                case TemplateId.PositionEvent: return PositionEvent.BlockLength;
                case TemplateId.RiskDecision: return RiskDecision.BlockLength;
                case TemplateId.ReportStream: return FrameWriter.ReportStreamBlockLength;
                case TemplateId.ReportAcknowledgement: return ReportAcknowledgement.BlockLength;
                case TemplateId.LinkTerms: return LinkTerms.BlockLength;
                default: return 0;
            }
        }
    }
}
