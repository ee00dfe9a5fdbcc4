namespace Tickbridge.Core
{
    /// <summary>Every report up to a number is settled.</summary>
    public sealed class ReportAcknowledgement : Message
    {
        public const int BlockLength = 24;

        private const int StreamOffset = 0;
        private const int ThroughSequenceOffset = 8;
        private const int OutcomeOffset = 16;

        /// <summary>As in ReportStream.</summary>
        public ulong Stream => UInt64At(StreamOffset);

        /// <summary>Every report up to this one that was not settled before is settled now.</summary>
        public ulong ThroughSequence => UInt64At(ThroughSequenceOffset);

        /// <summary>What became of them. A number this code does not name counts as not journalled.</summary>
        public ReportOutcome Outcome => (ReportOutcome)UInt16At(OutcomeOffset);
    }
}
